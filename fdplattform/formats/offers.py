"""What a municipality offers: the list, offering and withdrawing, the settings of a format."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.events.details import read_settings, to_stored
from fdplattform.formats.resources import FormatResource, Formats, host
from fdplattform.forms import handle, make_form
from fdplattform.journal.services import record
from fdplattform.plugins.format import EventFormat
from fdplattform.plugins.offers import offer, offered, save_settings
from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")


@view_config(
    context=Formats,
    permission=Permission.MUNICIPALITY_FORMATS,
    request_method="GET",
    renderer="fdplattform.templates:formats/list.pt",
)
def list_formats(context: Formats, request: Request) -> dict[str, Any]:
    """All formats, with what is offered here."""
    formats: dict[str, EventFormat] = request.registry.plugins.formats
    here = offered(request.db, host(context).id, formats)
    return {
        "title": _("Formats"),
        "formats": [
            {
                "format": format_,
                "offered": format_.id in here,
                "words": _("offered here") if format_.id in here else _("not offered here"),
                "href": request.resource_path(context, format_.id),
                "settings": request.resource_path(context, format_.id, "einstellungen")
                if format_.data.settings is not None
                else None,
            }
            for format_ in formats.values()
        ],
    }


@view_config(context=FormatResource, name="anbieten", permission=Permission.MUNICIPALITY_FORMATS, request_method="POST")
def offer_format(context: FormatResource, request: Request) -> Response:
    """Offer the format here."""
    return _decide(context, request, offered=True)


@view_config(
    context=FormatResource, name="zurueckziehen", permission=Permission.MUNICIPALITY_FORMATS, request_method="POST"
)
def withdraw_format(context: FormatResource, request: Request) -> Response:
    """Offer the format no longer: no new events; existing ones stay as they are."""
    return _decide(context, request, offered=False)


def _decide(context: FormatResource, request: Request, *, offered: bool) -> Response:
    offer(request.db, host(context).id, context.format.id, offered=offered)
    _journal(context, request, "format:offer" if offered else "format:withdraw")
    mapping = {"format": request.localizer.translate(context.format.title)}
    request.flash(
        _("Offered from now on: ${format}", mapping=mapping)
        if offered
        else _("No longer offered: ${format}. Existing events stay as they are.", mapping=mapping)
    )
    return HTTPSeeOther(request.resource_path(context.__parent__))


@view_config(
    context=FormatResource,
    name="einstellungen",
    permission=Permission.MUNICIPALITY_FORMATS,
    renderer="fdplattform.templates:forms/page.pt",
)
def settings(context: FormatResource, request: Request) -> Response | dict[str, Any]:
    """The municipality's settings for the format."""
    format_, here = context.format, host(context).id
    if format_.data.settings is None:
        raise HTTPNotFound()
    back = request.resource_path(context.__parent__)
    schema = format_.data.settings()

    def save(values: dict[str, Any]) -> str:
        save_settings(request.db, here, format_.id, to_stored(schema, values))
        _journal(context, request, "format:settings")
        request.flash(_("Saved."))
        return back

    known = read_settings(request.db, here, format_)
    return handle(
        request,
        make_form(format_.data.settings(), request, cancel=back),
        on_valid=save,
        values={name: value for name, value in known.items() if value is not None},
        title=_("Settings: ${format}", mapping={"format": request.localizer.translate(format_.title)}),
        intro=_("They hold for all events of this format in your municipality."),
    )


def _journal(context: FormatResource, request: Request, tag: str) -> None:
    record(
        request.db,
        tag,
        actor=request.identity.actor,
        municipality_id=host(context).id,
        payload={"format": context.format.title},
    )
