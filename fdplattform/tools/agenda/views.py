"""The staff's page of the agenda, and the agenda on paper."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.events.resources import EventResource
from fdplattform.forms import handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.agenda.schemas import AgendaSchema
from fdplattform.tools.agenda.services import FIELDS, Line, agenda_of, overruns, save_agenda, timed, with_days
from fdplattform.tools.agenda.texts import forget_unused

_ = TranslationStringFactory("fdplattform")


def _lines(context: EventResource, request: Request) -> list[Line]:
    return timed(agenda_of(request.db, context.event.id), context.event.dates)


@view_config(
    context=EventResource,
    name="ablauf",
    permission=Permission.AGENDA_EDIT,
    renderer="fdplattform.templates:agenda/edit.pt",
)
def edit_agenda(context: EventResource, request: Request) -> Any:
    """The agenda with its times, and the form to change it."""
    event = context.event
    lines = _lines(context, request)

    def on_valid(values: dict[str, Any]) -> str:
        save_agenda(request.db, event, values["items"], version=values["version"], actor=request.identity.actor)
        forget_unused(request.db, event)
        request.flash(_("The agenda was saved."))
        return str(request.resource_path(context, "ablauf"))

    def values_of(_event: Any) -> dict[str, Any]:
        rows = [{name: getattr(line.item, name) for name in FIELDS} for line in lines]
        return {"version": event.version, "items": rows}

    form = make_form(AgendaSchema(), request, cancel=request.resource_path(context))
    return handle(
        request,
        form,
        on_valid=on_valid,
        values=values_of(event),
        current=values_of,
        title=_("Agenda"),
        lines=with_days(lines),
        total=sum(line.item.minutes for line in lines),
        overruns=overruns(lines),
        paper=request.resource_path(context, "ablauf-drucken"),
    )


@view_config(
    context=EventResource,
    name="ablauf-drucken",
    permission=Permission.AGENDA_EDIT,
    renderer="fdplattform.templates:agenda/paper.pt",
    request_method="GET",
)
def print_agenda(context: EventResource, request: Request) -> dict[str, Any]:
    """The agenda with who leads what and the material, for those who run the day."""
    return {
        "title": _("Agenda"),
        "event_title": context.texts.get(context.event, "title"),
        "dates": context.event.dates,
        "lines": with_days(_lines(context, request)),
    }
