"""`/kommunen/{municipality}/{dialogue}/{event}`"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pyramid.authorization import ALL_PERMISSIONS, DENY_ALL, Allow, Everyone
from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.dialogues.models import DialogueState
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.lifecycle import EVER, TEAM
from fdplattform.events.models import Event
from fdplattform.events.services import find_event
from fdplattform.events.tools import rights_in, tools_of
from fdplattform.events.transitions import workflow_of
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.plugins.format import EventFormat, ToolUse
from fdplattform.security.permissions import BY_DAY_LINK, SITE_ROLES, Permission, Role, day_link_principal, principal
from fdplattform.translation.services import Texts, load_texts
from fdplattform.web.tree import Acl, Resource, nearest
from fdplattform.workflow import State


@dataclass(kw_only=True)
class EventResource(Resource):
    """An event. Who may do what follows from the state in which it is; nothing is inherited from above."""

    event: Event

    @property
    def format(self) -> EventFormat | None:
        """The event's format, or None when its plugin is gone."""
        found: EventFormat | None = self.request.registry.plugins.formats.get(self.event.format_id)
        return found

    @property
    def state(self) -> State | None:
        """Where the event stands, or None when its plugin is gone."""
        return None if self.format is None else workflow_of(self.format, self.event).by_id.get(self.event.state)

    @property
    def own_permissions(self) -> Mapping[str, str]:
        """What the format adds to the vocabulary of permissions: name and title."""
        return {} if self.format is None else self.format.conduct.permissions

    @property
    def municipality_id(self) -> int:
        """The id of the municipality whose event it is."""
        return nearest(self, MunicipalityResource).municipality.id

    @property
    def event_id(self) -> int:
        """The id by which links for the day name it."""
        return self.event.id

    @property
    def is_public(self) -> bool:
        """True when everybody sees it: its state is public, it is not hidden, and its dialogue is no draft."""
        dialogue = nearest(self, DialogueResource).dialogue
        shown = self.state is not None and self.state.public
        return shown and not self.event.hidden and dialogue.state is not DialogueState.DRAFT

    @cached_property
    def texts(self) -> Texts:
        """The event's texts in the reader's language."""
        return load_texts(self.request.db, [self.event], self.request.locale_name)

    def use(self, tool: str) -> ToolUse | None:
        """How the event uses `tool`, or None when it does not."""
        used = tools_of(self.event, self.format) if self.format is not None else ()
        return next((use for use in used if use.tool == tool), None)

    def page_title(self, _request: Request) -> str:
        """For the breadcrumbs: the title in the reader's language."""
        return self.texts.get(self.event, "title").value

    def __acl__(self) -> Acl:
        acl: Acl = [(Allow, principal(Role.ADMIN), ALL_PERMISSIONS)]
        if self.is_public:
            acl.append((Allow, Everyone, Permission.EVENT_VIEW))
        if self.format is None or self.state is None:
            # The plugin is gone: the event stays readable for the team, and nothing else can be done with it.
            acl += [(Allow, principal(role, self.municipality_id), tuple(sorted(EVER))) for role in TEAM]
            return [*acl, DENY_ALL]
        rights = [(Role(role), granted) for role, granted in sorted(self.state.grants.items())]
        rights += rights_in(self.request.registry, self.event, self.format, self.state)
        for role, granted in rights:
            acl += [(Allow, who, tuple(sorted(granted))) for who in self._principals(role)]
            if role is Role.FACILITATOR:
                acl.append((Allow, day_link_principal(self.event.id), tuple(sorted(granted & BY_DAY_LINK))))
        return [*acl, DENY_ALL]

    def _principals(self, role: Role) -> tuple[str, ...]:
        if role in (Role.ANONYMOUS, Role.PARTICIPANT):
            return (Everyone,) if self.is_public else ()
        return (principal(role) if role in SITE_ROLES else principal(role, self.municipality_id),)


def event_resource(parent: DialogueResource, event: Event) -> EventResource:
    """The resource of `event`, e.g. to make addresses with."""
    return EventResource(__name__=event.slug, __parent__=parent, request=parent.request, event=event)


def _find_event(parent: DialogueResource, name: str) -> Resource | None:
    event = find_event(parent.request.db, parent.dialogue.id, name)
    return None if event is None else event_resource(parent, event)


class UsesTool:
    """View predicate `uses_tool="board"`: the page is only there at or below an event that uses the tool."""

    def __init__(self, tool: str, _config: Configurator) -> None:
        self.tool = tool

    def text(self) -> str:
        """How Pyramid names the predicate."""
        return f"uses_tool = {self.tool}"

    phash = text

    def __call__(self, context: Resource, _request: Request) -> bool:
        return nearest(context, EventResource).use(self.tool) is not None


def includeme(config: Configurator) -> None:
    config.add_child_finder(DialogueResource, _find_event)
    config.add_view_predicate("uses_tool", UsesTool)
