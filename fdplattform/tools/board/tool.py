"""What the tool tells the domain: its page, rights and facts, and what everybody sees where the format allows it."""

from typing import Any

from pyramid.request import Request
from sqlalchemy import exists
from sqlalchemy.orm import Session

from fdplattform.events.lifecycle import TEAM
from fdplattform.events.models import Event
from fdplattform.events.toolbar import DAY
from fdplattform.events.tools import Tool, ToolLink, ToolPanel
from fdplattform.plugins.format import ToolUse
from fdplattform.security.permissions import Permission, Role
from fdplattform.tools.board.lists import check_options, lists_of
from fdplattform.tools.board.messages import _
from fdplattform.tools.board.models import Card
from fdplattform.tools.board.reading import cards_of, columns, count_cards

_WRITE = frozenset({Permission.BOARD_WRITE})


def panel(request: Request, event: Event, use: ToolUse) -> ToolPanel | None:
    """The cards, where the format says that its board is public."""
    if not use.options.get("public", False):
        return None
    shown = [column for column in columns(cards_of(request.db, event.id), lists_of(use)) if column.cards]
    if not shown:
        return None
    return ToolPanel(
        template="fdplattform.templates:board/panel.pt", values={"columns": shown, "language": event.language}
    )


def facts(session: Session, event: Event, use: ToolUse) -> dict[str, Any]:
    """For guards: how many cards there are, in all (`cards`) and in each list, by its id."""
    return count_cards(session, event.id, lists_of(use))


TOOL = Tool(
    id="board",
    title=_("Board"),
    links=(ToolLink(title=_("Board"), view="brett", permission=Permission.BOARD_WRITE, group=DAY, order=30),),
    options=frozenset({"lists", "public"}),
    check=check_options,
    rights=dict.fromkeys((*TEAM, Role.FACILITATOR), _WRITE),
    lasting=dict.fromkeys(TEAM, frozenset({Permission.BOARD_ERASE})),
    panel=panel,
    facts=facts,
    people=lambda event_id: exists().where(Card.event_id == event_id),
)
