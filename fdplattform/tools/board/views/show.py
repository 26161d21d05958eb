"""The board for the room, on paper, and as a file."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.events.resources import EventResource
from fdplattform.security.permissions import Permission
from fdplattform.tools.board.messages import _
from fdplattform.tools.board.reading import cards_of, columns
from fdplattform.tools.board.resources import BoardResource
from fdplattform.tools.board.views.write import shown
from fdplattform.web.spreadsheets import csv_response
from fdplattform.web.tree import nearest


@view_config(
    context=BoardResource,
    name="projektor",
    permission=Permission.BOARD_WRITE,
    renderer="fdplattform.templates:board/projector.pt",
    request_method="GET",
)
def projector(context: BoardResource, request: Request) -> dict[str, Any]:
    """The board for the wall: large, the newest cards first, nothing to click."""
    return {"title": _event_title(context), **shown(context, request)}


@view_config(
    context=BoardResource,
    name="drucken",
    permission=Permission.BOARD_WRITE,
    renderer="fdplattform.templates:board/paper.pt",
    request_method="GET",
)
def paper(context: BoardResource, request: Request) -> dict[str, Any]:
    """The board to print: list by list, in the order of mention."""
    event = nearest(context, EventResource).event
    return {"title": _("Board"), "event_title": _event_title(context), "dates": event.dates, **shown(context, request)}


@view_config(context=BoardResource, name="karten.csv", permission=Permission.BOARD_WRITE, request_method="GET")
def as_csv(context: BoardResource, request: Request) -> Response:
    """The cards as a table."""
    translate = request.localizer.translate
    removed = translate(_("(removed)"))
    rows = [
        (shown.label, translate(column.title), shown.card.text or removed, request.fmt.datetime(shown.card.created_at))
        for column in columns(cards_of(request.db, context.event.id), context.lists)
        for shown in column.cards
    ]
    header = [translate(title) for title in (_("Card"), _("List"), _("Text"), _("Written at"))]
    return csv_response("brett.csv", header, rows)


@view_config(context=BoardResource, name="karten.txt", permission=Permission.BOARD_WRITE, request_method="GET")
def as_text(context: BoardResource, request: Request) -> Response:
    """The cards as a plain text, to paste it somewhere."""
    translate = request.localizer.translate
    removed = translate(_("(removed)"))
    blocks = [
        "\n".join([translate(column.title), *(f"{each.label}  {each.card.text or removed}" for each in column.cards)])
        for column in columns(cards_of(request.db, context.event.id), context.lists)
    ]
    text = "\n\n".join([_event_title(context), *blocks]) + "\n"
    return Response(
        text, content_type="text/plain", charset="utf-8", content_disposition='attachment; filename="brett.txt"'
    )


def _event_title(context: BoardResource) -> str:
    place = nearest(context, EventResource)
    return place.texts.get(place.event, "title").value
