"""Lead an event through its workflow. One function executes a step, whoever set it off."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import update
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, NotAllowed
from fdplattform.events.details import write_details
from fdplattform.events.facts import STEP_TAG, EventFacts, load_facts
from fdplattform.events.justifying import justify
from fdplattform.events.lifecycle import NOTICE, complete
from fdplattform.events.models import Event
from fdplattform.events.notices import AS_PLANNED, tell_registered
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import SYSTEM, Actor, record
from fdplattform.plugins.format import EventFormat
from fdplattform.workflow import (
    CANCEL,
    POSTPONE,
    RESUME,
    Option,
    Transition,
    Trigger,
    Workflow,
    due_transitions,
    options,
)
from fdplattform.workflow.rules import reasons_against

_ = TranslationStringFactory("fdplattform")
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class StepContext:
    """What an effect of a transition gets."""

    session: Session
    registry: Registry
    event: Event
    transition: Transition
    facts: EventFacts
    actor: Actor
    now: datetime


def workflow_of(format_: EventFormat, event: Event | None = None) -> Workflow:
    """The format's workflow with the core's own steps: the newest, or the one with which `event` started."""
    if event is None:
        return complete(format_.conduct.workflow)
    return complete(format_.conduct.workflow_version(event.workflow_version))


def workflows_of(format_: EventFormat) -> tuple[Workflow, ...]:
    """All versions of the format's workflow that events may be going through, with the core's own steps."""
    return tuple(complete(workflow) for workflow in (format_.conduct.workflow, *format_.conduct.earlier))


def next_step(format_: EventFormat, event: Event) -> Transition | None:
    """The step that leads on from where the event stands, whether or not it can be taken yet. No query."""
    workflow = workflow_of(format_, event)
    steps = [step for step in workflow.leaving(event.state) if step.trigger is Trigger.USER]
    if event.postponed_at is not None:
        return next((step for step in steps if step.id == RESUME), None)
    ahead = (step for step in steps if step.target is not None and not workflow.leads_back(step, event.state))
    return next((step for step in ahead if step.id not in (CANCEL, POSTPONE, RESUME)), None)


def step_options(
    event: Event, format_: EventFormat, facts: EventFacts, *, has: Callable[[str], bool], now: datetime
) -> tuple[Option, ...]:
    """The steps that leave the event's present state, each with what speaks against it."""
    return options(workflow_of(format_, event), event.state, facts, now, has)


def take_step(
    session: Session,
    registry: Registry,
    event: Event,
    format_: EventFormat,
    transition_id: str,
    *,
    answers: Mapping[str, Any] | None = None,
    justification: str = "",
    version: int | None = None,
    has: Callable[[str], bool],
    actor: Actor,
    now: datetime,
) -> JournalEntry:
    """Take a step: permission → answers → guards → state → journal → effects → plugin.

    `justification` overrides warnings, and is journalled. Raises Conflict when the event is in another state by now,
    NotAllowed, Blocked, or DomainError when an answer or a justification is missing.
    """
    transition = _find(format_, event, transition_id)
    if version is not None and version != event.version:
        raise Conflict(_("Somebody else has led this event further in the meantime. Look at where it stands now."))
    if not has(transition.permission or ""):
        raise NotAllowed(_("You may not take this step."))
    _write_answers(session, event, format_, transition, dict(answers or {}))
    facts = load_facts(session, registry, event, format_)
    option = Option(transition, True, reasons_against(transition, facts, now))
    overridden = justify(option, justification, _("This step is not possible now."))
    return _execute(
        StepContext(
            session=session, registry=registry, event=event, transition=transition, facts=facts, actor=actor, now=now
        ),
        format_,
        overridden,
    )


def take_due_steps(session: Session, registry: Registry, event: Event, format_: EventFormat, now: datetime) -> int:
    """Take the time transitions that are due, one after the other. Returns how many there were."""
    taken = 0
    while True:
        facts = load_facts(session, registry, event, format_)
        due = due_transitions(workflow_of(format_, event), event.state, facts, now)
        if not due:
            return taken
        context = StepContext(
            session=session, registry=registry, event=event, transition=due[0], facts=facts, actor=SYSTEM, now=now
        )
        _execute(context, format_, {})
        taken += 1


def _find(format_: EventFormat, event: Event, transition_id: str) -> Transition:
    for transition in workflow_of(format_, event).leaving(event.state):
        if transition.id == transition_id:
            return transition
    raise Conflict(_("This step is not possible in the state in which the event is now."))


def _write_answers(
    session: Session, event: Event, format_: EventFormat, transition: Transition, answers: dict[str, Any]
) -> None:
    missing = [name for name in transition.asks if answers.get(name) in (None, "")]
    if missing:
        raise DomainError(_("Please fill in this field."), missing[0])
    if NOTICE in transition.asks:
        event.public_notice = answers.pop(NOTICE)
    write_details(session, event, format_, {name: answers[name] for name in transition.asks if name in answers})


def _execute(context: StepContext, format_: EventFormat, extra: dict[str, Any]) -> JournalEntry:
    event, transition = context.event, context.transition
    source, target = event.state, transition.target or event.state
    _move(context.session, event, source, target, context.now)
    if transition.id in {POSTPONE, RESUME}:
        event.postponed_at = context.now if transition.id == POSTPONE else None
        if transition.id == RESUME:
            event.public_notice = None
    entry = _journal(context, source, target, extra)
    for effect in transition.effects:
        effect(context)
    if transition.id in {CANCEL, POSTPONE, RESUME}:
        as_planned = transition.id == RESUME and not context.facts.redated
        tell_registered(context.session, context.registry, event, AS_PLANNED if as_planned else transition.id)
    _tell_plugin(context, format_, entry)
    return entry


def _move(session: Session, event: Event, source: str, target: str, now: datetime) -> None:
    """Change the state only if it is still the one that was read: who loses a race hears of it."""
    session.flush()
    moved = session.execute(
        update(Event)
        .where(Event.id == event.id, Event.state == source, Event.version == event.version)
        .values(state=target, version=Event.version + 1, entered_at=now if target != source else event.entered_at),
        execution_options={"synchronize_session": False},
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has led this event further in the meantime. Look at where it stands now."))
    session.refresh(event)


def _journal(context: StepContext, source: str, target: str, extra: dict[str, Any]) -> JournalEntry:
    event = context.event
    municipality_id = context.session.get_one(Dialogue, event.dialogue_id).municipality_id
    entry = record(
        context.session,
        STEP_TAG,
        actor=context.actor,
        subject_id=event.id,
        municipality_id=municipality_id,
        dialogue_id=event.dialogue_id,
        event_id=event.id,
        payload={
            "transition": context.transition.id,
            "step": context.transition.title,
            "title": event.title,
            "from": source,
            "to": target,
            **extra,
        },
        public=workflow_state_is_public(context, target),
        at=context.now,
    )
    context.session.flush()
    return entry


def workflow_state_is_public(context: StepContext, state: str) -> bool:
    """True when the state that was reached is one that everybody sees."""
    format_ = context.registry.plugins.formats.get(context.event.format_id)
    return bool(format_ and workflow_of(format_, context.event).state(state).public and not context.event.hidden)


def _tell_plugin(context: StepContext, format_: EventFormat, entry: JournalEntry) -> None:
    """A failing hook is rolled back to its savepoint and journalled; the step stands."""
    plugins = context.registry.plugins
    plugin = plugins.owner(format_.id)
    if plugin is None:
        return
    try:
        with context.session.begin_nested():
            call = plugins.caller(plugin, "fdplattform_transition_done")
            call(event=context.event, transition=context.transition.id, entry=entry)
            context.session.flush()
    except Exception as fault:
        log.exception("plugin %s failed after the step %s", plugin.id, context.transition.id)
        record(
            context.session,
            "plugin:fault",
            actor=SYSTEM,
            event_id=context.event.id,
            dialogue_id=context.event.dialogue_id,
            payload={"plugin": plugin.id, "fault": f"{type(fault).__name__}"},
        )
