"""Create an event, change it and its dates, take it off the public pages."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.errors import NotAllowed
from fdplattform.events import dates as date_services
from fdplattform.events import services
from fdplattform.events.chains import followed_event, taken_over
from fdplattform.events.dates import DateValues
from fdplattform.events.details import read_details
from fdplattform.events.models import Event, EventDate
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.events.schemas import (
    DateForm,
    creation_schema,
    editing_schema,
    fit_places,
    joined_details,
    split_details,
)
from fdplattform.events.services import NewEvent
from fdplattform.events.tools import gives_places, most_places
from fdplattform.forms import Button, attributes_of, handle, make_form
from fdplattform.plugins.format import EventFormat
from fdplattform.plugins.offers import offered
from fdplattform.security.permissions import Permission
from fdplattform.translation.packed import localizer_for
from fdplattform.web.ids import parse_id

_ = TranslationStringFactory("fdplattform")

FORM_PAGE = "fdplattform.templates:forms/page.pt"


@view_config(
    context=DialogueResource, name="veranstaltung-anlegen", permission=Permission.EVENT_CREATE, renderer=FORM_PAGE
)
def create(context: DialogueResource, request: Request) -> Response | dict[str, Any]:
    """Create an event of the chosen format, with the dialogue's goal and promise filled in."""
    format_ = chosen_format(request, context.dialogue)
    follows = followed_event(request, context.dialogue, format_)
    schema = creation_schema(format_)
    fit_places(schema, given=gives_places(request.registry, format_), most=most_places(request.registry, format_))
    form = make_form(
        schema,
        request,
        buttons=(Button(title=_("Create the event")),),
        once=True,
        cancel=request.resource_path(context),
    )

    def save(values: dict[str, Any]) -> str:
        own, details = split_details(values)
        own.pop("in_the_past", None)
        date = DateValues(**{name: own.pop(name, None) for name in ("starts_at", "ends_at", "place", "capacity")})
        new = NewEvent(
            **own,
            details=details,
            dates=[date],
            block=_block(request, format_),
            language=context.dialogue.language,
            follows_id=follows.id if follows else None,
        )
        event = services.create_event(
            request.db, request.registry, context.dialogue, format_, new, actor=request.identity.actor, now=request.now
        )
        request.flash(_("The event is created. Nobody but your team sees it yet."))
        return request.resource_path(event_resource(context, event), "schritte")

    return handle(
        request,
        form,
        on_valid=save,
        values=_prefilled(request, context.dialogue, format_, follows),
        title=_("New event: ${format}", mapping={"format": request.localizer.translate(format_.title)}),
        intro=format_.summary,
    )


def chosen_format(request: Request, dialogue: Dialogue) -> EventFormat:
    """The format named in the address. Raises HTTPNotFound, or NotAllowed when it is not offered here."""
    formats: dict[str, EventFormat] = request.registry.plugins.formats
    format_ = formats.get(request.GET.get("format", ""))
    if format_ is None:
        raise HTTPNotFound()
    if format_.id not in offered(request.db, dialogue.municipality_id, formats):
        raise NotAllowed(_("This format is not offered in your municipality."))
    return format_


def _prefilled(request: Request, dialogue: Dialogue, format_: EventFormat, follows: Event | None) -> dict[str, Any]:
    if follows is not None:
        new = taken_over(request.registry, follows, format_)
        return {"title": new.title, "goal": new.goal, "results_promise": new.results_promise}
    # The event is written in the dialogue's language, whoever creates it.
    translate = localizer_for(request.registry, dialogue.language).translate
    return {
        "title": f"{translate(format_.title)}: {dialogue.title}"[:200],
        "goal": dialogue.goal,
        "results_promise": dialogue.results_promise,
    }


def _block(request: Request, format_: EventFormat) -> int:
    """The building block for which the format was chosen, or the first that it fits."""
    asked = parse_id(request.GET.get("block"))
    return asked if asked in format_.fit.blocks else min(format_.fit.blocks)


@view_config(context=EventResource, name="bearbeiten", permission=Permission.EVENT_EDIT, renderer=FORM_PAGE)
def edit(context: EventResource, request: Request) -> Response | dict[str, Any]:
    """Change what is said about the event, and answer the format's questions."""
    event, format_ = context.event, context.format
    form = make_form(
        editing_schema(format_),
        request,
        cancel=request.resource_path(context),
        fields=services.fields_of(request.db, event.dialogue_id),
    )

    def values_of(thing: Event) -> dict[str, Any]:
        details = read_details(request.db, thing, format_) if format_ is not None else {}
        return {**attributes_of(form, thing), **joined_details(details)}

    def save(values: dict[str, Any]) -> str:
        own, details = split_details(values)
        version = own.pop("version")
        services.edit_event(
            request.db, event, format_, {**own, "details": details}, version=version, actor=request.identity.actor
        )
        request.flash(_("Saved."))
        return request.resource_path(context)

    return handle(request, form, on_valid=save, values=values_of(event), current=values_of, title=_("Edit the event"))


@view_config(
    context=EventResource,
    name="termine",
    permission=Permission.EVENT_EDIT,
    renderer="fdplattform.templates:events/dates.pt",
    request_method="GET",
)
def dates(context: EventResource, request: Request) -> dict[str, Any]:
    """All dates of the event."""
    return {
        "title": _("Dates"),
        "rows": [
            {
                "date": date,
                "when": request.fmt.period(date.starts_at, date.ends_at),
                "edit": request.resource_path(context, "termin", query={"id": date.id}),
            }
            for date in context.event.dates
        ],
        "add": request.resource_path(context, "termin"),
    }


@view_config(context=EventResource, name="termin", permission=Permission.EVENT_EDIT, renderer=FORM_PAGE)
def edit_date(context: EventResource, request: Request) -> Response | dict[str, Any]:
    """Add a date, or change the one named by `id`."""
    event, date = context.event, _date(context, request)
    back = request.resource_path(context, "termine")
    schema = DateForm()
    format_ = context.format
    fit_places(schema, given=gives_places(request.registry, format_), most=most_places(request.registry, format_))
    form = make_form(schema, request, cancel=back, once=date is None, before=date.ends_at if date else None)

    def save(values: dict[str, Any]) -> str:
        version = values.pop("version")
        values.pop("in_the_past", None)
        # Nothing written is nothing known, in the interface for machines too.
        said_of_it = DateValues(**values | {name: values[name] or None for name in ("address", "access")})
        actor = request.identity.actor
        if date is None:
            date_services.add_date(request.db, event, said_of_it, actor=actor)
            said = []
        else:
            said = date_services.edit_date(
                request.db,
                request.registry,
                event,
                date,
                said_of_it,
                version=version,
                actor=actor,
                now=request.now,
            )
        request.flash(_("Saved."))
        for message in said:
            request.flash(message, "warning")
        return back

    values = {"version": 0} if date is None else attributes_of(form, date)
    return handle(
        request, form, on_valid=save, values=values, title=_("Add a date") if date is None else _("Edit the date")
    )


@view_config(context=EventResource, name="termin-entfernen", permission=Permission.EVENT_EDIT, request_method="POST")
def remove_date(context: EventResource, request: Request) -> Response:
    """Remove a date for which nobody is registered."""
    date = _date(context, request)
    if date is None:
        raise HTTPNotFound()
    date_services.remove_date(request.db, context.event, date, actor=request.identity.actor)
    request.flash(_("The date was removed."))
    return HTTPSeeOther(request.resource_path(context, "termine"))


def _date(context: EventResource, request: Request) -> EventDate | None:
    wanted = request.params.get("id")
    if wanted is None:
        return None
    for date in context.event.dates:
        if str(date.id) == wanted:
            return date
    raise HTTPNotFound()


@view_config(context=EventResource, name="verbergen", permission=Permission.EVENT_PUBLISH, request_method="POST")
def hide(context: EventResource, request: Request) -> Response:
    """Take the event off the public pages."""
    return _set_hidden(context, request, True, _("The event is no longer public."))


@view_config(context=EventResource, name="zeigen", permission=Permission.EVENT_PUBLISH, request_method="POST")
def show(context: EventResource, request: Request) -> Response:
    """Put the event back on the public pages."""
    return _set_hidden(context, request, False, _("The event is public again, as far as its state is."))


def _set_hidden(context: EventResource, request: Request, hidden: bool, message: TranslationString) -> Response:
    services.set_hidden(request.db, context.event, hidden, actor=request.identity.actor, now=request.now)
    request.flash(message)
    return HTTPSeeOther(request.resource_path(context, "schritte"))
