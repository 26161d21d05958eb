"""Which events everybody sees, as a condition of queries."""

from pyramid.registry import Registry
from sqlalchemy import ColumnElement, and_, false, or_

from fdplattform.events.models import Event
from fdplattform.events.transitions import workflow_of


def in_public_state(registry: Registry) -> ColumnElement[bool]:
    """The event stands in a state that its format declares public. Formats that are not loaded count as not public."""
    conditions = [
        and_(
            Event.format_id == format_.id,
            Event.state.in_([state.id for state in workflow_of(format_).states if state.public]),
        )
        for format_ in registry.plugins.formats.values()
    ]
    return or_(false(), *conditions)
