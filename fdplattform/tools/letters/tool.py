"""What the tool tells the domain: its page, its rights, and how many letters were posted."""

from typing import Any

from sqlalchemy import exists
from sqlalchemy.orm import Session

from fdplattform.events.lifecycle import TEAM
from fdplattform.events.models import Event
from fdplattform.events.toolbar import INVITATION
from fdplattform.events.tools import Tool, ToolLink
from fdplattform.plugins.format import ToolUse
from fdplattform.security.permissions import Permission
from fdplattform.tools.letters.lookup import counts
from fdplattform.tools.letters.messages import _
from fdplattform.tools.letters.models import LetterRun
from fdplattform.tools.letters.offered import GUARDS, TEXTS, check_options


def facts(session: Session, event: Event, _use: ToolUse) -> dict[str, Any]:
    """For guards: how many letters were made and posted in all, and how many of each kind were posted."""
    posted = counts(session, event.id, posted=True)
    made = counts(session, event.id)
    return {**posted, "made": sum(made.values()), "posted": sum(posted.values())}


TOOL = Tool(
    id="letters",
    title=_("Letters"),
    links=(ToolLink(title=_("Letters"), view="briefe", permission=Permission.LETTER_READ, group=INVITATION, order=40),),
    rights=dict.fromkeys(TEAM, frozenset({Permission.LETTER_WRITE})),
    lasting=dict.fromkeys(TEAM, frozenset({Permission.LETTER_READ})),
    options=frozenset({TEXTS, GUARDS}),
    check=check_options,
    facts=facts,
    people=lambda event_id: exists().where(LetterRun.event_id == event_id),
)
