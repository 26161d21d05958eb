"""`…/brett`: the board of an event, and `…/brett/{id}`: a card of it. Rights come from the event's state."""

from dataclasses import dataclass
from functools import partial

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource
from fdplattform.tools.board.lists import BoardList, lists_of
from fdplattform.tools.board.messages import _
from fdplattform.tools.board.models import Card
from fdplattform.tools.board.reading import find_card, label
from fdplattform.web.ids import by_id
from fdplattform.web.tree import Resource, nearest


@dataclass(kw_only=True)
class BoardResource(Resource):
    """The board."""

    @property
    def event(self) -> Event:
        """The event whose board it is."""
        return nearest(self, EventResource).event

    @property
    def lists(self) -> tuple[BoardList, ...]:
        """The lists that the format gave it."""
        use = nearest(self, EventResource).use("board")
        return () if use is None else lists_of(use)

    @property
    def href(self) -> str:
        """Its address, to which the names of views are added."""
        return str(self.request.resource_path(self)).rstrip("/")

    def page_title(self, _request: Request) -> TranslationString:
        """For the breadcrumbs."""
        return _("Board")


@dataclass(kw_only=True)
class CardResource(Resource):
    """One card."""

    card: Card

    @property
    def board(self) -> BoardResource:
        """The board on which it is."""
        return nearest(self, BoardResource)

    @property
    def label(self) -> str:
        """How the card is called: L7."""
        return label(self.card, self.board.lists)

    def page_title(self, _request: Request) -> str:
        """For the breadcrumbs."""
        return self.label


def board_resource(parent: EventResource) -> BoardResource:
    """`…/brett`, e.g. to make addresses with."""
    return BoardResource(__name__="brett", __parent__=parent, request=parent.request)


def _find_board(parent: EventResource, name: str) -> Resource | None:
    return board_resource(parent) if name == "brett" and parent.use("board") else None


def _find_card(parent: BoardResource, name: str) -> Resource | None:
    card = by_id(name, partial(find_card, parent.request.db, parent.event.id))
    return None if card is None else CardResource(__name__=name, __parent__=parent, request=parent.request, card=card)


def includeme(config: Configurator) -> None:
    config.add_child_finder(EventResource, _find_board)
    config.add_child_finder(BoardResource, _find_card)
