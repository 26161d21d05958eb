"""Can people answer? If not, why not, in plain words."""

from datetime import date
from enum import StrEnum

from fdplattform.tools.draw.criteria.models import Plan
from fdplattform.tools.draw.replies.messages import _


class Door(StrEnum):
    """How the door stands for somebody with a code."""

    OPEN = "open"
    OVER = "over"
    CANCELLED = "cancelled"

    @property
    def message(self) -> str:
        """What the page says when it is not open."""
        return _MESSAGES[self]


_MESSAGES = {
    Door.OPEN: "",
    Door.OVER: _("The time for answers is over. Thank you for thinking about it. You need not do anything."),
    Door.CANCELLED: _("The event does not take place. You need not do anything."),
}


def door_of(plan: Plan, today: date, *, takes_place: bool) -> Door:
    """How the door stands today. An answer still counts on the last day; none counts once the draw is prepared."""
    if not takes_place:
        return Door.CANCELLED
    late = plan.reply_until is not None and today > plan.reply_until
    return Door.OVER if late or plan.locked_at is not None or plan.drawn_at is not None else Door.OPEN
