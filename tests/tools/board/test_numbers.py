"""Numbers: given on arrival, in each list from 1, never twice and never anew, however many scribes write at once."""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.db import begin_immediate
from fdplattform.events.models import Event
from fdplattform.journal.services import SYSTEM
from fdplattform.testing.clock import morning
from fdplattform.tools.board.lists import DYNAMIC_FACILITATION
from fdplattform.tools.board.models import Card
from fdplattform.tools.board.reading import cards_of, columns
from fdplattform.tools.board.references import References
from fdplattform.tools.board.services import Typed, remove_card, write_cards

LISTS = [each.id for each in DYNAMIC_FACILITATION]


def write(session: Session, event: Event, typed: Sequence[Typed]) -> list[Card]:
    return write_cards(session, event, typed, lists=DYNAMIC_FACILITATION, now=morning())


def numbers(cards: Sequence[Card]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for card in cards:
        found[card.list_id].append(card.number)
    return found


def test_scribes_at_the_same_time_get_numbers_without_gaps(app: Router, session: Session, event: Event) -> None:
    """Four begin on an empty board at the same moment; each sends in batches, and every batch a second time."""
    scribes = [
        [
            [Typed(str(uuid4()), LISTS[(batch + each) % 2], f"{scribe}/{batch}/{each}") for each in range(3)]
            for batch in range(8)
        ]
        for scribe in range(4)
    ]
    start = Barrier(len(scribes))

    def send(batches: list[list[Typed]]) -> None:
        start.wait()
        for batch in batches:
            for _attempt in range(2):
                with app.registry.sessions.begin() as own:
                    begin_immediate(own)
                    write(own, own.get_one(Event, event.id), batch)

    with ThreadPoolExecutor(len(scribes)) as pool:
        list(pool.map(send, scribes))
    cards = cards_of(session, event.id)
    assert len(cards) == 4 * 8 * 3
    for found in numbers(cards).values():
        assert found == list(range(1, len(found) + 1))
    for scribe in scribes:
        sent = [each.uuid for batch in scribe for each in batch]
        own_cards = {card.uuid: card for card in cards}
        for list_id in LISTS[:2]:
            own_numbers = [own_cards[uuid].number for uuid in sent if own_cards[uuid].list_id == list_id]
            assert own_numbers == sorted(own_numbers)


def test_the_same_card_from_two_tabs_at_once_is_one_card(app: Router, session: Session, event: Event) -> None:
    queue = [Typed(str(uuid4()), LISTS[0], f"Gedanke {number}") for number in range(12)]
    start = Barrier(2)

    def send(size: int) -> None:
        start.wait()
        for first in range(0, len(queue), size):
            with app.registry.sessions.begin() as own:
                begin_immediate(own)
                write(own, own.get_one(Event, event.id), queue[: first + size])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(send, [3, 4]))
    assert [card.uuid for card in cards_of(session, event.id)] == [each.uuid for each in queue]


ACTS = st.lists(
    st.tuples(st.sampled_from(["write", "again", "remove"]), st.integers(0, 4), st.integers(0, 30)), max_size=25
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(acts=ACTS)
def test_a_number_once_given_stays(session: Session, event: Event, acts: list[tuple[str, int, int]]) -> None:
    session.rollback()
    event_id = event.id
    given_numbers: dict[str, tuple[str, int]] = {}
    for act, place, pick in acts:
        known = list(given_numbers)
        if act == "write" or not known:
            uuid = str(uuid4())
            (card,) = write(session, event, [Typed(uuid, LISTS[place], "Ein Gedanke")])
            given_numbers[uuid] = (card.list_id, card.number)
        elif act == "again":
            uuid = known[pick % len(known)]
            write(session, event, [Typed(uuid, LISTS[place], "Ein anderer")])
        else:
            card = session.scalars(select(Card).where(Card.uuid == known[pick % len(known)])).one()
            remove_card(session, event, card, label="X", actor=SYSTEM, now=morning())
    cards = cards_of(session, event_id)
    assert {card.uuid: (card.list_id, card.number) for card in cards} == given_numbers
    for found in numbers(cards).values():
        assert found == list(range(1, len(found) + 1))
    session.rollback()


WORDS = st.text(alphabet="LHB l7129 .,:ـعÄß-", max_size=40)


@given(text=WORDS, labels=st.sets(st.sampled_from(["L7", "L1", "H2", "B12", "L71"])))
def test_references_lose_no_letter_of_the_text(text: str, labels: set[str]) -> None:
    pieces = list(References(["L", "H", "B"], labels).pieces(text, own="L1"))
    assert "".join(piece.text for piece in pieces) == text
    assert {piece.card for piece in pieces} <= labels - {"L1"} | {None}
    assert all(piece.text for piece in pieces)


def test_what_only_looks_like_a_reference_is_none() -> None:
    references = References(["L", "H"], {"L7", "H1"})
    for text in ("XL7", "L70", "L7a", "DIN-EN-7", "ÄL7", "B7", "L-7"):
        assert [piece.card for piece in references.pieces(text)] == [None], text
    for text in ("L7", "(L7)", "l7!", "zu L 7.", "L7/H1", "وL7"):
        assert any(piece.card == "L7" for piece in references.pieces(text)), text


def test_cards_of_a_list_that_the_format_no_longer_has_stay_readable(session: Session, event: Event) -> None:
    write(session, event, [Typed(str(uuid4()), "solutions", "Bleibt")])
    shown = columns(cards_of(session, event.id), DYNAMIC_FACILITATION[:1])
    assert [(column.title, [card.label for card in column.cards]) for column in shown[1:]] == [
        ("solutions", ["SOLUTIONS-1"])
    ]
