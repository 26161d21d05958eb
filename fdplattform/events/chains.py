"""Chained formats: what can follow an event."""

from pyramid.request import Request

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.resources import EventResource
from fdplattform.plugins.format import EventFormat
from fdplattform.plugins.offers import offered
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import nearest


def chained_choices(request: Request, context: EventResource) -> list[tuple[EventFormat, str]]:
    """The formats that can follow this event here, each with the address of its form."""
    dialogue = nearest(context, DialogueResource)
    if not request.has_permission(Permission.EVENT_CREATE, dialogue):
        return []
    formats: dict[str, EventFormat] = request.registry.plugins.formats
    here = offered(request.db, dialogue.dialogue.municipality_id, formats)
    return [
        (
            format_,
            request.resource_path(
                dialogue, "veranstaltung-anlegen", query={"format": format_.id, "nach": context.event.slug}
            ),
        )
        for format_ in formats.values()
        if context.event.format_id in format_.fit.follows and format_.id in here
    ]
