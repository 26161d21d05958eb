"""Write on the board: as a form, and card by card from a browser that keeps what it could not send yet."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import colander
from pyramid.csrf import get_csrf_token
from pyramid.encode import urlencode
from pyramid.httpexceptions import HTTPBadRequest, HTTPNoContent
from pyramid.request import Request
from pyramid.view import view_config

from fdplattform.errors import DomainError
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.board.messages import _
from fdplattform.tools.board.reading import cards_of, columns, label, revision_of
from fdplattform.tools.board.resources import BoardResource
from fdplattform.tools.board.schemas import CardSchema
from fdplattform.tools.board.services import Typed, read_typed, write_cards

#: A browser sends at most so many cards at once, half of what a request may hold; the others afterwards.
MOST_AT_ONCE = 50


def shown(context: BoardResource, request: Request) -> dict[str, Any]:
    """What every view of the cards needs: the lists, the state in which they are, where the cards are found."""
    return {
        # Asked first: a card that arrives in between is shown, and shown once more with the next revision.
        "revision": revision_of(request.db, context.event.id),
        "columns": columns(cards_of(request.db, context.event.id), context.lists),
        "language": context.event.language,
        "here": context.href,
    }


@view_config(
    context=BoardResource,
    name="",
    permission=Permission.BOARD_WRITE,
    renderer="fdplattform.templates:board/write.pt",
)
def write(context: BoardResource, request: Request) -> Any:
    """The scribe's page: choose a list, type, Enter; below, what is on the board."""
    event, lists = context.event, context.lists

    def on_valid(values: dict[str, Any]) -> str:
        typed = read_typed(values, lists)
        (card,) = write_cards(request.db, event, [typed], lists=lists, now=request.now)
        request.flash(_("On the board: ${card}", mapping={"card": label(card, lists)}))
        return f"{context.href}?{urlencode({'liste': values['list']})}"

    form = make_form(
        CardSchema(), request, action=context.href, formid="card", buttons=(Button(title=_("Write")),), lists=lists
    )
    form["text"].autofocus = "autofocus"
    ids = [each.id for each in lists]
    wanted = request.GET.get("liste")
    return handle(
        request,
        form,
        on_valid=on_valid,
        values={"list": wanted if wanted in ids else ids[0], "uuid": str(uuid4())},
        title=_("Board"),
        may_take_over=request.has_permission(Permission.FINDING_EDIT, context),
        **shown(context, request),
    )


@view_config(
    context=BoardResource,
    name="karten",
    permission=Permission.BOARD_WRITE,
    renderer="fdplattform.templates:board/cards.pt",
    request_method="GET",
)
def cards(context: BoardResource, request: Request) -> Any:
    """The cards alone, for a page that is open; nothing (204) when it has them already."""
    if request.GET.get("stand") == str(revision_of(request.db, context.event.id)):
        return HTTPNoContent()
    return {
        **shown(context, request),
        "token": get_csrf_token(request),
        "projected": "projektor" in request.GET,
    }


@view_config(
    context=BoardResource,
    name="schreiben",
    permission=Permission.BOARD_WRITE,
    renderer="json",
    request_method="POST",
)
def take(context: BoardResource, request: Request) -> dict[str, Any]:
    """Take the cards that a browser has kept, in their order. Says which are on the board now, and which cannot be.

    Sent a second time, a card is the same card: the browser may repeat what it got no answer to.
    """
    taken: list[Typed] = []
    refused: dict[str, str] = {}
    for sent in _cards_in(request):
        try:
            taken.append(_read(context, request, sent))
        except (DomainError, colander.Invalid) as wrong:
            refused[str(sent.get("uuid", ""))] = _reason(request, wrong)
    if taken:
        write_cards(request.db, context.event, taken, lists=context.lists, now=request.now)
    return {"taken": [each.uuid for each in taken], "refused": refused}


def _cards_in(request: Request) -> Sequence[Mapping[str, Any]]:
    try:
        sent = request.json_body
    except ValueError:
        raise HTTPBadRequest() from None
    found = sent.get("cards") if isinstance(sent, dict) else None
    if not isinstance(found, list) or len(found) > MOST_AT_ONCE or not all(isinstance(each, dict) for each in found):
        raise HTTPBadRequest()
    return found


def _read(context: BoardResource, request: Request, sent: Mapping[str, Any]) -> Typed:
    """Raises colander.Invalid or DomainError for a card that is not as it must be."""
    schema = CardSchema().bind(request=request, lists=context.lists)
    return read_typed(schema.deserialize(dict(sent)), context.lists)


def _reason(request: Request, wrong: DomainError | colander.Invalid) -> str:
    if isinstance(wrong, DomainError):
        return str(request.localizer.translate(wrong.message))
    said: Mapping[str, str] = wrong.asdict(translate=request.localizer.translate)
    return " ".join(said.values())
