"""Which events everybody sees, as a condition of queries."""

from collections.abc import Callable

from pyramid.registry import Registry
from sqlalchemy import ColumnElement, and_, false, or_

from fdplattform.db.sql import constant
from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.events.models import Event
from fdplattform.events.transitions import workflows_of
from fdplattform.plugins.format import EventFormat
from fdplattform.workflow import State, Workflow


def in_public_state(registry: Registry) -> ColumnElement[bool]:
    """The event stands in a state that its format declares public. Formats that are not loaded count as not public."""
    conditions = [
        in_states(format_, workflow, lambda state: state.public)
        for format_ in registry.plugins.formats.values()
        for workflow in workflows_of(format_)
    ]
    return or_(false(), *conditions)


def in_states(format_: EventFormat, workflow: Workflow, wanted: Callable[[State], bool]) -> ColumnElement[bool]:
    """The event goes the way of `workflow`, as `workflow_of` finds it, and stands in one of its `wanted` states."""
    earlier = {way.version for way in format_.conduct.earlier}
    version = Event.workflow_version
    return and_(
        Event.format_id == constant(Event.format_id, format_.id),
        # An event whose version is no longer declared goes the newest way.
        version == workflow.version if workflow.version in earlier else version.not_in(earlier),
        Event.state.in_(constant(Event.state, [state.id for state in workflow.states if wanted(state)])),
    )


def everybody_sees(registry: Registry) -> ColumnElement[bool]:
    """The event's page is public; the query joins the event's dialogue. The same as `EventResource.is_public`."""
    published = Dialogue.state != constant(Dialogue.state, DialogueState.DRAFT)
    return and_(Event.hidden.is_(False), published, in_public_state(registry))
