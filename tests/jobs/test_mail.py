"""Mail: what is written, how it is sent, and what happens when the server is dead."""

import email
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession
from pyramid.router import Router
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.errors import DomainError
from fdplattform.jobs.mail import Attachment, mail_address, send_mail
from fdplattform.jobs.models import Job, JobState
from fdplattform.jobs.worker import Worker
from fdplattform.settings import Settings
from fdplattform.testing.clock import Clock

_ = TranslationStringFactory("fdplattform")


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.fixture
def worker(app: Router, clock: Clock) -> Worker:
    return Worker(app.registry, clock)


class Sink:
    """A mail server that keeps what it gets; `answer` is its last word."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer = "250 OK"
        self.recipient_answer = "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: SmtpSession, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, _server: SMTP, _session: SmtpSession, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.got.append(read(envelope.content))
        self.recipients += envelope.rcpt_tos
        return self.answer


@pytest.fixture
def use_smtp(app: Router, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let mail go to a port of this machine."""

    def use(port: int) -> None:
        changed = replace(settings, smtp=f"127.0.0.1:{port}", smtp_starttls=False)
        monkeypatch.setattr(app.registry, "fdp", changed)

    return use


@pytest.fixture
def sink(use_smtp: Callable[[int], None]) -> Iterator[Sink]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    use_smtp(controller.port)
    yield handler
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_without_a_server_mail_is_written_to_a_folder(
    session: Session, worker: Worker, mailbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ics = Attachment("termin.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    send_mail(session, "ayse@example.org", "Grüße", ["Erster Absatz.", "السلام عليكم"], attachments=[ics])
    session.commit()
    worker.drain()
    (path,) = mailbox.iterdir()
    message = read(path.read_bytes())
    assert message["To"] == "ayse@example.org"
    assert message["Subject"] == "Grüße"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Erster Absatz.\n\nالسلام عليكم\n" in text_of(message)
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "termin.ics"
    assert "BEGIN:VCALENDAR" in attachment.get_content()
    assert "السلام عليكم" in capsys.readouterr().out


def test_mail_is_written_in_the_recipients_language(session: Session, worker: Worker, mailbox: Path) -> None:
    when = datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
    text = _("On ${when}: ${what}", mapping={"when": when, "what": _("${n} people", mapping={"n": 3})})
    send_mail(session, "a@example.org", "x", text, locale="de")
    send_mail(session, "a@example.org", "x", text, locale="en")
    session.commit()
    worker.drain()
    messages = {message["Content-Language"]: text_of(message) for message in map(read, contents(mailbox))}
    assert messages["de"].startswith("On Mittwoch, 1. Juli 2026, 18:30: 3 people")
    assert messages["en"].startswith("On Wednesday, July 1, 2026, 18:30: 3 people")


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.eml"))]


def test_no_header_can_be_slipped_in(session: Session, worker: Worker, mailbox: Path) -> None:
    send_mail(session, "a@example.org", "Hello\r\nBcc: all@example.org", "x")
    session.commit()
    worker.drain()
    (content,) = contents(mailbox)
    assert read(content)["Bcc"] is None
    for address in ("a@example.org\nBcc: b@example.org", "a@b@c", "", "@example.org", "a@", "a b@example.org", "x"):
        with pytest.raises(DomainError):
            mail_address(address)


def test_an_address_may_be_international() -> None:
    assert mail_address(" jürgen@müller.example ") == "jürgen@xn--mller-kva.example"


def test_mail_is_sent(session: Session, worker: Worker, sink: Sink) -> None:
    send_mail(session, "a@example.org", "Grüße", "Text", dedup_key="registration-1")
    session.commit()
    worker.drain()
    assert sink.recipients == ["a@example.org"]
    assert sink.got[0]["Subject"] == "Grüße"


def test_a_repeat_carries_the_same_message_id(app: Router, session: Session, worker: Worker, sink: Sink) -> None:
    send_mail(session, "a@example.org", "x", "y", dedup_key="registration-1")
    send_mail(session, "b@example.org", "x", "y")
    session.commit()
    worker.drain()
    # As after a kill -9 between the server's answer and the note that the job is done.
    kind = app.registry.jobs.kinds["mail:send"]
    contexts: list[Any] = []
    original = kind.handler
    app.registry.jobs.kinds["mail:send"] = replace(
        kind, done_by=lambda context, payload: (contexts.append(context), original(context, payload))[1]
    )
    try:
        send_mail(session, "c@example.org", "x", "y", dedup_key="registration-2")
        session.commit()
        job = session.query(Job).filter_by(dedup_key="registration-2").one()
        payload = dict(job.payload)
        worker.drain()
        original(contexts[0], payload)
    finally:
        app.registry.jobs.kinds["mail:send"] = kind
    ids = [message["Message-ID"] for message in sink.got]
    dates = [message["Date"] for message in sink.got]
    assert len(ids) == 4
    assert ids[2] == ids[3]
    assert dates[2] == dates[3]
    assert len(set(ids)) == 3


def test_a_dead_server_loses_nothing(
    session: Session, worker: Worker, use_smtp: Callable[[int], None], clock: Clock
) -> None:
    port = free_port()
    use_smtp(port)
    send_mail(session, "a@example.org", "x", "y", dedup_key="registration-1")
    session.commit()
    for _day in range(2):
        worker.drain()
        clock.advance(hours=12)
    session.rollback()
    assert session.query(Job).filter_by(kind="mail:send").one().state is JobState.QUEUED
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        worker.drain()
    finally:
        controller.stop()
    assert [message["To"] for message in sink.got] == ["a@example.org"]


def test_a_refusal_for_now_is_tried_again_one_for_good_is_not(session: Session, worker: Worker, sink: Sink) -> None:
    for key, answer in (("later", "450 try later"), ("never", "550 no such user")):
        sink.recipient_answer = answer
        send_mail(session, "a@example.org", "x", "y", dedup_key=key)
        session.commit()
        worker.drain()
    session.rollback()
    states = {job.dedup_key: job.state for job in session.query(Job).filter_by(kind="mail:send")}
    assert states == {"later": JobState.QUEUED, "never": JobState.FAILED}
