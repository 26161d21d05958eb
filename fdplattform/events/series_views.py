"""A series: one event for each field of action, made in one step; and the synthesis of all."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events import series as services
from fdplattform.events.cards import make_cards
from fdplattform.events.edit_views import FORM_PAGE, chosen_format
from fdplattform.events.models import Event
from fdplattform.events.resources import event_resource
from fdplattform.events.series_resources import SeriesResource, series_resource
from fdplattform.events.services import fields_of
from fdplattform.forms import Button, Choices, FormSchema, LongText, Text, Version, attributes_of, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")


def _fields(bindings: Any) -> list[tuple[str, str]]:
    return [(str(field.id), field.title) for field in bindings["fields"]]


class NewSeries(FormSchema):
    """Which fields get an event."""

    title = Text(200, title=_("Title of the series"))
    fields = Choices(_fields, title=_("Fields of action"), description=_("One event is created for each."))


class SeriesForm(FormSchema):
    """What the events together say."""

    title = Text(200, title=_("Title of the series"))
    synthesis = LongText(
        20_000, title=_("Synthesis"), description=_("What the events together say. Shown to everybody."), required=False
    )
    version = Version()


@view_config(context=DialogueResource, name="reihe-anlegen", permission=Permission.EVENT_CREATE, renderer=FORM_PAGE)
def create_series(context: DialogueResource, request: Request) -> Response | dict[str, Any]:
    """Create one event for each chosen field of action."""
    dialogue, format_ = context.dialogue, chosen_format(request, context.dialogue)
    if format_.conduct.series is None:
        raise HTTPNotFound()
    fields = fields_of(request.db, dialogue.id)
    if not fields:
        request.flash(_("A series has one event for each field of action. Create the fields first."), kind="info")
        return HTTPSeeOther(request.resource_path(context, "handlungsfelder"))
    form = make_form(
        NewSeries(),
        request,
        buttons=(Button(title=_("Create the series")),),
        once=True,
        cancel=request.resource_path(context),
        fields=fields,
    )

    def save(values: dict[str, Any]) -> str:
        ids = [int(value) for value in values["fields"]]
        series = services.create_series(
            request.db,
            request.registry,
            dialogue,
            format_,
            values["title"],
            ids,
            actor=request.identity.actor,
            now=request.now,
        )
        request.flash(_("The events are created. Give each its date and its host."))
        return request.resource_path(series_resource(context, series))

    return handle(
        request,
        form,
        on_valid=save,
        values={"title": dialogue.title, "fields": [str(field.id) for field in fields]},
        title=_("New series: ${format}", mapping={"format": request.localizer.translate(format_.title)}),
        intro=format_.summary,
    )


@view_config(
    context=SeriesResource,
    name="",
    permission=Permission.DIALOGUE_VIEW,
    renderer="fdplattform.templates:events/series.pt",
    request_method="GET",
)
def show_series(context: SeriesResource, request: Request) -> dict[str, Any]:
    """The events of a series and what they together say."""
    series, dialogue = context.series, nearest(context, DialogueResource)
    query = select(Event).options(selectinload(Event.dates)).where(Event.series_id == series.id).order_by(Event.id)
    resources = [event_resource(dialogue, event) for event in request.db.scalars(query).all()]
    shown = [each for each in resources if request.has_permission(Permission.EVENT_VIEW, each)]
    texts = request.texts(series)
    return {
        "title": texts.get(series, "title"),
        "synthesis": texts.get(series, "synthesis") if series.synthesis else None,
        "cards": make_cards(request, shown, with_place=False),
    }


@view_config(context=SeriesResource, name="bearbeiten", permission=Permission.EVENT_CREATE, renderer=FORM_PAGE)
def edit_series(context: SeriesResource, request: Request) -> Response | dict[str, Any]:
    """Rename the series, write the synthesis."""
    series, back = context.series, request.resource_path(context)
    form = make_form(SeriesForm(), request, cancel=back)

    def save(values: dict[str, Any]) -> str:
        services.edit_series(
            request.db,
            nearest(context, DialogueResource).dialogue,
            series,
            title=values["title"],
            synthesis=values["synthesis"] or None,
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("Saved."))
        return back

    return handle(request, form, on_valid=save, values=attributes_of(form, series), title=_("Edit the series"))
