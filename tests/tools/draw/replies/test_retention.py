"""What people told is deleted in time; that they answered stays a number."""

from datetime import timedelta

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.events.models import Event, EventDate
from fdplattform.jobs.registry import JobContext
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import add_invited
from fdplattform.tools.draw.criteria.models import Category, Plan
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply, ReplyCategory
from fdplattform.workflow import CANCELLED


@pytest.fixture
def people(session: Session, event: Event, education: dict[str, Category], clock: Clock) -> dict[str, Invitee]:
    """Somebody who said yes, somebody who said no, and somebody who said nothing."""
    found = dict(zip(("yes", "no", "silent"), add_invited(session, event, 3), strict=True))
    for name in ("yes", "no"):
        session.add(
            Reply(
                invitee_id=found[name].id,
                event_id=event.id,
                answer=Answer(name),
                channel=Channel.ONLINE,
                token="geheim",
                phone="0711",
                access_needs="Rampe",
                children=2,
                dates=[1],
                entered_at=clock(),
            )
        )
    session.flush()
    told = education["mit Abitur"]
    session.add(ReplyCategory(invitee_id=found["yes"].id, criterion_id=told.criterion_id, category_id=told.id))
    session.commit()
    return found


def night(app: Router, session: Session, clock: Clock) -> None:
    """The nightly jobs of the register and of the replies, in either order."""
    context = JobContext(registry=app.registry, now=clock(), key="test")
    for name in ("register:shred", "replies:shred", "register:shred"):
        app.registry.jobs.periodic[name].handler(context)
    session.rollback()
    session.expire_all()


def known(session: Session, people: dict[str, Invitee]) -> set[str]:
    return {name for name, person in people.items() if session.get_one(Invitee, person.id).shredded_at is None}


def test_who_did_not_say_yes_is_forgotten_four_weeks_after_the_draw(
    app: Router, session: Session, event: Event, people: dict[str, Invitee], clock: Clock
) -> None:
    for date in session.query(EventDate).filter_by(event_id=event.id):
        date.starts_at += timedelta(days=100)
        date.ends_at += timedelta(days=100)
    session.get_one(Plan, event.id).drawn_at = clock()
    session.commit()
    clock.advance(days=27)
    night(app, session, clock)
    assert known(session, people) == {"yes", "no", "silent"}
    clock.advance(days=1)
    night(app, session, clock)
    assert known(session, people) == {"yes"}
    reply = session.get_one(Reply, people["yes"].id)
    assert (reply.phone, reply.access_needs) == ("0711", "Rampe")
    assert session.query(ReplyCategory).count() == 1


def test_everybody_is_forgotten_when_the_event_is_over(
    app: Router, session: Session, event: Event, people: dict[str, Invitee], clock: Clock
) -> None:
    last = max(date.ends_at for date in session.query(EventDate).filter_by(event_id=event.id))
    clock.set(last - timedelta(hours=1))
    night(app, session, clock)
    assert known(session, people) == {"yes", "no", "silent"}
    clock.advance(hours=2)
    night(app, session, clock)
    assert known(session, people) == set()
    for name in ("yes", "no"):
        reply = session.get_one(Reply, people[name].id)
        assert reply.answer == name
        assert (reply.token, reply.phone, reply.access_needs, reply.children, reply.dates) == (None, None, None, 0, [])
        assert reply.shredded_at is not None
    assert session.query(ReplyCategory).count() == 0


def test_answers_do_not_wait_for_the_register(
    app: Router, session: Session, event: Event, people: dict[str, Invitee], clock: Clock
) -> None:
    """The nightly jobs run in any order: when the event is over, what was told goes the same night."""
    last = max(date.ends_at for date in session.query(EventDate).filter_by(event_id=event.id))
    clock.set(last + timedelta(hours=1))
    app.registry.jobs.periodic["replies:shred"].handler(JobContext(registry=app.registry, now=clock(), key="test"))
    session.rollback()
    assert session.query(Reply).filter(Reply.shredded_at.is_(None)).count() == 0
    assert session.query(ReplyCategory).count() == 0


def test_a_cancelled_event_needs_nobody(
    app: Router, session: Session, event: Event, people: dict[str, Invitee], clock: Clock
) -> None:
    cancelled = session.get_one(Event, event.id)
    cancelled.state, cancelled.entered_at = CANCELLED, clock()
    session.commit()
    clock.advance(weeks=4, hours=1)
    night(app, session, clock)
    assert known(session, people) == set()
    assert session.query(ReplyCategory).count() == 0
