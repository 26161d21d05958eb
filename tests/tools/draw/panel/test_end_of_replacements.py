"""When nobody is replaced any more, what was kept for the draw goes at once."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_willing, set_criteria
from fdplattform.testing.factories import Make
from fdplattform.tools.draw.criteria.models import Category
from fdplattform.tools.draw.panel.models import Member, Run
from fdplattform.tools.draw.register.models import InviteeCategory
from fdplattform.tools.draw.replies.models import Reply, ReplyCategory


def test_everybodys_categories_are_deleted_with_the_sealed_record(
    drawn: Run, staff: Client, path: str, session: Session, people: list[int]
) -> None:
    told = session.query(Category).first()
    assert told is not None
    session.add(ReplyCategory(invitee_id=people[0], criterion_id=told.criterion_id, category_id=told.id))
    session.commit()
    staff.get(f"{path}/auslosung/nachruecken-beenden").forms["confirm"].submit(status=303)
    session.expire_all()
    assert session.query(ReplyCategory).count() == 0
    assert session.query(InviteeCategory).count() == 0
    assert session.query(Reply).filter(Reply.shredded_at.is_(None)).count() == len(people)


def test_the_needs_of_those_who_do_not_sit_are_deleted(drawn: Run, staff: Client, path: str, session: Session) -> None:
    session.execute(update(Reply).values(interpreter="ti", children=2, access_needs="Rampe", dates=[1]))
    session.commit()
    staff.get(f"{path}/auslosung/nachruecken-beenden").forms["confirm"].submit(status=303)
    session.expire_all()
    sit = set(session.scalars(select(Member.invitee_id)))
    known = {reply.invitee_id for reply in session.query(Reply) if reply.interpreter and reply.access_needs}
    assert known == sit
    left = session.scalars(select(Reply).where(Reply.invitee_id.not_in(sit))).all()
    assert len(left) == 18
    assert not any(each.interpreter or each.children or each.access_needs or each.dates for each in left)


def test_a_page_says_nothing_of_groups_nobody_knows_any_more(drawn: Run, staff: Client, path: str) -> None:
    assert "Geschlecht" in staff.get(f"{path}/antworten/").text
    staff.get(f"{path}/auslosung/nachruecken-beenden").forms["confirm"].submit(status=303)
    assert "Geschlecht" not in staff.get(f"{path}/antworten/").text


def test_other_events_keep_theirs(drawn: Run, make: Make, staff: Client, path: str, session: Session) -> None:
    other = make.event(state="open")
    set_criteria(session, other)
    theirs = add_willing(session, other, 4)
    staff.get(f"{path}/auslosung/nachruecken-beenden").forms["confirm"].submit(status=303)
    session.expire_all()
    assert set(session.scalars(select(InviteeCategory.invitee_id))) == set(theirs)
