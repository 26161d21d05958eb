"""Below an event: `/erklaerung` and `/erklaerung/{point}`."""

from dataclasses import dataclass
from functools import partial

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.plugins.format import ToolUse
from fdplattform.tools.statement.models import StatementPoint
from fdplattform.tools.statement.points import find_point
from fdplattform.tools.statement.services import TOOL, is_drafted, owner_id
from fdplattform.web.ids import by_id
from fdplattform.web.tree import Resource, nearest

_ = TranslationStringFactory("fdplattform")

NAME = "erklaerung"


@dataclass(kw_only=True)
class StatementPlace(Resource):
    """The statement, or something in it."""

    @property
    def event(self) -> Event:
        """The event to which the statement belongs."""
        return nearest(self, EventResource).event

    @property
    def use(self) -> ToolUse:
        """How the event uses the tool."""
        return nearest(self, EventResource).use(TOOL) or ToolUse(tool=TOOL)

    @property
    def is_drafted(self) -> bool:
        """True while the words can be changed."""
        return is_drafted(self.event, self.use)

    @property
    def href(self) -> str:
        """The address of the statement's own page, to which the names of views and points are added."""
        return str(self.request.resource_path(nearest(self, StatementResource))).rstrip("/")


@dataclass(kw_only=True)
class StatementResource(StatementPlace):
    """`/erklaerung`"""

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Statement")))


@dataclass(kw_only=True)
class PointResource(StatementPlace):
    """One point of the statement."""

    point: StatementPoint

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Point ${number}", mapping={"number": self.point.position})))


def owning_place(place: EventResource) -> EventResource:
    """The event whose statement this event works with: itself, or the one that it follows."""
    use = place.use(TOOL)
    if use is None or owner_id(place.event, use) == place.event.id:
        return place
    query = select(Event).options(joinedload(Event.dates)).where(Event.id == owner_id(place.event, use))
    return event_resource(nearest(place, DialogueResource), place.request.db.scalars(query).unique().one())


def _find_statement(parent: EventResource, name: str) -> Resource | None:
    if name != NAME or parent.use(TOOL) is None:
        return None
    owner = owning_place(parent)
    if owner.use(TOOL) is None:
        return None
    return StatementResource(__name__=name, __parent__=owner, request=parent.request)


def _find_point(parent: StatementResource, name: str) -> Resource | None:
    point = by_id(name, partial(find_point, parent.request.db, parent.event.id))
    if point is None:
        return None
    return PointResource(__name__=name, __parent__=parent, request=parent.request, point=point)


def includeme(config: Configurator) -> None:
    config.add_child_finder(EventResource, _find_statement)
    config.add_child_finder(StatementResource, _find_point)
