"""For which events people can register, as a condition of queries: what `door.door_of` says of one."""

from datetime import datetime

from pyramid.registry import Registry
from sqlalchemy import ColumnElement, and_, exists, false, func, or_

from fdplattform.events.models import Event, EventDate
from fdplattform.events.transitions import workflow_of
from fdplattform.plugins.format import EventFormat
from fdplattform.tools.registration.door import admits_in


def admits(registry: Registry, now: datetime) -> ColumnElement[bool]:
    """The door of the event is open at `now`."""
    closes_later = and_(
        EventDate.event_id == Event.id,
        EventDate.starts_at > now,
        func.coalesce(EventDate.registration_until, EventDate.starts_at) > now,
    )
    in_such_a_state = [_in_admitting_state(format_) for format_ in registry.plugins.formats.values()]
    return and_(Event.postponed_at.is_(None), or_(false(), *in_such_a_state), exists().where(closes_later))


def _in_admitting_state(format_: EventFormat) -> ColumnElement[bool]:
    use = format_.conduct.tool("registration")
    workflow = workflow_of(format_)
    states = [state.id for state in workflow.states if use is not None and admits_in(workflow, use, state.id)]
    return and_(Event.format_id == format_.id, Event.state.in_(states))
