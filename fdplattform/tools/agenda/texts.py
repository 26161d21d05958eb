"""The agenda in the reader's language.

Lines come and go with every change of the agenda, so a translation belongs to the event and to the words themselves: it
stays when a line is moved, and serves every line that says the same, such as the breaks.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.events.models import Event
from fdplattform.events.tools import ToolText
from fdplattform.events.translatable import EventTexts
from fdplattform.tools.agenda.models import AgendaItem
from fdplattform.tools.agenda.services import agenda_of
from fdplattform.translation.models import TextTranslation
from fdplattform.translation.services import Text, Texts, save

_ = TranslationStringFactory("fdplattform")

PREFIX = "agenda_"
TITLE_LENGTH, METHOD_LENGTH = 200, 100


def name_of(words: str) -> str:
    """The name under which the translation of these words is kept."""
    return PREFIX + sha256(words.encode()).hexdigest()[:32]


def texts_of(session: Session, event: Event) -> Sequence[ToolText]:
    """What everybody reads in the agenda, each text once."""
    found: dict[str, ToolText] = {}
    for number, item in enumerate((item for item in agenda_of(session, event.id) if item.public), start=1):
        title = _("Agenda, line ${number}", mapping={"number": number})
        method = _("Agenda, line ${number}: how people take part", mapping={"number": number})
        for words, what, length in ((item.title, title, TITLE_LENGTH), (item.method, method, METHOD_LENGTH)):
            if words:
                found.setdefault(name_of(words), ToolText(name=name_of(words), title=what, text=words, length=length))
    return list(found.values())


class AgendaTexts:
    """The words of the lines in the reader's language, out of the `texts` that were loaded for the event."""

    def __init__(self, event: Event, items: Iterable[AgendaItem], texts: Texts) -> None:
        words = {name_of(said): said for item in items for said in (item.title, item.method)}
        self._thing, self._texts = EventTexts(event, {}, words), texts

    def get(self, words: str) -> Text:
        """The words in the reader's language, or else as they were written."""
        return self._texts.get(self._thing, name_of(words))


def bring_translations(session: Session, event: Event, language: str, translated: Mapping[str, str]) -> None:
    """Keep for each of the agenda's texts what it is in `language`, where that is another word.

    They come from a catalogue that people have read: nobody needs to look at them again.
    """
    thing = EventTexts(event, {}, {name_of(words): words for words in translated})
    texts = {name_of(words): text for words, text in translated.items() if text != words}
    save(session, thing, language, texts, now=event.created_at, reviewed=True)


def forget_unused(session: Session, event: Event) -> None:
    """Delete translations of words that the agenda no longer says."""
    used = [text.name for text in texts_of(session, event)]
    session.execute(
        delete(TextTranslation).where(
            TextTranslation.object_type == Event.__tablename__,
            TextTranslation.object_id == event.id,
            TextTranslation.field.startswith(PREFIX, autoescape=True),
            TextTranslation.field.not_in(used),
        )
    )
