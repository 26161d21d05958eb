"""A town at once: 200 people for the last 10 places, against two real server processes."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.settings import Settings
from fdplattform.testing.factories import Make
from fdplattform.testing.registration import registrations
from fdplattform.testing.server import running_servers
from fdplattform.testing.visitors import Visitor, open_form
from fdplattform.tools.registration.models import Registration, Status

PEOPLE = 200
SEATS = 10


def send_all(visitors: Sequence[Visitor]) -> list[tuple[int, str]]:
    """All of them at the same moment."""
    start = Barrier(len(visitors))
    with ThreadPoolExecutor(len(visitors)) as pool:
        return list(pool.map(lambda visitor: visitor.send(start), visitors))


@pytest.fixture(scope="module")
def servers(settings: Settings, migrated_app: Router) -> Iterator[list[str]]:
    """Two server processes on the database of the tests."""
    with running_servers(settings, 2) as addresses:
        yield addresses


def in_order(found: list[Registration]) -> None:
    """What must be true of every queue: numbers without gaps, and nobody who came later sits before who waits."""
    assert [item.number for item in found] == list(range(1, len(found) + 1))
    waiting = [item.number for item in found if item.status is Status.WAITING]
    confirmed = [item.number for item in found if item.status is Status.CONFIRMED]
    assert not waiting or max(confirmed) < min(waiting)


def test_200_people_for_the_last_10_places(servers: list[str], make: Make, session: Session) -> None:
    path = f"{make.path(make.event(state='open', capacity=SEATS))}/anmelden"
    visitors = [open_form(servers[number % 2], path, name=f"Mensch {number}") for number in range(PEOPLE)]
    answers = send_all(visitors)
    assert {status for status, _location in answers} == {303}
    assert len({location for _status, location in answers}) == PEOPLE
    found = registrations(session)
    assert len(found) == PEOPLE
    assert sum(item.status is Status.CONFIRMED for item in found) == SEATS
    in_order(found)


def test_groups_at_once_stay_whole(servers: list[str], make: Make, session: Session) -> None:
    path = f"{make.path(make.event(state='open', capacity=SEATS))}/anmelden"
    sizes = [1 + number % 4 for number in range(60)]
    visitors = [
        open_form(servers[number % 2], path, name=f"Gruppe {number}", people=str(size))
        for number, size in enumerate(sizes)
    ]
    assert {status for status, _location in send_all(visitors)} == {303}
    found = registrations(session)
    seated = sum(item.people for item in found if item.status is Status.CONFIRMED)
    first_waiting = next(item for item in found if item.status is Status.WAITING)
    assert seated <= SEATS < seated + first_waiting.people
    assert sorted(item.people for item in found) == sorted(sizes)
    in_order(found)


def test_one_form_sent_many_times_at_once(servers: list[str], make: Make, session: Session) -> None:
    path = f"{make.path(make.event(state='open', capacity=SEATS))}/anmelden"
    first = open_form(servers[0], path, name="Ungeduldig")
    clicks = [Visitor(servers[number % 2], path, first.cookies, first.fields) for number in range(12)]
    answers = send_all(clicks)
    assert {status for status, _location in answers} == {303}
    assert len({location for _status, location in answers}) == 1
    assert len(registrations(session)) == 1
