"""From whom a panel is drawn."""

from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.testing.draws import add_invited
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries
from fdplattform.tools.draw.criteria.models import Category
from fdplattform.tools.draw.register.models import Invitee, InviteeCategory
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply, ReplyCategory
from fdplattform.tools.draw.replies.services import willing


def say(session: Session, invitee: Invitee, answer: Answer = Answer.YES) -> None:
    session.add(
        Reply(
            invitee_id=invitee.id,
            event_id=invitee.event_id,
            answer=answer,
            channel=Channel.CARD,
            entered_at=invitee.sampled_at,
        )
    )
    session.commit()


def test_register_and_reply_are_joined(session: Session, event: Event, education: dict[str, Category]) -> None:
    young = session.query(Category).filter_by(title="jung").one()
    both, nothing, no, silent = add_invited(session, event, 4, household="h1")
    say(session, both)
    say(session, nothing)
    say(session, no, Answer.NO)
    told = education["mit Abitur"]
    session.add(InviteeCategory(invitee_id=both.id, criterion_id=young.criterion_id, category_id=young.id))
    session.add(InviteeCategory(invitee_id=silent.id, criterion_id=young.criterion_id, category_id=young.id))
    session.add(ReplyCategory(invitee_id=both.id, criterion_id=told.criterion_id, category_id=told.id))
    session.commit()
    found = willing(session, event.id)
    assert [(person.invitee_id, person.number, person.household) for person in found] == [
        (both.id, 1, "h1"),
        (nothing.id, 2, "h1"),
    ]
    assert found[0].categories == {young.criterion_id: young.id, told.criterion_id: told.id}
    assert found[1].categories == {}


def test_other_events_are_not_mixed_in(session: Session, event: Event, make: Make) -> None:
    elsewhere = add_invited(session, make.event(state="open"), 1)[0]
    say(session, elsewhere)
    assert willing(session, event.id) == []


def test_three_queries_whatever_their_number(app: Router, session: Session, event: Event) -> None:
    for person in add_invited(session, event, 5):
        say(session, person)
    with queries(app.registry.engine) as asked:
        assert len(willing(session, event.id)) == 5
    assert len(asked) == 3
