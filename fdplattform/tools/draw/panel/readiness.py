"""What is ready for a draw and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.request import Request

from fdplattform.tools.draw.criteria.quotas import has_quotas
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.sources import NOT_SAID, drawable
from fdplattform.tools.draw.replies.needs import cannot_always_come
from fdplattform.tools.draw.replies.services import willing


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that matters before a draw: `success`, `warning` (one may start anyway) or `danger` (one may not)."""

    kind: str
    text: Any
    #: The page below the event where it is mended.
    view: str


def checks(request: Request, event_id: int) -> list[Check]:
    """What is ready and what is missing, with a constant number of queries."""
    session = request.db
    plan, criteria = plan_of(session, event_id), criteria_of(session, event_id)
    people = willing(session, event_id)
    source = drawable(criteria, people, plan.drawn_seats)
    silent = sum(NOT_SAID in person.values for person in source.pool.people)
    return [
        _criteria(sum(map(has_quotas, criteria)), len(criteria)),
        _people(len(people), plan.drawn_seats),
        *_silent(silent),
        *_partly(len(cannot_always_come(session, event_id))),
        *_deadline(plan.reply_until, request.fmt.local(request.now).date(), request),
    ]


def _criteria(with_quotas: int, all_: int) -> Check:
    mapping = {"number": with_quotas, "all": all_}
    if not with_quotas:
        text = _("There are no quotas: everybody who is willing has the same chance, whatever comes out.")
    elif with_quotas < all_:
        text = _("${number} of ${all} criteria have quotas; the others do not matter for the draw.", mapping=mapping)
    else:
        text = _("Criteria with quotas: ${number}", mapping=mapping)
    return Check(kind="success" if with_quotas == all_ and all_ else "warning", text=text, view="kriterien")


def _people(people: int, seats: int) -> Check:
    mapping = {"people": people, "seats": seats}
    if not people:
        return Check(kind="danger", text=_("Nobody is willing yet."), view="antworten")
    if people < 2 * seats:
        text = _(
            "Only ${people} people are willing for ${seats} seats: there will hardly be a reserve.", mapping=mapping
        )
        return Check(kind="warning", text=text, view="antworten")
    text = _("${people} people are willing, ${seats} seats are drawn.", mapping=mapping)
    return Check(kind="success", text=text, view="antworten")


def _silent(silent: int) -> Iterator[Check]:
    if silent:
        text = _(
            "${people} people did not answer every question. They can be drawn, but count in no category there.",
            mapping={"people": silent},
        )
        yield Check(kind="success", text=text, view="antworten")


def _partly(partly: int) -> Iterator[Check]:
    if partly:
        text = _(
            "${people} of the willing did not say that they can come on every date. Call them before the draw, or "
            "leave them out when you start it.",
            mapping={"people": partly},
        )
        yield Check(kind="warning", text=text, view="antworten")


def _deadline(until: date | None, today: date, request: Request) -> Iterator[Check]:
    if until is None:
        return
    mapping = {"date": request.fmt.date(until)}
    if until >= today:
        text = _(
            "People can still answer until ${date}. Who answers after the start is not in the draw.", mapping=mapping
        )
        yield Check(kind="warning", text=text, view="kriterien")
    else:
        yield Check(kind="success", text=_("The time to answer ended on ${date}.", mapping=mapping), view="kriterien")
