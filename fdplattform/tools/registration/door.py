"""Is registration open? If not, why not, in plain words."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from fdplattform.events.models import Event, EventDate
from fdplattform.events.transitions import workflow_of
from fdplattform.plugins.format import EventFormat, ToolUse
from fdplattform.security.permissions import Permission, Role
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.services import closes_at
from fdplattform.workflow import CANCEL, CANCELLED, Workflow


class Door(StrEnum):
    """How the door stands for a resident who wants to register."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    NO_DATE = "no_date"
    NOT_NEEDED = "not_needed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"

    @property
    def message(self) -> str:
        """What the page says when it is not open."""
        return _MESSAGES[self]


_MESSAGES = {
    Door.OPEN: "",
    Door.NOT_YET: _("Registration has not begun yet. Please come back later."),
    Door.CLOSED: _("Registration is over."),
    Door.NOT_NEEDED: _("You need not register: just come."),
    Door.NO_DATE: _("The date is not fixed yet. As soon as it is, you can register here."),
    Door.POSTPONED: _("The event is postponed. As soon as the new date is fixed, you can register here."),
    Door.CANCELLED: _("The event does not take place. You cannot register."),
}


def door_of(
    event: Event, dates: Iterable[EventDate], format_: EventFormat | None, use: ToolUse | None, now: datetime
) -> Door:
    """How the door of `event` stands at `now`."""
    if event.state == CANCELLED:
        return Door.CANCELLED
    if format_ is None:
        return Door.CLOSED
    if use is None:
        return Door.NOT_NEEDED
    if event.postponed_at is not None:
        return Door.POSTPONED
    workflow = workflow_of(format_, event)
    if not admits_in(workflow, use, event.state):
        return Door.NOT_YET if _will_admit(workflow, use, event.state) else Door.CLOSED
    known = list(dates)
    if not known:
        return Door.NO_DATE
    return Door.OPEN if any(now < closes_at(date) for date in known) else Door.CLOSED


def admits_in(workflow: Workflow, use: ToolUse, state_id: str) -> bool:
    """Whether residents may register in the state."""
    state = workflow.by_id.get(state_id)
    granted = state.grants.get(Role.ANONYMOUS, frozenset()) if state else frozenset()
    return use.live_in(state_id) and Permission.REGISTRATION_REGISTER in granted


def _will_admit(workflow: Workflow, use: ToolUse, state_id: str) -> bool:
    """True when a state in which people may register lies ahead."""
    seen, frontier = {state_id}, [state_id]
    while frontier:
        ahead = {step.target for step in workflow.leaving(frontier.pop()) if step.target and step.id != CANCEL} - seen
        if any(admits_in(workflow, use, target) for target in ahead):
            return True
        seen |= ahead
        frontier += ahead
    return False
