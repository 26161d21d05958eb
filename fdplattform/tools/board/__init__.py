"""The board: numbered cards in lists, in the order of mention, with a view for the projector.

Dynamic Facilitation has its five lists; other formats name their own and use it as a pin board.
"""

from pyramid.config import Configurator

from fdplattform.tools.board import resources
from fdplattform.tools.board.messages import _
from fdplattform.tools.board.tool import TOOL


def includeme(config: Configurator) -> None:
    resources.includeme(config)
    config.add_journal_tag("board:write", _("Cards written on the board: ${cards}"))
    config.add_journal_tag("card:edit", _("Card ${card} corrected"), shred=("before",))
    config.add_journal_tag("card:remove", _("Text of the card ${card} removed"))
    config.add_tool(TOOL)
