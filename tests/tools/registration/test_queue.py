"""The queue's rules, whatever people do in whatever order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.errors import Conflict
from fdplattform.journal.services import RESIDENT
from fdplattform.testing.clock import morning
from fdplattform.testing.factories import Make
from fdplattform.tools.registration.models import Registration, Source, Status
from fdplattform.tools.registration.queue import lock_date, promote_waiting, seats_of
from fdplattform.tools.registration.services import (
    Entry,
    cancel,
    change,
    entry_of,
    fill_seats,
    register,
)
from fdplattform.tools.registration.staff import promote

GROUP = st.integers(1, 3)
PICK = st.integers(0, 9)


class Queue(RuleBasedStateMachine):
    """People register, change, cancel; staff enlarge the room, let people in and promote early."""

    session: Session
    date_id: int

    @initialize(capacity=st.integers(1, 5))
    def empty_room(self, capacity: int) -> None:
        self.session.rollback()
        self.now = morning()
        date = lock_date(self.session, self.date_id).date
        date.capacity = capacity
        date.starts_at = self.now + timedelta(days=3)
        date.ends_at = date.starts_at + timedelta(hours=3)
        self.session.flush()
        self.begun = False
        #: What the deliberate exceptions and a smaller room have added to the capacity.
        self.allowed = capacity
        #: Who was given a place before the turn.
        self.early: set[int] = set()
        self.group_size: dict[int, int] = {}

    def all(self) -> list[Registration]:
        query = select(Registration).where(Registration.event_date_id == self.date_id).order_by(Registration.number)
        return list(self.session.scalars(query))

    def confirmed(self) -> int:
        return sum(item.people for item in self.all() if item.status is Status.CONFIRMED)

    def pick(self, number: int) -> Registration | None:
        found = [item for item in self.all() if item.active]
        return found[number % len(found)] if found else None

    def moment(self) -> None:
        self.now += timedelta(seconds=1)

    @rule(people=GROUP, source=st.sampled_from([Source.ONLINE, Source.PAPER, Source.TELEPHONE]))
    def enter(self, people: int, source: Source) -> None:
        self.moment()
        try:
            made = register(
                self.session, self.date_id, Entry(name="A", people=people), source=source, actor=RESIDENT, now=self.now
            )
        except Conflict:
            assert self.begun
            assert source is Source.ONLINE
            return
        self.group_size[made.id] = people

    @rule(people=GROUP, let_in=st.booleans())
    def stand_at_the_door(self, people: int, let_in: bool) -> None:
        self.moment()
        made = register(
            self.session,
            self.date_id,
            Entry(name="A", people=people),
            source=Source.WALK_IN,
            actor=RESIDENT,
            now=self.now,
            let_in=let_in,
        )
        self.group_size[made.id] = people
        if let_in:
            assert made.status is Status.CONFIRMED
            self.early.add(made.id)
            self.allowed = max(self.allowed, self.confirmed())

    @rule(which=PICK, people=GROUP)
    def resize(self, which: int, people: int) -> None:
        self.moment()
        found = self.pick(which)
        if found is None:
            return
        # Whom a larger group would keep waiting longer: who stands behind it, or anybody once it has its seats.
        waits = [item for item in self.all() if item.status is Status.WAITING]
        kept = [item for item in waits if found.status is Status.CONFIRMED or item.number > found.number]
        before = found.people
        try:
            change(self.session, found, Entry(name="A", people=people), actor=RESIDENT, now=self.now, by_staff=True)
        except Conflict:
            assert people > before
            assert entry_of(found).people == before
            return
        assert people <= before or not kept
        self.group_size[found.id] = people

    @rule(which=PICK)
    def leave(self, which: int) -> None:
        self.moment()
        found = self.pick(which)
        if found is not None:
            cancel(self.session, found, actor=RESIDENT, now=self.now, by_staff=True)

    @rule(which=PICK, let_in=st.booleans())
    def favour(self, which: int, let_in: bool) -> None:
        self.moment()
        found = self.pick(which)
        if found is None or found.status is not Status.WAITING:
            return
        fits = seats_of(lock_date(self.session, self.date_id)).has(found.people)
        try:
            promote(self.session, found, reason="Mayor", actor=RESIDENT, now=self.now, let_in=let_in)
        except Conflict:
            assert not fits
            assert not let_in
            return
        self.early.add(found.id)
        self.allowed = max(self.allowed, self.confirmed())

    @rule(capacity=st.integers(1, 8))
    def change_room(self, capacity: int) -> None:
        self.moment()
        lock_date(self.session, self.date_id).date.capacity = capacity
        self.session.flush()
        # Nobody is sent away when the room gets smaller.
        self.allowed = max(capacity, self.confirmed())
        fill_seats(lock_date(self.session, self.date_id), self.now)

    @precondition(lambda self: len(self.group_size) > 9)
    @rule()
    def begin(self) -> None:
        self.moment()
        date = lock_date(self.session, self.date_id).date
        date.starts_at, self.begun = self.now - timedelta(minutes=1), True
        self.session.flush()

    @invariant()
    def never_overbooked(self) -> None:
        assert self.confirmed() <= self.allowed

    @invariant()
    def groups_stay_whole(self) -> None:
        assert {item.id: item.people for item in self.all()} == self.group_size

    @invariant()
    def numbers_are_the_order_of_entry(self) -> None:
        entered = [item.entered_at for item in self.all()]
        assert entered == sorted(entered)
        assert [item.number for item in self.all()] == list(range(1, len(entered) + 1))

    @invariant()
    def nobody_waits_beside_a_free_seat(self) -> None:
        if self.begun:
            return
        first = next((item for item in self.all() if item.status is Status.WAITING), None)
        seats = seats_of(lock_date(self.session, self.date_id))
        assert first is None or not seats.has(first.people)

    @invariant()
    def nobody_overtakes(self) -> None:
        """Whoever was confirmed after somebody else began to wait, and still waits, was favoured by name."""
        if self.begun:
            return
        for waiting in (item for item in self.all() if item.status is Status.WAITING):
            later = [item for item in self.all() if item.number > waiting.number and item.status is Status.CONFIRMED]
            assert {item.id for item in later} <= self.early


def test_queue_keeps_its_rules(make: Make, session: Session) -> None:
    event = make.event()
    (date,) = event.dates

    def machine() -> Queue:
        found = Queue()
        found.session, found.date_id = session, date.id
        return found

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    session.rollback()


def test_a_smaller_group_gives_its_seats_to_who_waits(make: Make, session: Session) -> None:
    date = make.event(capacity=3).dates[0]
    now = morning()
    first = register(session, date.id, Entry(name="A", people=3), source=Source.ONLINE, actor=RESIDENT, now=now)
    second = register(session, date.id, Entry(name="B"), source=Source.ONLINE, actor=RESIDENT, now=now)
    change(session, first, Entry(name="A", people=2), actor=RESIDENT, now=now)
    assert second.status is Status.CONFIRMED
    assert second.promoted_at == now


def test_promotion_stops_at_a_group_that_does_not_fit(make: Make, session: Session) -> None:
    date = make.event(capacity=2).dates[0]
    now = morning()

    def enter(people: int) -> Registration:
        entry = Entry(name="A", people=people)
        return register(session, date.id, entry, source=Source.ONLINE, actor=RESIDENT, now=now)

    one, family, single = enter(2), enter(4), enter(1)
    cancel(session, one, actor=RESIDENT, now=now)
    assert [family.status, single.status] == [Status.WAITING, Status.WAITING]
    assert promote_waiting(lock_date(session, date.id), now) == []


@pytest.mark.parametrize("minutes", [0, 5])
def test_nobody_is_promoted_after_the_start(make: Make, session: Session, minutes: int) -> None:
    date = make.event(capacity=1).dates[0]
    now = morning()
    entry = Entry(name="A")
    first = register(session, date.id, entry, source=Source.ONLINE, actor=RESIDENT, now=now)
    second = register(session, date.id, entry, source=Source.ONLINE, actor=RESIDENT, now=now)
    late = date.starts_at + timedelta(minutes=minutes)
    cancel(session, first, actor=RESIDENT, now=late, by_staff=True)
    assert second.status is Status.WAITING
