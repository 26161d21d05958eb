"""What every event has, whatever its format: cancel, postpone, go on; and the rights of the team in the town hall."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from translationstring import TranslationStringFactory

from fdplattform.events.facts import EventFacts
from fdplattform.events.guards import date_ahead, is_postponed, not_postponed
from fdplattform.security.permissions import RETIRED_ROLE, Permission, Role
from fdplattform.workflow import (
    CANCEL,
    CANCELLED,
    POSTPONE,
    RESUME,
    Guard,
    Reason,
    Severity,
    State,
    Transition,
    Workflow,
)

_ = TranslationStringFactory("fdplattform")

#: The fields that the core's own steps ask for.
NOTICE = "public_notice"

TEAM = (Role.COORDINATOR, Role.DEPUTY)

#: What the team may always do, in every state, even without the format: who asks what is known about them, or wants it
#: deleted (Art. 15 and 17 GDPR), gets an answer as long as it is kept.
EVER = frozenset({Permission.EVENT_VIEW, Permission.JOURNAL_VIEW, Permission.REGISTRATION_READ})
_ALWAYS = EVER | {Permission.EVENT_FOLLOW_UP}
#: What the team may do until the event is over for good.
_UNTIL_THE_END = frozenset({Permission.EVENT_CANCEL, Permission.EVENT_PUBLISH, Permission.REGISTRATION_MANAGE})


@lru_cache(maxsize=256)
def complete(workflow: Workflow) -> Workflow:
    """The format's workflow with what the core gives to all of them. Raises BadWorkflow where the two collide."""
    running = tuple(state.id for state in workflow.states if not state.final)
    seen = _seen(workflow)
    own = tuple(
        replace(step, guards=(not_postponed, *_opening(workflow, step), *step.guards)) for step in workflow.transitions
    )
    return replace(
        workflow,
        states=(*(_with_team_rights(state) for state in workflow.states), _with_team_rights(_cancelled())),
        transitions=(*own, _cancel(running, seen), _postpone(running, seen), _resume(running)),
    )


def _opening(workflow: Workflow, step: Transition) -> tuple[Guard, ...]:
    """Whoever makes the event public shall see it public: not while something else keeps it from everybody."""
    if step.target is None or not workflow.state(step.target).public:
        return ()
    closed = frozenset(source for source in step.sources if not workflow.state(source).public)

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if facts.state not in closed:
            return None
        if not facts.dialogue_public:
            return Reason(_("The dialogue is still a draft. Publish it first."), where="..")
        if facts.hidden:
            return Reason(_("The page was taken off the public pages. Put it back first."), where="schritte")
        return None

    return (guard,) if closed else ()


def was_public(workflow: Workflow, facts: EventFacts) -> bool:
    """The event is public by its state, or was: a step led into a public state."""
    reached = {step.target for step in workflow.transitions if step.id in facts.steps} | {facts.state}
    return any(state.public for state in workflow.states if state.id in reached)


def obstacles(facts: EventFacts) -> list[Reason]:
    """Why the event cannot be discarded although nobody but the team has seen it."""
    found = [
        (facts.keeps_people, _("People's data hang on the event, for example registrations. Delete them first.")),
        (any(facts.records.values()), _("The event's lists have entries. Delete them first.")),
        (bool(facts.findings), _("Results were entered for the event. Delete them first.")),
        (bool(facts.followers), _("Another event follows this one. Discard that one first.")),
    ]
    return [Reason(message) for stands, message in found if stands]


def discardable(workflow: Workflow, facts: EventFacts) -> bool:
    """Nobody but the team has seen it, and nothing of others hangs on it: it can go without a trace in public."""
    return not was_public(workflow, facts) and not obstacles(facts)


def _seen(workflow: Workflow) -> Guard:
    """What nobody has seen is discarded: cancelling would publish it."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if not discardable(workflow, facts):
            return None
        return Reason(_("Nobody but your team has seen this event. Discard it instead."), where="verwerfen")

    return guard


def _with_team_rights(state: State) -> State:
    always = _ALWAYS if state.final else _ALWAYS | _UNTIL_THE_END
    grants = {role: _with_sight(granted) for role, granted in state.grants.items() if role != RETIRED_ROLE}
    for role in TEAM:
        grants[role] = grants.get(role, frozenset()) | always
    grants[Role.PROGRAMME_OFFICE] = grants.get(Role.PROGRAMME_OFFICE, frozenset()) | {Permission.EVENT_VIEW}
    grants[Role.FACILITATOR] = grants.get(Role.FACILITATOR, frozenset()) | {Permission.EVENT_VIEW}
    return replace(state, grants=grants)


def _with_sight(granted: frozenset[str]) -> frozenset[str]:
    """Whoever manages registrations sees them: formats that are older than this right do not name it."""
    return granted | {Permission.REGISTRATION_READ} if Permission.REGISTRATION_MANAGE in granted else granted


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


def _cancel(sources: tuple[str, ...], seen: Guard) -> Transition:
    return Transition(
        id=CANCEL,
        title=_("Cancel the event"),
        description=_("A notice stands on the public page, and everybody who registered is told."),
        sources=sources,
        target=CANCELLED,
        permission=Permission.EVENT_CANCEL,
        asks=(NOTICE,),
        guards=(seen, _not_over),
    )


def _postpone(sources: tuple[str, ...], seen: Guard) -> Transition:
    return Transition(
        id=POSTPONE,
        title=_("Postpone the event"),
        description=_("Registrations stay. A notice stands on the public page, and everybody who registered is told."),
        sources=sources,
        target=None,
        permission=Permission.EVENT_CANCEL,
        asks=(NOTICE,),
        guards=(seen, not_postponed, _not_over),
    )


def _resume(sources: tuple[str, ...]) -> Transition:
    return Transition(
        id=RESUME,
        title=_("Let the event go on"),
        description=_("The date is fixed. Everybody who registered is told."),
        sources=sources,
        target=None,
        permission=Permission.EVENT_CANCEL,
        guards=(is_postponed, date_ahead(), _redated),
    )


def _redated(facts: EventFacts, _now: datetime) -> Reason | None:
    """A postponed event has another date: everybody who registered reads it in a mail."""
    if facts.redated or not facts.postponed:
        return None
    return Reason(_("The date is still the old one. Does it take place then all the same?"), Severity.WARN, "termine")


def _not_over(facts: EventFacts, now: datetime) -> Reason | None:
    if facts.ends_at is not None and facts.ends_at <= now:
        return Reason(_("The event has already taken place."))
    return None
