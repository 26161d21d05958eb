"""What the tool tells the domain: the public part of the agenda, its facts, and how a new event gets one."""

from collections.abc import Callable
from typing import Any

from pyramid.registry import Registry
from pyramid.request import Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource
from fdplattform.events.tools import Tool, ToolLink, ToolPanel
from fdplattform.plugins.format import EventFormat, ToolUse
from fdplattform.security.permissions import Permission
from fdplattform.tools.agenda.models import AgendaItem
from fdplattform.tools.agenda.services import agenda_of, start_with, timed, with_days
from fdplattform.tools.agenda.texts import AgendaTexts, bring_translations, texts_of
from fdplattform.translation.packed import localizer_for
from fdplattform.web.toolbar import PREPARATION
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")


def panel(request: Request, event: Event, _use: ToolUse) -> ToolPanel | None:
    """The lines that everybody may read, with their times."""
    items = agenda_of(request.db, event.id)
    shown = [line for line in timed(items, event.dates) if line.item.public]
    if not shown:
        return None
    texts = AgendaTexts(event, items, nearest(request.context, EventResource).texts)
    return ToolPanel(
        template="fdplattform.templates:agenda/panel.pt",
        values={"lines": with_days(shown), "texts": texts, "postponed": event.postponed_at is not None},
    )


def facts(session: Session, event: Event, _use: ToolUse) -> dict[str, Any]:
    """For guards: how many lines there are and how many minutes they take."""
    query = select(func.count(), func.coalesce(func.sum(AgendaItem.minutes), 0))
    items, minutes = session.execute(query.where(AgendaItem.event_id == event.id)).one()
    return {"items": int(items), "minutes": int(minutes)}


def starter(registry: Registry) -> Callable[[Session, Event, EventFormat], None]:
    """Writes the format's agenda into a new event, in the event's language, and its translations."""

    def created(session: Session, event: Event, format_: EventFormat) -> None:
        def write(language: str) -> Callable[[str], str]:
            translate = localizer_for(registry, language).translate
            return lambda text: str(translate(text))

        lines, own = format_.conduct.agenda, write(event.language)
        start_with(session, event, lines, own)
        said = {text for line in lines for text in (line.title, line.method) if text}
        for language in registry.fdp.locales if said else ():
            if language != event.language:
                other = write(language)
                bring_translations(session, event, language, {own(text): other(text) for text in said})

    return created


def make_tool(registry: Registry) -> Tool:
    """The tool, for the deployment of `registry`."""
    return Tool(
        id="agenda",
        title=_("Agenda"),
        links=(
            ToolLink(title=_("Agenda"), view="ablauf", permission=Permission.AGENDA_EDIT, group=PREPARATION, order=25),
        ),
        panel=panel,
        facts=facts,
        texts=texts_of,
        created=starter(registry),
    )
