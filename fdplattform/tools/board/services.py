"""Write cards, correct them, and take away what is personal.

Whoever changes a board first locks its row, so that two scribes get their numbers one after the other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.db.sql import insert_for
from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.events.models import Event
from fdplattform.findings.record import note
from fdplattform.findings.services import delete_findings
from fdplattform.journal.services import UNNAMED, Actor, shred
from fdplattform.tools.board.lists import BoardList
from fdplattform.tools.board.messages import _
from fdplattform.tools.board.models import Board, Card
from fdplattform.tools.board.references import label_of

_PREFIX = re.compile(r"\s*([A-Za-z]{1,2})\s*:\s*(.*)")


@dataclass(frozen=True)
class Typed:
    """A card as it arrives: its UUID, the id of its list, its text."""

    uuid: str
    list_id: str
    text: str


def read_typed(values: Mapping[str, Any], lists: Sequence[BoardList]) -> Typed:
    """A card from a valid `CardSchema`. A list may also be named in front of the text: "l: more benches".

    Raises DomainError when nothing is left of the text.
    """
    list_id, text = values["list"], values["text"]
    by_letter = {each.letter: each.id for each in lists}
    found = _PREFIX.fullmatch(text)
    if found and found[1].upper() in by_letter:
        list_id, text = by_letter[found[1].upper()], found[2]
    if not text:
        raise DomainError(_("Please write something on the card."), field="text")
    return Typed(values["uuid"], list_id, text)


def lock_board(session: Session, event_id: int) -> Board:
    """The event's board, which nobody else can change until the transaction ends. The first one makes it."""
    first = insert_for(session, Board).values(event_id=event_id, revision=0)
    session.execute(first.on_conflict_do_nothing())
    query = select(Board).where(Board.event_id == event_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def write_cards(
    session: Session,
    event: Event,
    typed: Sequence[Typed],
    *,
    lists: Sequence[BoardList],
    now: datetime,
) -> list[Card]:
    """The cards of `typed` in the same order, each with its number. What has arrived before is not written again.

    The journal names the cards, not who wrote them.
    """
    board = lock_board(session, event.id)
    uuids = {each.uuid for each in typed}
    query = select(Card).where(Card.event_id == event.id, Card.uuid.in_(uuids))
    known = {card.uuid: card for card in session.scalars(query)}
    newest = select(Card.list_id, func.max(Card.number)).where(Card.event_id == event.id).group_by(Card.list_id)
    last = dict(session.execute(newest).all())
    fresh = []
    for each in typed:
        if each.uuid in known:
            continue
        number = last[each.list_id] = last.get(each.list_id, 0) + 1
        card = Card(
            event_id=event.id, uuid=each.uuid, list_id=each.list_id, number=number, text=each.text, created_at=now
        )
        known[each.uuid] = card
        fresh.append(card)
    if fresh:
        session.add_all(fresh)
        board.revision += 1
        session.flush()
        letters = {each.id: each.letter for each in lists}
        labels = ", ".join(label_of(letters[card.list_id], card.number) for card in fresh)
        _note(session, "board:write", event, UNNAMED, cards=labels)
    return [known[each.uuid] for each in typed]


def edit_card(
    session: Session, event: Event, card: Card, text: str, *, label: str, version: int, actor: Actor, now: datetime
) -> None:
    """Correct the text of a card; the journal keeps what stood there. Raises StaleVersion, Conflict."""
    board = lock_board(session, event.id)
    session.refresh(card)
    if card.removed_at is not None:
        raise Conflict(_("The text of this card was removed."))
    check_version(card, version)
    if card.text == text:
        return
    before, card.text, card.edited_at = card.text, text, now
    board.revision += 1
    _note(session, "card:edit", event, actor, subject_id=card.id, card=label, before=before)


def remove_card(session: Session, event: Event, card: Card, *, label: str, actor: Actor, now: datetime) -> None:
    """Take the text off a card because it says something personal: from the journal and the results, too.

    The number stays where it was, so that the cards after it keep theirs.
    """
    board = lock_board(session, event.id)
    session.refresh(card)
    if card.removed_at is not None:
        return
    finding_id, card.finding_id = card.finding_id, None
    card.text, card.removed_at = "", now
    board.revision += 1
    session.flush()
    if finding_id is not None:
        delete_findings(session, session.get_one(Dialogue, event.dialogue_id), [finding_id], actor=actor)
    shred(session, "card", card.id)
    _note(session, "card:remove", event, actor, subject_id=card.id, card=label)


def _note(
    session: Session, tag: str, event: Event, actor: Actor, *, subject_id: int | None = None, **payload: Any
) -> None:
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    note(session, tag, dialogue, actor, subject_id=subject_id, event_id=event.id, **payload)
