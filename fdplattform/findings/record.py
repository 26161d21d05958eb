"""How this room writes to the journal: always with the dialogue, so that its history is in one place."""

from typing import Any

from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.journal.services import Actor, record


def note(
    session: Session,
    tag: str,
    dialogue: Dialogue,
    actor: Actor,
    *,
    subject_id: int | None = None,
    event_id: int | None = None,
    public: bool = False,
    **payload: Any,
) -> None:
    """Record `tag` about something in `dialogue`."""
    record(
        session,
        tag,
        actor=actor,
        subject_id=subject_id,
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        event_id=event_id,
        payload=payload,
        public=public,
    )
