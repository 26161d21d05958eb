"""References in the text of a card: "objection to L7" leads to the card L7."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `card` is the label of the card to which it leads, or None for plain text."""

    text: str
    card: str | None = None


def label_of(letter: str, number: int) -> str:
    """How a card is called: L7."""
    return f"{letter}{number}"


class References:
    """Finds the references to the cards of a board. `labels` are those of its cards."""

    def __init__(self, letters: Iterable[str], labels: Collection[str]) -> None:
        self._labels = labels
        either = "|".join(sorted(map(re.escape, letters), key=len, reverse=True))
        # A scribe in a hurry writes l7 or L 7. Arabic joins the word before ("بـL7") and has digits of its own.
        self._pattern = re.compile(rf"(?<![A-Za-zÀ-ɏ0-9])({either}) ?(\d{{1,6}})(?![A-Za-zÀ-ɏ0-9])", re.IGNORECASE)

    def pieces(self, text: str, own: str | None = None) -> Iterator[Piece]:
        """The text, cut where it names a card of the board; a card does not lead to itself (`own`)."""
        end = 0
        for found in self._pattern.finditer(text):
            label = label_of(found[1].upper(), int(found[2]))
            if label in self._labels and label != own:
                if found.start() > end:
                    yield Piece(text[end : found.start()])
                yield Piece(found[0], label)
                end = found.end()
        if end < len(text):
            yield Piece(text[end:])
