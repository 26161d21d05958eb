"""What the loader demands of a plugin's formats before it lets them in."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import String

from fdplattform.plugins.format import BadFormat, EventFormat, RetentionStart
from fdplattform.security.permissions import GRANTABLE


def check_formats(plugin_id: str, formats: Iterable[object], taken: set[str]) -> None:
    """Raises BadFormat when something that is declared is not a format, not the plugin's own, or already taken."""
    seen = set(taken)
    for found in formats:
        if not isinstance(found, EventFormat):
            raise BadFormat(f"{plugin_id} declares {found!r}, which is not an EventFormat")
        if found.id in seen:
            raise BadFormat(f"the format {found.id} exists already")
        seen.add(found.id)
        _check_permissions(plugin_id, found)
        _check_tables(plugin_id, found)
        _check_personal(found)


def check_tools(formats: Iterable[EventFormat], known: Mapping[str, Any]) -> None:
    """Raises BadFormat when a format declares a tool that does not exist, or options that it does not understand."""
    for found in formats:
        for use in found.conduct.tools:
            if use.tool not in known:
                raise BadFormat(f"{found.id}: there is no tool called {use.tool}; known are {', '.join(sorted(known))}")
            unknown = set(use.options) - known[use.tool].options
            if unknown:
                raise BadFormat(f"{found.id}: the tool {use.tool} has no option {min(unknown)}")
            try:
                known[use.tool].check(use)
            except BadFormat as wrong:
                raise BadFormat(f"{found.id}: {wrong}") from None


def _check_permissions(plugin_id: str, found: EventFormat) -> None:
    foreign = [name for name in found.conduct.permissions if not name.startswith(f"{plugin_id}:")]
    if foreign:
        raise BadFormat(f"{found.id}: a permission of the plugin is called {plugin_id}:…, not {foreign[0]}")
    known = GRANTABLE | found.conduct.permissions.keys()
    states = [state for workflow in (found.conduct.workflow, *found.conduct.earlier) for state in workflow.states]
    unknown = {name for state in states for granted in state.grants.values() for name in granted} - known
    if unknown:
        raise BadFormat(f"{found.id}: the workflow grants {min(unknown)}, which is no permission of an event")


def _check_tables(plugin_id: str, found: EventFormat) -> None:
    data = found.data
    if data.base is None:
        return
    # A mapper at fault shows itself here, and not in the middle of a request.
    data.base.registry.configure()
    prefix = f"fdp_{plugin_id}_"
    for table in data.base.metadata.tables.values():
        if not table.name.startswith(prefix):
            raise BadFormat(f"{found.id}: the table {table.name} must begin with {prefix}")
        for constraint in table.foreign_key_constraints:
            target = constraint.elements[0].column.table
            if target.metadata is not data.base.metadata and constraint.ondelete != "CASCADE":
                raise BadFormat(f"{found.id}: {table.name} refers to {target.name} without ON DELETE CASCADE")
    for model in filter(None, [data.model, *(record_list.model for record_list in data.lists)]):
        if "event_id" not in model.__table__.columns:
            raise BadFormat(f"{found.id}: {model.__name__} has no event_id")


def _check_personal(found: EventFormat) -> None:
    for personal in found.data.personal:
        columns = personal.model.__table__.columns
        what = f"{found.id}: the personal field {personal.model.__name__}.{personal.column}"
        if personal.column not in columns or "event_id" not in columns:
            raise BadFormat(f"{what} needs a column {personal.column}, and the model an event_id")
        if personal.start is RetentionStart.ENTRY and "created_at" not in columns:
            raise BadFormat(f"{what} is kept from its entry on, and the model has no created_at")
        column = columns[personal.column]
        if not column.nullable and not isinstance(column.type, String):
            raise BadFormat(f"{what} can be neither NULL nor empty, so it could not be deleted")
