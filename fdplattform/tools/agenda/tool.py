"""What the tool tells the domain: the public part of the agenda, its facts, and how a new event gets one."""

from collections.abc import Callable
from typing import Any

from pyramid.registry import Registry
from pyramid.request import Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.events.models import Event
from fdplattform.events.tools import Tool, ToolLink, ToolPanel
from fdplattform.plugins.format import EventFormat, ToolUse
from fdplattform.security.permissions import Permission
from fdplattform.tools.agenda.models import AgendaItem
from fdplattform.tools.agenda.services import agenda_of, start_with, timed, with_days
from fdplattform.translation.packed import localizer_for

_ = TranslationStringFactory("fdplattform")


def panel(request: Request, event: Event, _use: ToolUse) -> ToolPanel | None:
    """The lines that everybody may read, with their times."""
    lines = timed(agenda_of(request.db, event.id), event.dates)
    shown = [line for line in lines if line.item.public]
    if not shown:
        return None
    return ToolPanel(
        template="fdplattform.templates:agenda/panel.pt",
        values={"lines": with_days(shown), "language": event.language, "postponed": event.postponed_at is not None},
    )


def facts(session: Session, event: Event, _use: ToolUse) -> dict[str, Any]:
    """For guards: how many lines there are and how many minutes they take."""
    query = select(func.count(), func.coalesce(func.sum(AgendaItem.minutes), 0))
    items, minutes = session.execute(query.where(AgendaItem.event_id == event.id)).one()
    return {"items": int(items), "minutes": int(minutes)}


def starter(registry: Registry) -> Callable[[Session, Event, EventFormat], None]:
    """Writes the format's agenda into a new event, in the event's language."""

    def created(session: Session, event: Event, format_: EventFormat) -> None:
        translate = localizer_for(registry, event.language).translate
        start_with(session, event, format_.conduct.agenda, lambda text: str(translate(text)))

    return created


def make_tool(registry: Registry) -> Tool:
    """The tool, for the deployment of `registry`."""
    return Tool(
        id="agenda",
        title=_("Agenda"),
        links=(ToolLink(title=_("Agenda"), view="ablauf", permission=Permission.AGENDA_EDIT),),
        panel=panel,
        facts=facts,
        created=starter(registry),
    )
