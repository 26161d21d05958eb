"""`…/auslosung`, `…/auslosung-nachweis` and `…/gremium` below an event that uses the draw."""

from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.events.resources import EventResource
from fdplattform.tools.draw.panel.members import find_member
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import Member
from fdplattform.web.ids import parse_id
from fdplattform.web.tree import Resource

TOOL = "draw"


@dataclass(kw_only=True)
class DrawDesk(Resource):
    """`…/auslosung`: where the coordinator draws the panel. Rights come from the event."""

    event_resource: EventResource

    def page_title(self, _request: Request) -> TranslationString:
        return _("Draw of the panel")


@dataclass(kw_only=True)
class DrawRecord(Resource):
    """`…/auslosung-nachweis`: what everybody may know about the draw."""

    event_resource: EventResource

    def page_title(self, _request: Request) -> TranslationString:
        return _("How the lots were drawn")


@dataclass(kw_only=True)
class Panel(Resource):
    """`…/gremium`: who sits on the panel, for the team."""

    event_resource: EventResource

    def page_title(self, _request: Request) -> TranslationString:
        return _("Panel")

    def __getitem__(self, name: str) -> Resource:
        """The member with this id. Raises KeyError."""
        member_id = parse_id(name)
        member = find_member(self.request.db, self.event_resource.event.id, member_id) if member_id else None
        if member is None:
            raise KeyError(name)
        return PanelMember(
            __name__=name,
            __parent__=self,
            request=self.request,
            member=member,
            event_resource=self.event_resource,
        )


@dataclass(kw_only=True)
class PanelMember(Resource):
    """`…/gremium/{id}`: one member."""

    member: Member
    event_resource: EventResource

    def page_title(self, _request: Request) -> str:
        return self.member.name or "–"


PLACES: dict[str, type[DrawDesk] | type[DrawRecord] | type[Panel]] = {
    "auslosung": DrawDesk,
    "auslosung-nachweis": DrawRecord,
    "gremium": Panel,
}


def place_below(parent: EventResource, name: str) -> Resource | None:
    """The place of this name at an event that uses the draw, or None."""
    kind = PLACES.get(name)
    if kind is None or parent.use(TOOL) is None:
        return None
    return kind(__name__=name, __parent__=parent, request=parent.request, event_resource=parent)


def includeme(config: Configurator) -> None:
    config.add_child_finder(EventResource, place_below)
