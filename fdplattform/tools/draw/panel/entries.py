"""Each person's own entry in the record of the draw: what the person needs to check it.

The public record knows people as numbers with pseudonyms. The commitment of an entry is a hash of what the person gets
here; whoever has it can see that the entry is the own one, and that the categories in it are. Nobody else can.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from fdplattform.events.models import Event
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.engine.canonical import canonical
from fdplattform.tools.draw.engine.record import Record
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import Run, RunState
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies.invitation import recipient
from fdplattform.tools.draw.replies.services import willing
from fdplattform.tools.letters.kinds import DefaultText, LetterKind, Placeholder, Recipient


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody is told about the own place in the record."""

    number: int
    pseudonym: str
    #: The canonical form whose hash is published; the secret is in it.
    text: str


def entries_of(session: Session, event_id: int) -> dict[int, Entry]:
    """The entries by the id of the invited person; none before the record is public, nor when it is unsealed."""
    query = (
        select(Run)
        .where(Run.active_key == event_id, Run.state.in_((RunState.COMMITTED, RunState.DRAWN)))
        .options(undefer(Run.sealed))
    )
    run = session.scalars(query).one_or_none()
    if run is None or run.sealed is None:
        return {}
    record: Record = json.loads(run.sealed)
    sections = record["sections"]
    pairs = zip(sections["people"], sections["register"]["people"], strict=True)
    return {
        int(own["id"]): Entry(number=number, pseudonym=public["pseudonym"], text=canonical(own).decode())
        for number, (public, own) in enumerate(pairs, start=1)
    }


def recipients(session: Session, event: Event) -> Iterator[Recipient]:
    """Everybody who is willing and stands in the record."""
    entries = entries_of(session, event.id)
    still = {person.invitee_id for person in willing(session, event.id)} & entries.keys()
    for invitee in session.scalars(select(Invitee).where(Invitee.id.in_(still)).order_by(Invitee.number)):
        entry = entries[invitee.id]
        yield recipient(invitee, {"entry_number": entry.number, "pseudonym": entry.pseudonym, "entry": entry.text})


_TEXTS = {
    "de": DefaultText(
        subject="So prüfen Sie die Auslosung nach: ${event}",
        body=(
            "Guten Tag ${name},\n\n"
            "Sie möchten bei „${event}“ mitmachen. Vielen Dank! Unter allen, die Ja gesagt haben, entscheidet das Los. "
            "Ob das ehrlich zugeht, können Sie selbst nachprüfen.\n\n"
            "# Ihr Eintrag\n\n"
            "In der öffentlichen Liste steht niemand mit Namen. Sie sind dort die Nummer ${entry_number} mit der "
            "Kennung ${pseudonym}.\n\n"
            "# So sehen Sie nach\n\n"
            "Öffnen Sie die Seite ${page} und dort „Wie ausgelost wird und wie man es nachprüft“. Ist die Ziehung "
            "vorbei, stehen dort die Nummern aller, die ausgelost sind. Bei Fragen helfen wir Ihnen: ${contact}\n\n"
            "# So prüfen Sie es genau\n\n"
            "Auf derselben Seite gibt es das Protokoll und ein Programm, das es prüft. Schreiben Sie diese Zeile "
            "in eine Datei „eintrag.json“ und geben Sie die dem Programm mit. Es sagt Ihnen, ob der Eintrag Ihrer ist, "
            "wie groß Ihre Chance war und ob Sie ausgelost sind.\n\n"
            "${entry}\n\n"
            "Zeigen Sie diese Zeile niemandem, dem Sie nicht sagen wollen, welcher Eintrag Ihrer ist."
        ),
    ),
    "en": DefaultText(
        subject="How you check the draw: ${event}",
        body=(
            "Hello ${name},\n\n"
            "You would like to take part in “${event}”. Thank you very much! Among all who said yes, the lot decides. "
            "You can check yourself that it is honest.\n\n"
            "# Your entry\n\n"
            "Nobody stands in the public list by name. There you are number ${entry_number} with the pseudonym "
            "${pseudonym}.\n\n"
            "# How to look it up\n\n"
            "Open the page ${page} and on it the page on how the lots are drawn and how to check it. After the draw, "
            "the numbers of all who were drawn stand there. If you have questions, we help you: ${contact}\n\n"
            "# How to check it exactly\n\n"
            "On the same page there are the record and a program that checks it. Write this line into a file called "
            "“eintrag.json” and give it to the program. It tells you whether the entry is yours, how large your chance "
            "was, and whether you were drawn.\n\n"
            "${entry}\n\n"
            "Do not show this line to anybody who is not to know which entry is yours."
        ),
    ),
    "ar": DefaultText(
        subject="هكذا تتحققون من القرعة: ${event}",
        body=(
            "مرحبًا ${name}،\n\n"
            "ترغبون في المشاركة في «${event}». شكرًا جزيلًا! بين كل من أجاب بنعم تقرر القرعة. ويمكنكم أن تتحققوا "
            "بأنفسكم من نزاهتها.\n\n"
            "# قيدكم\n\n"
            "لا يظهر في القائمة العامة أي اسم. أنتم فيها الرقم ${entry_number} بالمعرّف ${pseudonym}.\n\n"
            "# هكذا تنظرون\n\n"
            "افتحوا الصفحة ${page} وفيها صفحة القرعة وكيفية التحقق منها. بعد السحب تظهر هناك أرقام كل من وقعت عليهم "
            "القرعة. إذا كانت لديكم أسئلة فنحن نساعدكم: ${contact}\n\n"
            "# هكذا تتحققون بدقة\n\n"
            "في الصفحة نفسها سجل القرعة وبرنامج يفحصه. اكتبوا السطر التالي في ملف وأعطوا الملف للبرنامج. يخبركم إن كان "
            "القيد قيدكم، وكم كانت فرصتكم، وهل وقعت القرعة عليكم.\n\n"
            "${entry}\n\n"
            "لا تُروا هذا السطر لمن لا تريدون أن يعرف أي قيد هو قيدكم."
        ),
    ),
}

OWN_ENTRY = LetterKind(
    id="own_entry",
    title=_("How to check one's own lot"),
    summary=_("To everybody who said yes and stands in the record: which entry is theirs, and how to check it."),
    permission=Permission.PANEL_READ,
    tool="draw",
    recipients=recipients,
    default_texts=_TEXTS,
    placeholders=(
        Placeholder(name="entry_number", title=_("The person's number in the record of the draw"), example="17"),
        Placeholder(name="pseudonym", title=_("The person's pseudonym in the record"), example="0f1e2d3c4b5a6978"),
        Placeholder(
            name="entry",
            title=_("The person's own entry with its secret, for the program that checks it"),
            example='{"household":"…","id":"17","secret":"…","values":["…"]}',
        ),
    ),
)
