"""On the page of somebody who answered: the own entry in the record of the draw, to be told or handed over."""

from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.panel.entries import entries_of
from fdplattform.tools.draw.replies.resources import Invited


def own_entry(place: Invited, request: Request) -> dict[str, Any] | None:
    """The entry, as long as the sealed record is there; nothing for who does not stand in it."""
    entry = entries_of(request.db, place.replies.event.id).get(place.invitee.id)
    if entry is None or place.invitee.shredded_at is not None:
        return None
    return {"entry": entry, "record_href": request.resource_path(place.replies.__parent__, "auslosung-nachweis", "")}


def includeme(config: Configurator) -> None:
    template = "fdplattform.templates:draw/panel/own_entry.pt"
    config.add_panel(Invited, "own entry", own_entry, template, permission=Permission.PANEL_READ)
