"""The admin's page of jobs that were given up."""

from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.jobs.models import Job, JobState
from fdplattform.jobs.services import enqueue
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.html import soup

PAGE = "/verwaltung/auftraege"


def fail(session: Session, app: Router, number: int) -> list[int]:
    """As many jobs that were given up. Returns their ids."""
    ids = [enqueue(session, "mail:send", {"to": f"geheim{each}@example.org"}) for each in range(number)]
    for job in session.query(Job):
        job.state, job.finished_at, job.attempts = JobState.FAILED, app.registry.clock(), 80
        job.last_error = "Traceback …\nConnectionRefusedError: <no server>"
    session.commit()
    return ids


def states(session: Session) -> list[tuple[JobState, int]]:
    session.expire_all()
    return [(job.state, job.attempts) for job in session.query(Job).order_by(Job.id)]


def again(client: Client, job: str) -> Any:
    """Press the button of `job`. Returns the page that follows."""
    forms = client.get(PAGE).forms.values()
    chosen = next(form for form in forms if "job" in form.fields and form["job"]._value == job)
    return chosen.submit("job").follow()


@pytest.fixture
def admin(client: Client, make: Make) -> Client:
    client.login(make.account(Role.ADMIN))
    return client


def test_nothing_failed_is_said(admin: Client) -> None:
    assert "Nichts ist fehlgeschlagen" in admin.get(f"{PAGE}?lang=de").text


def test_the_reason_is_shown_and_the_mail_is_not(admin: Client, session: Session, app: Router) -> None:
    fail(session, app, 1)
    page = admin.get(PAGE)
    assert "ConnectionRefusedError: <no server>" in soup(page).get_text()
    assert "Traceback" not in page.text
    assert "geheim" not in page.text


def test_one_job_runs_again(admin: Client, session: Session, app: Router) -> None:
    _first, second = fail(session, app, 2)
    again(admin, str(second))
    assert states(session) == [(JobState.FAILED, 80), (JobState.QUEUED, 0)]


def test_all_run_again(admin: Client, session: Session, app: Router) -> None:
    fail(session, app, 3)
    page = again(admin, "all")
    assert states(session) == [(JobState.QUEUED, 0)] * 3
    assert soup(page).find(class_="empty")


@pytest.mark.parametrize("job", ["", "0", "12345678901234567890", "٣", "x", "1"])
def test_what_has_not_failed_does_not_run_again(admin: Client, session: Session, job: str) -> None:
    waiting = enqueue(session, "mail:send", {})
    session.commit()
    token = soup(admin.get("/verwaltung/konto")).find("input", {"name": "csrf_token"})["value"]
    wanted = str(waiting) if job == "1" else job
    admin.post(PAGE, {"csrf_token": token, "job": wanted}, status=404)


@pytest.mark.parametrize("role", [None, Role.PROGRAMME_OFFICE])
def test_others_may_not(client: Client, make: Make, role: Role | None) -> None:
    client.login(make.account(role))
    client.get(PAGE, status=403)
