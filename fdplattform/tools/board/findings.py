"""From a card to a result: the first link in the chain from what was said to what is done."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.findings.models import Finding, FindingKind
from fdplattform.findings.services import FindingText, add_findings
from fdplattform.journal.services import Actor
from fdplattform.tools.board.lists import BoardList
from fdplattform.tools.board.models import Card
from fdplattform.tools.board.reading import label
from fdplattform.tools.board.services import lock_board


def take_over(
    session: Session,
    event: Event,
    card_ids: Collection[int],
    *,
    lists: Sequence[BoardList],
    actor: Actor,
    now: datetime,
) -> int:
    """Make a result from each of these cards that has a text and is none yet. Returns how many there are more.

    The result's origin names the card and the event, so that both can be read there also when they are gone.
    """
    board = lock_board(session, event.id)
    chosen = select(Card).where(Card.event_id == event.id, Card.id.in_(card_ids)).order_by(Card.list_id, Card.number)
    cards = session.scalars(chosen.execution_options(populate_existing=True)).all()
    kinds = {each.id: each.kind for each in lists}
    waiting = {
        f"{label(card, lists)} · {event.title}": card
        for card in cards
        if card.finding_id is None and card.removed_at is None
    }
    if not waiting:
        return 0
    texts = [
        FindingText(
            kind=kinds.get(card.list_id, FindingKind.IDEA), text=card.text, origin=origin, language=event.language
        )
        for origin, card in waiting.items()
    ]
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    added = add_findings(session, dialogue, texts, event_id=event.id, now=now, actor=actor)
    made = select(Finding).where(Finding.event_id == event.id, Finding.origin.in_(waiting)).order_by(Finding.id)
    for finding in session.scalars(made):
        waiting[finding.origin].finding_id = finding.id
    board.revision += 1
    session.flush()
    return len(added.findings)
