"""The personal fields that formats declare: said on the privacy page, and remembered for when the plugin is gone."""

from collections.abc import Iterable, Mapping
from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import Localizer
from pyramid.registry import Registry
from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.plugins.format import EventFormat, PersonalField, RetentionStart
from fdplattform.plugins.models import PluginPersonalField
from fdplattform.plugins.registry import Plugins
from fdplattform.privacy import PersonalField as DeclaredField
from fdplattform.translation.packed import localizer_for

_ = TranslationStringFactory("fdplattform")

KEPT: Mapping[RetentionStart, TranslationString] = {
    RetentionStart.EVENT_END: _("${days} days after the event"),
    RetentionStart.DIALOGUE_END: _("${days} days after the end of the dialogue"),
    RetentionStart.ENTRY: _("${days} days after it was entered"),
}


def kept_until(start: RetentionStart, days: int) -> TranslationString:
    """Until when a field is kept, in words."""
    return _(KEPT[start], mapping={"days": days})


def field_title(format_: EventFormat, field: PersonalField) -> str:
    """What the field is called in the form in which it is asked."""
    forms = [(format_.data.model, format_.data.details), *((each.model, each.schema) for each in format_.data.lists)]
    nodes = [node for model, schema in forms if model is field.model and schema for node in schema().children]
    return next((node.title for node in nodes if node.name == field.column), field.column)


def declare_personal_fields(config: Configurator, plugin_id: str, formats: Iterable[EventFormat]) -> None:
    """Let the privacy page say what the plugin's formats keep."""
    for format_ in formats:
        for field in format_.data.personal:
            config.add_personal_fields(
                DeclaredField(
                    name=f"{plugin_id}.{format_.id}.{field.model.__tablename__}.{field.column}",
                    occasion=_as_message(format_.title),
                    title=_as_message(field_title(format_, field)),
                    purpose=_as_message(field.purpose),
                    legal_basis=_as_message(field.basis),
                    retention=kept_until(field.start, field.keep.days),
                )
            )


def remember(session: Session, registry: Registry) -> None:
    """Keep in the database what the active plugins declare: without them, too, it is said, and deleted in time."""
    plugins: Plugins = registry.plugins
    for plugin in plugins.active:
        session.execute(delete(PluginPersonalField).where(PluginPersonalField.plugin_id == plugin.id))
        session.add_all(_rows(plugin.id, plugin.formats, localizer_for(registry, registry.fdp.default_locale)))


def _rows(plugin_id: str, formats: Iterable[EventFormat], localizer: Localizer) -> Iterable[PluginPersonalField]:
    # Two formats of a plugin may share a table: the first declaration counts.
    fields: dict[tuple[str, str], tuple[EventFormat, PersonalField]] = {}
    for format_ in formats:
        for field in format_.data.personal:
            fields.setdefault((field.model.__tablename__, field.column), (format_, field))
    return [
        PluginPersonalField(
            plugin_id=plugin_id,
            table_name=table,
            column_name=column,
            keep_days=field.keep.days,
            start=field.start,
            occasion=localizer.translate(format_.title)[:200],
            title=localizer.translate(field_title(format_, field))[:200],
            purpose=localizer.translate(field.purpose),
            basis=localizer.translate(field.basis),
        )
        for (table, column), (format_, field) in fields.items()
    ]


def left_behind(session: Session, registry: Registry) -> list[PluginPersonalField]:
    """The personal fields of plugins that are no longer in use, as far as their tables are still there."""
    active = [plugin.id for plugin in registry.plugins.active]
    query = select(PluginPersonalField).where(PluginPersonalField.plugin_id.not_in(active))
    found = session.scalars(query.order_by(PluginPersonalField.id)).all()
    tables = set(inspect(session.connection()).get_table_names()) if found else set()
    return [field for field in found if field.table_name in tables]


def _as_message(text: Any) -> TranslationString:
    return text if isinstance(text, TranslationString) else TranslationString(text)
