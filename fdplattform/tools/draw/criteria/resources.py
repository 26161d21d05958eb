"""`…/kriterien/{criterion}` below an event that draws. Rights come from the event."""

from dataclasses import dataclass
from functools import partial

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource
from fdplattform.tools.draw.criteria.messages import _
from fdplattform.tools.draw.criteria.models import Criterion
from fdplattform.tools.draw.criteria.services import find_criterion
from fdplattform.web.ids import by_id
from fdplattform.web.tree import Resource, nearest

NAME = "kriterien"


class InEvent(Resource):
    """Something below an event."""

    @property
    def event(self) -> Event:
        """The event."""
        return nearest(self, EventResource).event

    @property
    def dialogue(self) -> Dialogue:
        """The event's dialogue."""
        return nearest(self, DialogueResource).dialogue


@dataclass(kw_only=True)
class Criteria(InEvent):
    """`…/kriterien`: the plan of the draw and its criteria, for staff."""

    def page_title(self, _request: Request) -> TranslationString:
        return _("Criteria")


@dataclass(kw_only=True)
class CriterionResource(InEvent):
    """`…/kriterien/{id}`: one criterion."""

    criterion: Criterion

    def page_title(self, _request: Request) -> str:
        return self.criterion.title


def _find_criteria(parent: EventResource, name: str) -> Resource | None:
    if name != NAME or parent.use("draw") is None:
        return None
    return Criteria(__name__=name, __parent__=parent, request=parent.request)


def _find_criterion(parent: Criteria, name: str) -> Resource | None:
    found = by_id(name, partial(find_criterion, parent.request.db, parent.event.id))
    if found is None:
        return None
    return CriterionResource(__name__=name, __parent__=parent, request=parent.request, criterion=found)


def includeme(config: Configurator) -> None:
    config.add_child_finder(EventResource, _find_criteria)
    config.add_child_finder(Criteria, _find_criterion)
