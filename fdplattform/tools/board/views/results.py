"""Make results from the cards: one of them, or all of a list."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.security.permissions import Permission
from fdplattform.tools.board.findings import take_over
from fdplattform.tools.board.messages import _
from fdplattform.tools.board.resources import BoardResource
from fdplattform.tools.board.views.write import shown
from fdplattform.web.ids import parse_id
from fdplattform.web.tree import nearest


@view_config(
    context=BoardResource,
    name="ergebnisse",
    permission=Permission.FINDING_EDIT,
    renderer="fdplattform.templates:board/results.pt",
    request_method="GET",
)
def choose(context: BoardResource, request: Request) -> dict[str, Any]:
    """Which cards are results already, and which are not."""
    dialogue = nearest(context, DialogueResource)
    # Who has a link for the day makes results here, and does not see those of the whole dialogue.
    may_open = request.has_permission(Permission.FINDING_EDIT, dialogue)
    return {
        "title": _("Results from the board"),
        "live": request.has_permission(Permission.BOARD_WRITE, context),
        "may_erase": request.has_permission(Permission.BOARD_ERASE, context),
        "results_href": request.resource_path(dialogue, "ergebnisse") if may_open else None,
        **shown(context, request),
    }


@view_config(context=BoardResource, name="ergebnisse", permission=Permission.FINDING_EDIT, request_method="POST")
def make(context: BoardResource, request: Request) -> HTTPSeeOther:
    """Make results of the cards whose ids were sent."""
    ids = {number for value in request.POST.getall("card") if (number := parse_id(value)) is not None}
    count = take_over(
        request.db, context.event, ids, lists=context.lists, actor=request.identity.actor, now=request.now
    )
    request.flash(_("New results: ${count}", mapping={"count": count}))
    return HTTPSeeOther(f"{context.href}/ergebnisse")
