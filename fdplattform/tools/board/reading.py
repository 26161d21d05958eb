"""Read a board: its cards by list, with the references in their texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.tools.board.lists import BoardList
from fdplattform.tools.board.models import Board, Card
from fdplattform.tools.board.references import Piece, References, label_of


@dataclass(frozen=True)
class ShownCard:
    """A card as pages show it: its label (L7), and its text with the references."""

    card: Card
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Column:
    """A list with its cards in the order of mention."""

    id: str
    letter: str
    title: str
    cards: tuple[ShownCard, ...]

    @property
    def count(self) -> int:
        """How many cards it has, those without a text included."""
        return len(self.cards)

    @property
    def newest_first(self) -> tuple[ShownCard, ...]:
        """The cards as the room wants to see them while it talks."""
        return self.cards[::-1]


def revision_of(session: Session, event_id: int) -> int:
    """The board's revision; 0 before the first card."""
    return session.scalar(select(Board.revision).where(Board.event_id == event_id)) or 0


def cards_of(session: Session, event_id: int) -> Sequence[Card]:
    """All cards of the event's board, list by list in the order of mention."""
    query = select(Card).where(Card.event_id == event_id).order_by(Card.list_id, Card.number)
    return session.scalars(query).all()


def find_card(session: Session, event_id: int, card_id: int) -> Card | None:
    """The card of this event with this id."""
    return session.scalar(select(Card).where(Card.event_id == event_id, Card.id == card_id))


def count_cards(session: Session, event_id: int, lists: Iterable[BoardList]) -> dict[str, int]:
    """How many cards each list has, by its id, and `cards` for all of them; those without a text are not counted."""
    query = (
        select(Card.list_id, func.count())
        .where(Card.event_id == event_id, Card.removed_at.is_(None))
        .group_by(Card.list_id)
    )
    found = dict(session.execute(query).all())
    return {"cards": sum(found.values()), **{each.id: found.get(each.id, 0) for each in lists}}


def label(card: Card, lists: Iterable[BoardList]) -> str:
    """How the card is called."""
    return label_of(_letters(lists).get(card.list_id) or _letter_of_gone(card.list_id), card.number)


def columns(cards: Sequence[Card], lists: Sequence[BoardList]) -> list[Column]:
    """The cards in the format's lists; those of lists that a newer version of the format no longer has come last."""
    gone = dict.fromkeys(card.list_id for card in cards if card.list_id not in _letters(lists))
    letters = {**_letters(lists), **{name: _letter_of_gone(name) for name in gone}}
    labels = {card.id: label_of(letters[card.list_id], card.number) for card in cards}
    references = References(letters.values(), frozenset(labels.values()))
    shown: dict[str, list[ShownCard]] = {name: [] for name in letters}
    for card in cards:
        pieces = tuple(references.pieces(card.text, own=labels[card.id]))
        shown[card.list_id].append(ShownCard(card, labels[card.id], pieces))
    titles = {each.id: each.title for each in lists}
    return [Column(name, letters[name], titles.get(name, name), tuple(found)) for name, found in shown.items()]


def _letters(lists: Iterable[BoardList]) -> dict[str, str]:
    return {each.id: each.letter for each in lists}


def _letter_of_gone(list_id: str) -> str:
    """No list of a format has so long a letter, so that no two cards are called the same."""
    return f"{list_id.upper()}-"
