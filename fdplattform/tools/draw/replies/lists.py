"""The staff's list of answers, and the same as a file for spreadsheets."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event, EventDate
from fdplattform.tools.draw.criteria.models import Criterion
from fdplattform.tools.draw.criteria.services import criteria_of
from fdplattform.tools.draw.criteria.texts import CriteriaTexts
from fdplattform.tools.draw.register.models import Invitee, InviteeCategory
from fdplattform.tools.draw.replies.invitation import name_of
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply, ReplyCategory
from fdplattform.tools.draw.replies.needs import NEEDS, dates_of, needs_in
from fdplattform.web.spreadsheets import csv_response

#: Kind of badge and word of each answer.
ANSWERS = {Answer.YES: ("success", _("Yes")), Answer.NO: ("info", _("No"))}
CHANNELS = {Channel.ONLINE: _("Online"), Channel.CARD: _("Card")}

CONTACT_AND_NEEDS = (
    _("E-mail"),
    _("Telephone"),
    *NEEDS,
)
COLUMNS = (_("Number"), _("Name"), _("Answer"), _("Came in"), *CONTACT_AND_NEEDS)


def replies_query(event_id: int, answer: Answer | None = None) -> Select[Invitee, Reply]:
    """Who answered, newest first."""
    query = (
        select(Invitee, Reply)
        .join(Reply, Reply.invitee_id == Invitee.id)
        .where(Invitee.event_id == event_id)
        .order_by(Reply.entered_at.desc(), Invitee.number)
    )
    return query if answer is None else query.where(Reply.answer == answer)


def export(request: Request, event: Event) -> Response:
    """Everybody who said yes, with needs and categories. Who said no is nobody's concern any more."""
    translate, fmt = request.localizer.translate, request.fmt
    criteria = criteria_of(request.db, event.id)
    texts = CriteriaTexts(request, criteria)
    told = _categories(request.db, criteria, texts, Reply.event_id == event.id)
    header = [translate(column) for column in COLUMNS] + [texts.title(criterion).value for criterion in criteria]
    dates = dates_of(request.db, event.id)
    found = request.db.execute(replies_query(event.id, Answer.YES)).all()

    def rows() -> Iterator[list[Any]]:
        for invitee, reply in found:
            yield [
                invitee.number,
                name_of(invitee),
                translate(ANSWERS[reply.answer][1]),
                f"{translate(CHANNELS[reply.channel])}, {fmt.datetime(reply.entered_at)}",
                *_contact_and_needs(request, reply, dates),
                *(told[invitee.id].get(criterion.id) for criterion in criteria),
            ]

    return csv_response(f"antworten-{event.slug}.csv", header, rows())


def known_about(request: Request, invitee: Invitee, reply: Reply | None) -> list[tuple[Any, Any]]:
    """Everything that is kept about an invited person (Art. 15 GDPR): what it is, and the value."""
    criteria = criteria_of(request.db, invitee.event_id)
    texts = CriteriaTexts(request, criteria)
    told = _categories(request.db, criteria, texts, Invitee.id == invitee.id)[invitee.id]
    place = " ".join(part for part in (invitee.postal_code, invitee.city) if part)
    found: list[tuple[Any, Any]] = [(_("Address"), ", ".join(part for part in (invitee.street, place) if part))]
    if reply is not None:
        dates = dates_of(request.db, invitee.event_id)
        found += zip(CONTACT_AND_NEEDS, _contact_and_needs(request, reply, dates), strict=True)
    found += [(texts.title(criterion).value, told.get(criterion.id)) for criterion in criteria]
    return [(title, value) for title, value in found if value]


def _contact_and_needs(request: Request, reply: Reply, dates: Sequence[EventDate]) -> tuple[Any, ...]:
    return (reply.email, reply.phone, *needs_in(request, reply, dates))


def _categories(
    session: Session, criteria: list[Criterion], texts: CriteriaTexts, of_whom: ColumnElement[bool]
) -> dict[int, dict[int, str]]:
    """The titles of the categories of those `of_whom` is true, by person and criterion; two queries."""
    titles = {category.id: texts.category(category).value for each in criteria for category in each.categories}
    told: dict[int, dict[int, str]] = defaultdict(dict)
    for model in (InviteeCategory, ReplyCategory):
        query = (
            select(model.invitee_id, model.criterion_id, model.category_id)
            .join(Invitee, Invitee.id == model.invitee_id)
            .outerjoin(Reply, Reply.invitee_id == Invitee.id)
            .where(of_whom)
        )
        for invitee_id, criterion_id, category_id in session.execute(query):
            told[invitee_id][criterion_id] = titles[category_id]
    return told
