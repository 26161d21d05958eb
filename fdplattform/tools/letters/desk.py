"""Where somebody works on letters of a kind, and what the journal says about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.events.record import note
from fdplattform.journal.services import Actor
from fdplattform.tools.letters.kinds import LetterKind


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who does something with which letters of which event, and when."""

    event: Event
    dialogue: Dialogue
    kind: LetterKind
    actor: Actor
    now: datetime

    def journal(self, session: Session, action: str, **payload: Any) -> None:
        """Record `letter:<action>` with the kind of letter; never who gets one."""
        said: dict[str, Any] = {"kind": self.kind.title, **payload}
        note(session, f"letter:{action}", self.event, self.dialogue, self.actor, at=self.now, **said)
