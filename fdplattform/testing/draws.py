"""What a draw needs, made at once: criteria with quotas, people who were invited, people who answered yes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import cycle
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.jobs.worker import Worker
from fdplattform.journal.services import SYSTEM
from fdplattform.tools.codes import REPLY, codes_of
from fdplattform.tools.draw.criteria.models import Category, Criterion, Kind, Source
from fdplattform.tools.draw.criteria.services import criteria_of, locked_plan
from fdplattform.tools.draw.engine.result import Method
from fdplattform.tools.draw.panel import members, runs
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.members import Person
from fdplattform.tools.draw.panel.models import Origin
from fdplattform.tools.draw.panel.seats import enter_number
from fdplattform.tools.draw.register.models import Invitee, InviteeCategory
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply
from fdplattform.tools.letters.models import LetterRun, RunState

Quotas = Mapping[str, Mapping[str, tuple[int | None, int | None]]]

#: Six seats, mixed by two criteria.
QUOTAS: Quotas = {"Alter": {"jung": (2, 3), "alt": (3, 4)}, "Geschlecht": {"w": (3, 3), "m": (3, 3)}}


def set_criteria(session: Session, event: Event, quotas: Quotas = QUOTAS, *, seats: int = 6, **plan: Any) -> None:
    """Give the event a plan and criteria: title → category → (least, most)."""
    found = locked_plan(session, event.id)
    for name, value in {"seats": seats, **plan}.items():
        setattr(found, name, value)
    for position, (title, categories) in enumerate(quotas.items(), start=1):
        criterion = Criterion(
            event_id=event.id,
            position=position,
            language="de",
            title=title,
            source=Source.REGISTER,
            kind=Kind.CATEGORY,
            categories=[
                Category(position=place, title=name, least=least, most=most)
                for place, (name, (least, most)) in enumerate(categories.items(), start=1)
            ],
        )
        session.add(criterion)
    session.commit()


def add_willing(
    session: Session,
    event: Event,
    number: int,
    combinations: Sequence[Sequence[str | None]] = (("jung", "w"), ("alt", "m"), ("alt", "w"), ("jung", "m")),
    *,
    household_of: int = 1,
) -> list[int]:
    """`number` people who said yes, in turn with these titles of categories, so many in each household. Returns ids.

    They are called „Vorname 1 Nachname 1“ and so on, and live in „Gasse 1“ and so on.
    """
    categories = {
        category.title: category for criterion in criteria_of(session, event.id) for category in criterion.categories
    }
    ids = []
    turns = cycle(combinations)
    for place in range(1, number + 1):
        invitee = Invitee(
            event_id=event.id,
            number=place,
            given_name=f"Vorname {place}",
            family_name=f"Nachname {place}",
            street=f"Gasse {place}",
            postal_code="70001",
            city="Musterstadt",
            household=f"h{(place - 1) // household_of}",
            code_seed=f"{place:032d}",
            sampled_at=event.entered_at,
        )
        session.add(invitee)
        session.flush()
        session.add_all(
            InviteeCategory(
                invitee_id=invitee.id, criterion_id=categories[title].criterion_id, category_id=categories[title].id
            )
            for title in next(turns)
            if title is not None
        )
        session.add(
            Reply(
                invitee_id=invitee.id,
                event_id=event.id,
                answer=Answer.YES,
                channel=Channel.CARD,
                email=f"person{place}@example.org",
                phone=f"0711 {place}",
                language="de",
                dates=[],
                entered_at=event.entered_at,
            )
        )
        ids.append(invitee.id)
    session.commit()
    return ids


def work(registry: Registry, session: Session) -> None:
    """Let the worker do what is due in the long lane."""
    session.commit()
    worker = Worker(registry, clock=registry.clock)
    while worker.work_once("long"):
        pass
    session.expire_all()


def add_invited(session: Session, event: Event, number: int, **columns: Any) -> list[Invitee]:
    """`number` people to whom a letter goes, with codes that work; `columns` are the same for all."""
    codes = codes_of(session, REPLY)
    taken = session.scalar(select(func.max(Invitee.number)).where(Invitee.event_id == event.id)) or 0
    invited = []
    for place in range(taken + 1, taken + number + 1):
        code = codes.new()
        given = {
            "given_name": f"Vorname {place}",
            "family_name": f"Nachname {place}",
            "street": f"Gasse {place}",
            "postal_code": f"{70000 + place % 7}",
            "city": "Musterstadt",
        }
        invited.append(
            Invitee(
                **given | columns,
                event_id=event.id,
                number=place,
                code_seed=code.seed,
                code_hash=code.hash,
                sampled_at=event.entered_at,
            )
        )
    session.add_all(invited)
    session.commit()
    return invited


def code_of(session: Session, invitee: Invitee) -> str:
    """The code in the person's letter."""
    return codes_of(session, REPLY).text(invitee.code_seed)


def draw_panel(registry: Registry, session: Session, event: Event, number: int = 1) -> None:
    """Draw the event's panel as the coordinator does: compute, accept, enter the number."""
    doing = Doing(event=event, actor=SYSTEM, now=registry.clock())
    run = runs.start(session, Method.LEXIMIN, 60, doing)
    work(registry, session)
    runs.accept(session, run, doing)
    enter_number(session, run, number, "Zwei Mitglieder des Gemeinderats", doing)
    session.commit()


def enter_members(registry: Registry, session: Session, event: Event, number: int) -> None:
    """Enter a panel that was drawn elsewhere: „Mitglied 1“ and so on."""
    doing = Doing(event=event, actor=SYSTEM, now=registry.clock())
    for each in range(1, number + 1):
        person = Person(name=f"Mitglied {each}", email=f"geheim{each}@example.org")
        members.enter(session, Origin.BY_HAND, person, doing)
    session.commit()


def count_members(registry: Registry, session: Session, event: Event, people: int) -> None:
    """Say of each category that so many members of a panel that was drawn elsewhere belong to it."""
    categories = [c.id for criterion in criteria_of(session, event.id) for c in criterion.categories]
    doing = Doing(event=event, actor=SYSTEM, now=registry.clock())
    members.count(session, dict.fromkeys(categories, people), doing)
    session.commit()


def post_letters(session: Session, event: Event, number: int, now: datetime, kind: str = "invitation") -> None:
    """Note that so many letters of a kind were taken to the post."""
    session.add(
        LetterRun(
            event_id=event.id,
            kind=kind,
            state=RunState.DONE,
            total=number,
            done=number,
            problems=[],
            created_at=now,
            finished_at=now,
            posted_on=now.date(),
        )
    )
    session.commit()
