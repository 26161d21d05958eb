"""A draw for the demo: made-up people who were invited, answered and, if wanted, were drawn."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.events.sample import COORDINATION
from fdplattform.tools.codes import REPLY, codes_of
from fdplattform.tools.draw.criteria.models import Category, Criterion, Kind, Source
from fdplattform.tools.draw.criteria.services import locked_plan
from fdplattform.tools.draw.engine.record import make_record
from fdplattform.tools.draw.engine.result import Method
from fdplattform.tools.draw.panel.fairness import figures
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.models import Run, RunState
from fdplattform.tools.draw.panel.runs import PANELS, accept, basis_of, source_of, text_of
from fdplattform.tools.draw.panel.seats import enter_number
from fdplattform.tools.draw.register.models import Invitee, InviteeCategory
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply, ReplyCategory

_GIVEN = "Amal Anton Asli Bernd Carla Cem Dilan Dora Elif Emil Fatima Frieda Georg Hanna Ivo Jana Karim Lena Mehmet"
_FAMILY = "Abel Baum Çelik Dorn Ernst Fuchs Gül Haas Imhof Jung Keller Lang Maier Nowak Otto Petrov Quast Roth Saleh"
_STREETS = ("Gartenstraße", "Am Markt", "Schulweg", "Bachgasse", "Lindenallee")


def fill(session: Session, event: Event, _now: datetime, values: Mapping[str, Any]) -> None:
    """`criteria`: pairs of a title and {category: (share of people, least, most)}; a title that begins with `?` is
    asked in the reply. `seats`, `invited`, `replies`, `willing`: numbers of people. `invited_at`, and where the panel
    is drawn `drawn_at`, `number` and `witnesses`."""
    plan = locked_plan(session, event.id)
    invited_at = values["invited_at"]
    plan.seats, plan.letters, plan.sampled_at = values["seats"], values["invited"], invited_at
    plan.reply_until = (invited_at + timedelta(weeks=3)).date()
    criteria = [_criterion(event, place, *each) for place, each in enumerate(values["criteria"], start=1)]
    session.add_all(criteria)
    session.flush()
    people = _People(session, event, criteria, [each[1] for each in values["criteria"]], invited_at)
    for number in range(1, values["invited"] + 1):
        people.add(number, Answer.YES if number <= values["willing"] else _answer(number, values["replies"]))
    session.flush()
    if values.get("drawn_at"):
        _draw(session, event, values)


def _answer(number: int, replies: int) -> Answer | None:
    return Answer.NO if number <= replies else None


def _criterion(event: Event, place: int, title: str, categories: Mapping[str, tuple[float, int, int]]) -> Criterion:
    return Criterion(
        event_id=event.id,
        position=place,
        language=event.language,
        title=title.lstrip("?"),
        source=Source.REPLY if title.startswith("?") else Source.REGISTER,
        kind=Kind.CATEGORY,
        categories=[
            Category(position=number, title=name, share=share, least=least, most=most)
            for number, (name, (share, least, most)) in enumerate(categories.items(), start=1)
        ],
    )


class _People:
    """Makes people up; the same ones every time."""

    def __init__(
        self, session: Session, event: Event, criteria: list[Criterion], shares: list[Mapping[str, Any]], at: datetime
    ) -> None:
        self.session, self.event, self.criteria, self.shares, self.at = session, event, criteria, shares, at
        self.random = Random(1)  # noqa: S311 - made-up people

    def add(self, number: int, answer: Answer | None) -> None:
        code = codes_of(self.session, REPLY).new()
        given, family = self.random.choice(_GIVEN.split()), self.random.choice(_FAMILY.split())
        invitee = Invitee(
            event_id=self.event.id,
            number=number,
            given_name=given,
            family_name=family,
            street=f"{self.random.choice(_STREETS)} {self.random.randint(1, 80)}",
            postal_code="70999",
            city="Musterstadt",
            household=f"demo {number // 2 if number % 5 == 0 else number}",
            code_seed=code.seed,
            code_hash=code.hash,
            sampled_at=self.at,
        )
        self.session.add(invitee)
        self.session.flush()
        if answer is not None:
            self.session.add(self._reply(invitee, answer))
            self.session.flush()
        for criterion, shares in zip(self.criteria, self.shares, strict=True):
            weights = [share for share, _least, _most in shares.values()]
            category = self.random.choices(criterion.categories, weights)[0]
            known = InviteeCategory if criterion.source is Source.REGISTER else ReplyCategory
            if known is InviteeCategory or answer is Answer.YES:
                self.session.add(known(invitee_id=invitee.id, criterion_id=criterion.id, category_id=category.id))

    def _reply(self, invitee: Invitee, answer: Answer) -> Reply:
        yes = answer is Answer.YES
        return Reply(
            invitee_id=invitee.id,
            event_id=self.event.id,
            answer=answer,
            channel=Channel.ONLINE if invitee.number % 3 else Channel.CARD,
            email=f"person{invitee.number}@example.org" if yes and invitee.number % 2 else None,
            phone=f"0711 555 {invitee.number:03d}" if yes else None,
            language=self.event.language,
            dates=[],
            consented_at=self.at if yes else None,
            entered_at=self.at + timedelta(days=2 + invitee.number % 15),
        )


def _draw(session: Session, event: Event, values: Mapping[str, Any]) -> None:
    # With the solver, which only a draw needs.
    from fdplattform.tools.draw.engine.lottery import draw

    source, drawn_at = source_of(session, event.id), values["drawn_at"]
    lottery = draw(source.pool, locked_plan(session, event.id).drawn_seats, seed=1, panels=PANELS)
    record = make_record(lottery)
    run = Run(
        event_id=event.id,
        active_key=event.id,
        state=RunState.OFFERED,
        method=Method.LEXIMIN.value,
        outcome=lottery.outcome.value,
        size=lottery.size,
        panels=PANELS,
        time_limit=600,
        seed="1",
        basis=basis_of(source),
        progress=100,
        fairness=figures(lottery, record),
        sealed=text_of(record),
        started_at=drawn_at - timedelta(hours=3),
        finished_at=drawn_at - timedelta(hours=3),
    )
    session.add(run)
    session.flush()
    accept(session, run, Doing(event=event, actor=COORDINATION, now=drawn_at - timedelta(hours=2)))
    doing = Doing(event=event, actor=COORDINATION, now=drawn_at)
    enter_number(session, run, values["number"], values["witnesses"], doing)
    session.flush()
