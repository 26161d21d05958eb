"""What every event has, whatever its format: cancel, postpone, go on; and the rights of the team in the town hall."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from translationstring import TranslationStringFactory

from fdplattform.events.facts import EventFacts
from fdplattform.events.guards import date_ahead, is_postponed, not_postponed
from fdplattform.security.permissions import Permission, Role
from fdplattform.workflow import CANCEL, CANCELLED, POSTPONE, RESUME, Reason, State, Transition, Workflow

_ = TranslationStringFactory("fdplattform")

#: The fields that the core's own steps ask for.
NOTICE = "public_notice"

TEAM = (Role.COORDINATOR, Role.DEPUTY)

#: What the team may always do, in every state.
_ALWAYS = frozenset({Permission.EVENT_VIEW, Permission.JOURNAL_VIEW})
#: What the team may do until the event is over for good.
_UNTIL_THE_END = frozenset({Permission.EVENT_CANCEL, Permission.EVENT_PUBLISH, Permission.REGISTRATION_MANAGE})


@lru_cache(maxsize=256)
def complete(workflow: Workflow) -> Workflow:
    """The format's workflow with what the core gives to all of them. Raises BadWorkflow where the two collide."""
    running = tuple(state.id for state in workflow.states if not state.final)
    held_back = tuple(
        replace(transition, guards=(not_postponed, *transition.guards)) for transition in workflow.transitions
    )
    return replace(
        workflow,
        states=(*(_with_team_rights(state) for state in workflow.states), _with_team_rights(_cancelled())),
        transitions=(*held_back, _cancel(running), _postpone(running), _resume(running)),
    )


def _with_team_rights(state: State) -> State:
    always = _ALWAYS if state.final else _ALWAYS | _UNTIL_THE_END
    grants = dict(state.grants)
    for role in TEAM:
        grants[role] = grants.get(role, frozenset()) | always
    grants[Role.PROGRAMME_OFFICE] = grants.get(Role.PROGRAMME_OFFICE, frozenset()) | {Permission.EVENT_VIEW}
    grants[Role.FACILITATOR] = grants.get(Role.FACILITATOR, frozenset()) | {Permission.EVENT_VIEW}
    return replace(state, grants=grants)


def _cancelled() -> State:
    return State(
        id=CANCELLED,
        title=_("Cancelled"),
        description=_("The event does not take place."),
        # The call list is still needed: who has no e-mail must be told.
        grants={role: frozenset({Permission.REGISTRATION_MANAGE}) for role in TEAM},
        public=True,
        final=True,
    )


def _cancel(sources: tuple[str, ...]) -> Transition:
    return Transition(
        id=CANCEL,
        title=_("Cancel the event"),
        description=_("A notice stands on the public page, and everybody who registered is told."),
        sources=sources,
        target=CANCELLED,
        permission=Permission.EVENT_CANCEL,
        asks=(NOTICE,),
        guards=(_not_over,),
    )


def _postpone(sources: tuple[str, ...]) -> Transition:
    return Transition(
        id=POSTPONE,
        title=_("Postpone the event"),
        description=_("Registrations stay. A notice stands on the public page, and everybody who registered is told."),
        sources=sources,
        target=None,
        permission=Permission.EVENT_CANCEL,
        asks=(NOTICE,),
        guards=(not_postponed, _not_over),
    )


def _resume(sources: tuple[str, ...]) -> Transition:
    return Transition(
        id=RESUME,
        title=_("Let the event go on"),
        description=_("The new date is fixed. Everybody who registered is told."),
        sources=sources,
        target=None,
        permission=Permission.EVENT_CANCEL,
        guards=(is_postponed, date_ahead()),
    )


def _not_over(facts: EventFacts, now: datetime) -> Reason | None:
    if facts.ends_at is not None and facts.ends_at <= now:
        return Reason(_("The event has already taken place."))
    return None
