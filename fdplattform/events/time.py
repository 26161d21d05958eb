"""What time does to events: the worker takes the steps that are due."""

import logging
from datetime import timedelta

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.events.transitions import take_due_steps, workflows_of
from fdplattform.jobs.registry import JobContext
from fdplattform.workflow import Trigger

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)


def take_all_due_steps(context: JobContext) -> None:
    """Look at every event that waits for a moment; each in a transaction of its own."""
    with context.registry.sessions() as session:
        waiting = _waiting(session, context.registry)
    for event_id in waiting:
        try:
            _take(context, event_id)
        except Exception:
            # One event at fault must not stop the others; the next run tries it again.
            log.exception("the due steps of event %s failed", event_id)


def _waiting(session: Session, registry: Registry) -> list[int]:
    """The events that stand in a state from which a time transition leads."""
    found: list[int] = []
    for format_ in registry.plugins.formats.values():
        steps = [step for workflow in workflows_of(format_) for step in workflow.transitions]
        states = {source for step in steps if step.trigger is Trigger.TIME for source in step.sources}
        if states:
            query = select(Event.id).where(
                Event.format_id == format_.id, Event.state.in_(states), Event.postponed_at.is_(None)
            )
            found += session.scalars(query)
    return found


def _take(context: JobContext, event_id: int) -> None:
    with context.transaction() as session:
        event = session.get(Event, event_id, with_for_update=True)
        format_ = context.registry.plugins.formats.get(event.format_id) if event is not None else None
        if event is not None and format_ is not None:
            take_due_steps(session, context.registry, event, format_, context.now)


def includeme(config: Configurator) -> None:
    config.add_periodic_job("events:due_steps", every=EVERY, handler=take_all_due_steps)
