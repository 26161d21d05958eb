"""What a resident was told is true, whatever dies afterwards."""

import asyncio
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from http.client import HTTPException
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession
from sqlalchemy.orm import Session

from fdplattform.jobs.models import Job, JobState
from fdplattform.settings import Settings
from fdplattform.testing.factories import Make
from fdplattform.testing.platform import PATIENCE, Platform, eventually, free_port
from fdplattform.testing.registration import registrations
from fdplattform.testing.server import address_of, server_process
from fdplattform.testing.visitors import open_form

#: As many are told that they are registered before the server dies, at least.
ENOUGH = 8


class Sink:
    """A mail server. What it got it keeps, and answers only while `open` is set."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mail: list[tuple[str, str]] = []
        self.open = threading.Event()

    async def handle_DATA(self, _server: SMTP, _session: SmtpSession, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content or b"", policy=default)
        self.mail.append((str(message["To"]), str(message["Message-ID"])))
        await asyncio.get_running_loop().run_in_executor(None, self.open.wait, PATIENCE)
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[Sink]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    handler.open.set()
    controller.stop()


@pytest.fixture
def platform(database_url: str, tmp_path: Path, sink: Sink) -> Iterator[Platform]:
    """Workers on the database of the tests."""
    platform = Platform(tmp_path, database_url, migrated=True)
    platform.settings = {"FDPLATTFORM_SMTP": f"127.0.0.1:{sink.port}", "FDPLATTFORM_SMTP_STARTTLS": "false"}
    yield platform
    platform.close()


def register_until_killed(settings: Settings, path: str) -> list[str]:
    """People register one after the other; in the midst of it the server is killed. Returns who was told "yes"."""
    told: list[str] = []
    enough = threading.Event()

    def people(address: str) -> None:
        try:
            for number in range(10_000):
                email = f"p{number}@example.org"
                status, _location = open_form(address, path, name=f"Mensch {number}", email=email).send()
                assert status == 303
                told.append(email)
                if len(told) == ENOUGH:
                    enough.set()
        except (OSError, HTTPException):
            # The server is gone; whoever was about to send knows that nothing is certain.
            return

    with server_process(settings) as server:
        thread = threading.Thread(target=people, args=(address_of(server),))
        thread.start()
        assert enough.wait(PATIENCE)
        server.kill()
        thread.join(PATIENCE)
        assert not thread.is_alive()
    return told


def test_nothing_that_was_told_is_lost(
    settings: Settings, make: Make, session: Session, platform: Platform, sink: Sink
) -> None:
    path = f"{make.path(make.event(state='open'))}/anmelden"
    told = register_until_killed(settings, path)
    assert set(told) <= {str(found.email) for found in registrations(session)}
    sink.open.set()
    platform.start("worker")
    eventually(lambda: set(told) <= {to for to, _message in sink.mail})


def test_a_worker_killed_while_sending_sends_the_same_mail_again(
    make: Make, session: Session, settings: Settings, platform: Platform, sink: Sink
) -> None:
    path = f"{make.path(make.event(state='open'))}/anmelden"
    with server_process(settings) as server:
        assert open_form(address_of(server), path, name="Amal", email="amal@example.org").send()[0] == 303
    worker = platform.start("worker")
    eventually(lambda: len(sink.mail) == 1)
    worker.kill()
    worker.wait(PATIENCE)
    # The lease ends by itself after a minute; here the test ends it.
    session.rollback()
    job = session.query(Job).filter_by(state=JobState.RUNNING).one()
    job.lease_until = job.created_at
    session.commit()
    sink.open.set()
    platform.start("worker")
    eventually(lambda: len(sink.mail) == 2)
    (first, again) = sink.mail
    assert first == again
    eventually(lambda: {found.state for found in platform.jobs()} == {JobState.DONE})
