"""What letters say, and who writes them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.events.models import Event
from fdplattform.events.record import note
from fdplattform.journal.services import Actor
from fdplattform.legal.models import LegalPage
from fdplattform.legal.services import load_page
from fdplattform.municipalities.models import Municipality
from fdplattform.settings import Settings
from fdplattform.tools.letters.desk import Desk
from fdplattform.tools.letters.kinds import LetterKind
from fdplattform.tools.letters.lookup import open_run
from fdplattform.tools.letters.messages import _
from fdplattform.tools.letters.models import LetterHead, LetterText
from fdplattform.tools.letters.placeholders import unknown_in

#: The version of what nobody has saved yet.
UNSAVED = 0
MAX_SENDER = 120


def languages(settings: Settings) -> list[str]:
    """The languages in which letters are written; the first is the one of the town hall."""
    first = settings.default_locale
    return [first, *(locale for locale in settings.locales if locale != first)]


def texts_of(session: Session, event_id: int, kind: LetterKind) -> dict[str, LetterText]:
    """The texts by language: what somebody wrote, otherwise the kind's own."""
    found = {
        language: LetterText(
            event_id=event_id,
            kind=kind.id,
            language=language,
            subject=text.subject,
            body=text.body,
            version=UNSAVED,
        )
        for language, text in kind.default_texts.items()
    }
    query = select(LetterText).where(LetterText.event_id == event_id, LetterText.kind == kind.id)
    return found | {text.language: text for text in session.scalars(query)}


def text_of(session: Session, event_id: int, kind: LetterKind, language: str) -> LetterText:
    """The text in one language; an empty one where there is none."""
    empty = LetterText(event_id=event_id, kind=kind.id, language=language, subject="", body="", version=UNSAVED)
    return texts_of(session, event_id, kind).get(language, empty)


def save_text(
    session: Session, desk: Desk, language: str, *, subject: str, body: str, known: Collection[str], version: int
) -> None:
    """Write the text of a kind in one language; `known` are its placeholders.

    Raises DomainError at the field with a placeholder that is unknown, StaleVersion, and Conflict while letters with
    the old text wait to be posted.
    """
    _check_no_letters(session, desk)
    text = text_of(session, desk.event.id, desk.kind, language)
    check_version(text, version)
    for field, written in (("subject", subject), ("body", body)):
        wrong = unknown_in(written, known)
        if wrong:
            raise DomainError(
                _(
                    "There is no placeholder ${wrong}. The list below shows all that there are.",
                    mapping={"wrong": wrong[0]},
                ),
                field,
            )
    text.subject, text.body = subject, body
    session.add(text)
    session.flush()
    desk.journal(session, "text", language=language)


def reset_text(session: Session, desk: Desk, language: str) -> None:
    """Go back to the kind's own text. Raises Conflict while letters with the other text wait to be posted."""
    _check_no_letters(session, desk)
    text = text_of(session, desk.event.id, desk.kind, language)
    if text.version != UNSAVED:
        session.delete(text)
        desk.journal(session, "text", language=language)


def _check_no_letters(session: Session, desk: Desk) -> None:
    if open_run(session, desk.event.id, desk.kind.id) is not None:
        raise Conflict(_("Letters with this text are made already. Discard them first, then the text can be changed."))


def head_of(session: Session, event: Event, municipality: Municipality) -> LetterHead:
    """Who writes; as long as nobody said so, what the legal notice and the contact of the municipality say."""
    return session.get(LetterHead, event.id) or _proposal(session, event, municipality)


def _proposal(session: Session, event: Event, municipality: Municipality) -> LetterHead:
    provider = load_page(session, LegalPage.IMPRINT, municipality.id).get("provider")
    lines = [line.strip(" ,") for line in provider.splitlines() if line.strip()]
    contact = (municipality.contact_name, municipality.contact_phone, municipality.contact_email)
    return LetterHead(
        event_id=event.id,
        sender=" · ".join(lines)[:MAX_SENDER],
        contact="\n".join(line for line in contact if line),
        version=UNSAVED,
    )


def save_head(
    session: Session,
    event: Event,
    dialogue: Dialogue,
    municipality: Municipality,
    *,
    sender: str,
    contact: str,
    version: int,
    actor: Actor,
) -> None:
    """Write who writes. Raises StaleVersion."""
    head = head_of(session, event, municipality)
    check_version(head, version)
    head.sender, head.contact = sender, contact
    session.add(head)
    session.flush()
    note(session, "letter:head", event, dialogue, actor)
