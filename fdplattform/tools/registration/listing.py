"""For which events people can register, as a condition of queries: what `door.door_of` says of one."""

from collections.abc import Callable
from datetime import datetime

from pyramid.registry import Registry
from sqlalchemy import ColumnElement, and_, exists, false, func, or_

from fdplattform.events.listing import in_states
from fdplattform.events.models import Event, EventDate
from fdplattform.events.transitions import workflows_of
from fdplattform.plugins.format import EventFormat, ToolUse
from fdplattform.tools.registration.door import admits_in
from fdplattform.workflow import State, Workflow


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
    if use is None:
        return false()
    ways = workflows_of(format_)
    return or_(*(in_states(format_, way, _admitting(way, use)) for way in ways))


def _admitting(workflow: Workflow, use: ToolUse) -> Callable[[State], bool]:
    return lambda state: admits_in(workflow, use, state.id)
