"""One card: correct a typing mistake, or take it off because it says something about a person."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from fdplattform.forms import handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.board.messages import _
from fdplattform.tools.board.resources import CardResource
from fdplattform.tools.board.schemas import EditSchema
from fdplattform.tools.board.services import edit_card, remove_card


@view_config(
    context=CardResource,
    name="",
    permission=Permission.BOARD_WRITE,
    renderer="fdplattform.templates:board/edit.pt",
)
def edit(context: CardResource, request: Request) -> Any:
    """Correct the text. It says on the card that it was corrected; the journal keeps what stood there."""
    card, board = context.card, context.board

    def on_valid(values: dict[str, Any]) -> str:
        edit_card(
            request.db,
            board.event,
            card,
            values["text"],
            label=context.label,
            version=values["version"],
            actor=request.identity.actor,
            now=request.now,
        )
        request.flash(_("The card is saved."))
        return board.href

    form = make_form(EditSchema(), request, cancel=board.href)
    may_erase = request.has_permission(Permission.BOARD_ERASE, context)
    return handle(
        request,
        form,
        on_valid=on_valid,
        values={"text": card.text, "version": card.version},
        title=_("Card ${card}", mapping={"card": context.label}),
        removed=card.removed_at is not None,
        erase_href=request.resource_path(context, "entfernen") if may_erase else None,
        back=board.href,
    )


@view_config(
    context=CardResource,
    name="entfernen",
    permission=Permission.BOARD_ERASE,
    renderer="fdplattform.templates:board/erase.pt",
)
def erase(context: CardResource, request: Request) -> Any:
    """Ask once more, then take the text off."""
    card, board = context.card, context.board
    live = request.has_permission(Permission.BOARD_WRITE, board)
    if request.method == "POST":
        remove_card(request.db, board.event, card, label=context.label, actor=request.identity.actor, now=request.now)
        request.flash(_("The text of the card ${card} was removed.", mapping={"card": context.label}))
        return HTTPSeeOther(board.href if live else f"{board.href}/ergebnisse")
    return {
        "title": _("Remove the text of the card ${card}", mapping={"card": context.label}),
        "card": card,
        "language": board.event.language,
        "back": request.resource_path(context) if live else f"{board.href}/ergebnisse",
    }
