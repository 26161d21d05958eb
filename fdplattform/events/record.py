"""What the journal says about events."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.journal.services import Actor, record


def note(
    session: Session,
    tag: str,
    event: Event,
    dialogue: Dialogue,
    actor: Actor,
    *,
    public: bool = False,
    at: datetime | None = None,
    **payload: Any,
) -> None:
    """Journal what a person did to an event, with its title; everybody reads what is `public`."""
    record(
        session,
        tag,
        actor=actor,
        subject_id=event.id,
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        event_id=event.id,
        payload={"title": event.title, **payload},
        public=public,
        at=at,
    )
