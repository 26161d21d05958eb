"""Ready-made ends of a workflow: the event takes place, and in the end it is closed. Most formats end alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from translationstring import TranslationStringFactory

from fdplattform.events import grants
from fdplattform.events.facts import EventFacts
from fdplattform.events.guards import date_ahead, dates_over, has_begun, has_findings
from fdplattform.security.permissions import Permission
from fdplattform.workflow import Guard, State, Transition, Trigger

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True)
class Ending:
    """A part of a workflow: `Workflow(states=(…, *held.states), transitions=(…, *held.transitions))`."""

    states: tuple[State, ...]
    transitions: tuple[Transition, ...]


def held(
    source: str, *, description: str = _("The results are entered."), public: bool = True, by_calendar: str = "end"
) -> Ending:
    """From `source` into the state `held`: by the team with the step `hold`, else when the last date ends.

    The step warns while a date is not over: an event of several days is not over after the first.
    A step leads back as long as a date lies ahead: who mistyped a date must not lose the event.
    `by_calendar` is the id of the step that time takes, for workflows in which it has another name.
    """
    return Ending(
        states=(State(id="held", title=_("Held"), description=description, grants=grants.evaluating(), public=public),),
        transitions=(
            Transition(
                id="hold",
                title=_("The event is over"),
                sources=(source,),
                target="held",
                permission=Permission.EVENT_ADVANCE,
                guards=(has_begun(), dates_over()),
            ),
            Transition(
                id=by_calendar,
                title=_("The event is over (by the calendar)"),
                sources=(source,),
                target="held",
                trigger=Trigger.TIME,
                due=end_of_last_date,
            ),
            Transition(
                id="not_over",
                title=_("The event is not over yet"),
                description=_("The date was wrong: the event is yet to come."),
                sources=("held",),
                target=source,
                permission=Permission.EVENT_ADVANCE,
                guards=(date_ahead(),),
            ),
        ),
    )


def withdraw(source: str, target: str) -> Transition:
    """The step `withdraw` back from the public state `source` into `target`, in which the event is prepared."""
    return Transition(
        id="withdraw",
        title=_("Back to preparation"),
        description=_("The page is no longer public. Registrations stay."),
        sources=(source,),
        target=target,
        permission=Permission.EVENT_ADVANCE,
    )


def closed(
    source: str,
    *,
    guards: Sequence[Guard] = (has_findings(),),
    description: str = _("Nothing is left to do."),
    step: str = "",
) -> Ending:
    """From `source` into the final state `closed`, with the step `close`, which `step` describes.

    Without `guards` of its own it asks for findings: people want to read what came out.
    """
    return Ending(
        states=(
            State(
                id="closed", title=_("Closed"), description=description, grants=grants.done(), public=True, final=True
            ),
        ),
        transitions=(
            Transition(
                id="close",
                title=_("Close"),
                description=step,
                sources=(source,),
                target="closed",
                permission=Permission.EVENT_ADVANCE,
                guards=tuple(guards),
            ),
        ),
    )


def end_of_last_date(facts: EventFacts) -> datetime | None:
    """When the event is over; None while it has no date. For time transitions."""
    return facts.ends_at
