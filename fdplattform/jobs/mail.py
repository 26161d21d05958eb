"""Mail: written into the outbox with the change that it tells of, sent by the worker, perhaps more than once but
always with the same Message-ID."""

import base64
import hashlib
import os
import secrets
import smtplib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.config import Configurator
from sqlalchemy import delete
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.db import utcnow
from fdplattform.db.sql import affected
from fdplattform.errors import DomainError
from fdplattform.jobs.models import Job, JobState
from fdplattform.jobs.registry import GiveUp, JobContext
from fdplattform.jobs.services import enqueue
from fdplattform.settings import Settings
from fdplattform.translation.packed import Text, localizer_for, pack, unpack

_ = TranslationStringFactory("fdplattform")

KIND = "mail:send"

#: Seconds after which a silent mail server counts as dead.
SMTP_TIMEOUT = 30
#: A mail that was given up names its recipient; by then somebody has looked at it, or nobody will.
KEEP_UNSENT = timedelta(weeks=4)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    media_type: str
    content: bytes


def send_mail(
    session: Session,
    to: str,
    subject: Text,
    body: Text | Sequence[Text],
    *,
    locale: str | None = None,
    dedup_key: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> int:
    """Put a mail into the outbox, in the session's transaction. Returns the job's id.

    `subject` and `body` (one text, or paragraphs) may be translation strings; the worker translates them into
    `locale`, the recipient's language (the deployment's when None). Datetimes in their mappings are written in the
    deployment's time zone. With a `dedup_key` that was used before, nothing is sent.
    Raises DomainError when `to` is no address.
    """
    paragraphs = [body] if isinstance(body, str) else list(body)
    payload = {
        "to": mail_address(to),
        "subject": pack(subject),
        "body": [pack(paragraph) for paragraph in paragraphs],
        "locale": locale,
        "date": utcnow().isoformat(),
        "attachments": [
            {"name": item.name, "media_type": item.media_type, "content": base64.b64encode(item.content).decode()}
            for item in attachments
        ],
    }
    # Without a key two equal mails are two mails; with one, an unguessable Message-ID still needs a name of its own.
    return enqueue(session, KIND, payload, dedup_key=dedup_key or f"mail:{secrets.token_hex(16)}")


def forget_unsent(session: Session, now: datetime) -> int:
    """Delete mails that were given up long ago. Returns their number."""
    given_up = (Job.kind == KIND) & (Job.state == JobState.FAILED)
    return affected(session, delete(Job).where(given_up, Job.finished_at < now - KEEP_UNSENT))


def mail_address(text: str) -> str:
    """The address in `text`, with its domain in ASCII. Raises DomainError when it is none."""
    complaint = DomainError(_("This is not an e-mail address."), "email")
    local, _at, domain = text.strip().rpartition("@")
    try:
        address = Address(username=local, domain=domain.encode("idna").decode("ascii"))
    except (UnicodeError, ValueError, MessageError) as error:
        raise complaint from error
    if (
        not local
        or not domain
        or "@" in local
        or any(character.isspace() or not character.isprintable() for character in text.strip())
    ):
        raise complaint
    return address.addr_spec


def compose(context: JobContext, payload: dict[str, Any]) -> EmailMessage:
    """The message of a mail job; equal in every attempt."""
    settings = context.settings
    locale = payload["locale"] or settings.default_locale
    read = partial(unpack, localizer=localizer_for(context.registry, locale), zone=ZoneInfo(settings.time_zone))
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = message_id(context.key, settings)
    message["Date"] = format_datetime(datetime.fromisoformat(payload["date"]))
    message["From"] = Address(settings.site_name, addr_spec=settings.mail_from)
    message["To"] = payload["to"]
    message["Subject"] = " ".join(read(payload["subject"]).split())
    # Nobody's holiday reply is wanted (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    paragraphs = [read(paragraph).strip() for paragraph in payload["body"]]
    message.set_content("\n\n".join([*paragraphs, f"-- \n{settings.site_name}\n{settings.base_url}/"]) + "\n")
    message["Content-Language"] = locale  # after the content, which would clear it
    for item in payload["attachments"]:
        main, _slash, sub = item["media_type"].partition("/")
        message.add_attachment(base64.b64decode(item["content"]), maintype=main, subtype=sub, filename=item["name"])
    return message


def message_id(key: str, settings: Settings) -> str:
    """The Message-ID that belongs to a job's key, so that a mail server can tell a repeat."""
    domain = settings.mail_from.rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def deliver(context: JobContext, payload: dict[str, Any]) -> None:
    """Send a mail job: to the SMTP server, or without one into `var/mail` and to the console."""
    message = compose(context, payload)
    if context.settings.smtp:
        _send(message, context.settings)
    else:
        _write(message, context.settings.var / "mail")


def _send(message: EmailMessage, settings: Settings) -> None:
    host, _colon, port = settings.smtp.partition(":")
    try:
        with smtplib.SMTP(host, int(port or 25), timeout=SMTP_TIMEOUT) as server:
            if settings.smtp_starttls:
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _reason in error.recipients.values()]
        if all(code >= 500 for code in codes):
            raise GiveUp(f"the mail server refuses the recipient for good ({codes})") from error
        raise
    except smtplib.SMTPNotSupportedError as error:
        if settings.smtp_starttls and "STARTTLS" in str(error):
            # Another attempt may find the server mended; the mail must not go out readable.
            raise
        raise GiveUp(str(error)) from error


def _write(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    path = folder / f"{name}.eml"
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    with unfinished.open("wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    # What a worker left that was killed over the same message.
    for left in folder.glob(f"{name}.*.part"):
        left.unlink(missing_ok=True)
    text = message.get_body(("plain",))
    content = text.get_content() if text else ""
    sys.stdout.write(f"--- mail to {message['To']}: {message['Subject']} ({path})\n{content}---\n")
    sys.stdout.flush()


def includeme(config: Configurator) -> None:
    config.add_job_handler(KIND, deliver)
