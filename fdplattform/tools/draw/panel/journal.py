"""Who does something with a draw or a panel, where and when; and what the journal says about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.events.record import note
from fdplattform.journal.services import Actor
from fdplattform.tools.draw.panel.messages import _


@dataclass(frozen=True, kw_only=True)
class Doing:
    """Somebody does something at an event."""

    event: Event
    actor: Actor
    now: datetime

    def note(self, session: Session, tag: str, *, public: bool = False, **payload: Any) -> None:
        """Journal it; `public` entries stand in the transparency log that everybody may read."""
        dialogue = session.get_one(Dialogue, self.event.dialogue_id)
        note(session, tag, self.event, dialogue, self.actor, public=public, at=self.now, **payload)


TAGS = {
    "draw:start": _("Draw started"),
    "draw:offer": _("The computed lottery can be looked at"),
    "draw:fail": _("The draw ended without a lottery"),
    "draw:cancel": _("Draw stopped or turned down"),
    "draw:relax": _("Quotas changed as the draw proposed"),
    "draw:commit": _("Record of the draw published; its checksum begins with ${beginning}"),
    "draw:withdraw": _("Published draw withdrawn before a number was drawn. Reason: ${reason}"),
    "draw:number": _("Number ${number} drawn by hand; the panel is determined"),
    "draw:correct": _("Number ${wrong} was entered by mistake; number ${number} was drawn. Reason: ${reason}"),
    "draw:replace": _("A member of the panel was replaced from the reserve"),
    "draw:unseal": _("Sealed record of the draw deleted; the period for replacements is over"),
    "draw:download": _("Sealed record of the draw downloaded"),
    "panel:read": _("List of the panel's members opened"),
    "panel:export": _("List of the panel's members downloaded"),
    "panel:enter": _("Member of the panel entered"),
    "panel:edit": _("Member of the panel changed"),
    "panel:remove": _("Entry in the list of members removed"),
    "panel:move_up": _("Somebody from the reserve took a seat on the panel"),
    "panel:leave": _("A member left the panel without a replacement"),
    "panel:count": _("Counted how many members belong to each category"),
    "panel:erase": _("Personal data of a member of the panel deleted on request"),
    "panel:shred": _("Personal data of members of the panel deleted: ${number}"),
}


def includeme(config: Configurator) -> None:
    for tag, title in TAGS.items():
        config.add_journal_tag(tag, title)
