"""From texts with placeholders to the words of one person's letter, in German and in the person's language."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import segno
from markupsafe import Markup
from pyramid.registry import Registry
from sqlalchemy.orm import Session, joinedload, selectinload
from translationstring import TranslationString

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.legal.models import LegalPage
from fdplattform.legal.services import load_page
from fdplattform.municipalities.models import Municipality
from fdplattform.settings import Settings
from fdplattform.tools.letters.kinds import LetterKind, Recipient
from fdplattform.tools.letters.letter import REPLY_BOX, Block, Hint, Letter, Part, Question, Words
from fdplattform.tools.letters.messages import _
from fdplattform.tools.letters.models import LetterHead, LetterText
from fdplattform.tools.letters.placeholders import broken_in, fill, missing_in, parted_at
from fdplattform.tools.letters.texts import head_of, languages, texts_of
from fdplattform.tools.letters.writing import Writer, make_writer
from fdplattform.translation.services import load_texts
from fdplattform.web.locale import direction

#: What every letter can name, and what it means.
COMMON: Mapping[str, TranslationString] = {
    "name": _("First and last name of the person"),
    "event": _("Title of the event"),
    "dates": _("Dates of the event with time and place"),
    "municipality": _("Name of the municipality"),
    "page": _("Address of the event's page"),
    "contact": _("Whom to ask, as in the letterhead"),
    "controller": _("Who is responsible for the data, from the privacy page"),
    "officer": _("Data protection officer, from the privacy page"),
    "authority": _("Where to complain, from the privacy page"),
}
#: Gaps of the privacy page.
FROM_PRIVACY = ("controller", "officer", "authority")
#: What letters with a code can name besides.
WITH_CODE: Mapping[str, TranslationString] = {
    "code": _("The person's code"),
    "address": _("The address at which the code is entered"),
    REPLY_BOX: _("The box with code and picture; without it the box stands at the end"),
}


_WORDS = {
    "code": _("Your personal code"),
    "scan": _("Scan the picture with your phone."),
    "enter": _("Or enter the code here:"),
    "card": _("Reply card"),
    "yes": _("Yes, I would like to take part."),
    "no": _("No, I do not take part."),
    "voluntary": _("You may leave everything below empty:"),
    "phone": _("Telephone:"),
    "send_to": _("Please send this card to:"),
}
_GAP = _("[Missing: ${what}]")
_HINT = _("You can read in your language what this letter is about, and answer: ${url}")


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What all letters of a kind have in common, loaded once."""

    event: Event
    municipality: Municipality
    kind: LetterKind
    head: LetterHead
    day: date
    #: In the order in which they stand in a letter.
    languages: Sequence[str]
    texts: Mapping[str, LetterText]
    values: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Words]
    hints: Mapping[str, str]
    #: What the reply card asks, by language.
    questions: Mapping[str, Sequence[Question]]
    writers: Mapping[str, Writer] = field(repr=False)

    @property
    def first(self) -> str:
        """The language of the town hall, in which every letter is written."""
        return self.languages[0]

    def placeholders(self) -> dict[str, Any]:
        """All placeholders of the kind with their meaning."""
        own = {placeholder.name: placeholder.title for placeholder in self.kind.placeholders}
        return {**COMMON, **(WITH_CODE if self.kind.code_purpose else {}), **own}

    def missing(self) -> list[str]:
        """The placeholders in the texts for which nothing is known yet, each once; and a beginning without an end."""
        own = {each.name for each in self.kind.placeholders if each.example is not None}
        personal = dict.fromkeys({"name", *(WITH_CODE if self.kind.code_purpose else ()), *own}, "*")
        found: dict[str, None] = {}
        for language, text in self.texts.items():
            values = {**self.values[language], **personal}
            said = (text.subject, text.body)
            # The texts of formats are not checked when they are written.
            found |= dict.fromkeys([*missing_in(said, values), *broken_in("\n".join(said))])
        return list(found)

    def marks(self, language: str) -> dict[str, Markup]:
        """What a preview shows in the place of what is missing."""
        write, titles = self.writers[language], self.placeholders()
        said = {name: write(_GAP % {"what": write(titles.get(name, name))}) for name in self.missing()}
        return {name: Markup("<mark>{}</mark>").format(words) for name, words in said.items()}


def load_event(session: Session, event_id: int) -> Event:
    """The event with all that letters name."""
    place = joinedload(Event.dialogue).joinedload(Dialogue.municipality)
    return session.get_one(Event, event_id, options=(place, selectinload(Event.dates)), populate_existing=True)


def load_occasion(session: Session, registry: Registry, event_id: int, kind: LetterKind, now: datetime) -> Occasion:
    """What the letters of `kind` have in common, with a constant number of queries."""
    settings: Settings = registry.fdp
    event = load_event(session, event_id)
    municipality = event.dialogue.municipality
    head = head_of(session, event, municipality)
    texts = texts_of(session, event.id, kind)
    used = [language for language in languages(settings) if language in texts]
    writers = {language: make_writer(registry, language) for language in used}
    fixed = {**_fixed_values(session, settings, event, head), **kind.values(session, event)}
    return Occasion(
        event=event,
        municipality=municipality,
        kind=kind,
        head=head,
        day=now.astimezone(ZoneInfo(settings.time_zone)).date(),
        languages=used,
        texts={language: texts[language] for language in used},
        values={language: _values(session, event, fixed, write) for language, write in writers.items()},
        words={language: _words(write) for language, write in writers.items()},
        hints={language: writers[language](_HINT) for language in used[1:]},
        questions={language: _questions(session, event, kind, write) for language, write in writers.items()},
        writers=writers,
    )


def _values(session: Session, event: Event, fixed: Mapping[str, Any], write: Writer) -> dict[str, str]:
    """What is the same in all letters of one language."""
    return {
        **{name: write(value) for name, value in fixed.items()},
        "event": load_texts(session, [event], write.language).get(event, "title").value,
        "dates": "; ".join(write.period(each) for each in event.dates),
    }


def _questions(session: Session, event: Event, kind: LetterKind, write: Writer) -> list[Question]:
    return [
        Question(write(each.title), [write(option) for option in each.options])
        for each in kind.questions(session, event, write)
    ]


def _words(write: Writer) -> Words:
    return Words(**{name: write(text) for name, text in _WORDS.items()})


def _fixed_values(session: Session, settings: Settings, event: Event, head: LetterHead) -> dict[str, Any]:
    dialogue = event.dialogue
    municipality = dialogue.municipality
    privacy = load_page(session, LegalPage.PRIVACY, municipality.id)
    return {
        "municipality": municipality.name,
        "page": f"{settings.base_url}/kommunen/{municipality.slug}/{dialogue.slug}/{event.slug}",
        "contact": ", ".join(head.contact.split("\n")),
        **{name: ", ".join(privacy.get(name).splitlines()) for name in FROM_PRIVACY},
    }


def compose(occasion: Occasion, recipient: Recipient, *, preview: bool = False) -> Letter:
    """The letter of one person: in the language of the town hall, and in the person's own where that is known.

    What is missing is marked in a `preview`; otherwise it raises Unfilled.
    """
    first = occasion.first
    own = recipient.language if recipient.language in occasion.texts else None
    chosen = [first] if own in (None, first) else [first, own]
    hints = []
    if own is None and recipient.code_url:
        hints = [
            Hint(language, direction(language), hint.replace("${url}", isolated(bare(recipient.code_url))))
            for language, hint in occasion.hints.items()
        ]
    return Letter(
        sender=occasion.head.sender,
        contact=occasion.head.contact.split("\n"),
        address=address_lines(recipient),
        parts=[_part(occasion, recipient, language, preview) for language in chosen if language],
        hints=hints,
        code=recipient.code,
        code_address=bare(recipient.code_url.rpartition("/")[0]) if recipient.code_url else "",
        code_picture=picture(recipient.code_url) if recipient.code_url else "",
    )


def address_lines(recipient: Recipient) -> list[str]:
    """The address as it stands in the window."""
    city = " ".join(part for part in (recipient.postal_code, recipient.city) if part)
    return [line for line in (recipient.name, recipient.street, city) if line]


def isolated(value: str) -> str:
    """`value` with marks that keep its direction of writing out of the text around it (Unicode's isolates)."""
    return f"\u2068{value}\u2069" if value else ""


def bare(url: str) -> str:
    """An address as people type it."""
    return url.partition("://")[2]


def picture(url: str) -> str:
    """A QR code of `url` as an SVG element. The level of correction survives a fold in the paper."""
    out = io.BytesIO()
    segno.make(url, error="m").save(
        out, kind="svg", xmldecl=False, omitsize=True, border=0, svgclass=None, lineclass=None, nl=False
    )
    return out.getvalue().decode()


def _part(occasion: Occasion, recipient: Recipient, language: str, preview: bool) -> Part:
    write = occasion.writers[language]
    values = {
        **{name: value for name, value in occasion.values[language].items() if value.strip()},
        **{name: write(value) for name, value in recipient.values.items()},
        "name": recipient.name,
        REPLY_BOX: "",
    }
    if occasion.kind.code_purpose:
        address = bare(recipient.code_url.rpartition("/")[0]) if recipient.code_url else ""
        values |= {"code": recipient.code or "", "address": address}
    if direction(language) == "rtl":
        values = {name: isolated(value) for name, value in values.items()}
    if preview:
        values = {**occasion.marks(language), **values}
    text = occasion.texts[language]
    blocks = list(_blocks(text.body, values))
    if not recipient.code:
        blocks = [block for block in blocks if block.kind != REPLY_BOX]
    elif not any(block.kind == REPLY_BOX for block in blocks):
        blocks.append(Block(REPLY_BOX))
    return Part(
        language=language,
        dir=direction(language),
        date=f"{occasion.municipality.name}, {write(occasion.day)}",
        subject=fill(text.subject, values),
        blocks=blocks,
        words=occasion.words[language],
        questions=occasion.questions[language],
    )


def _blocks(body: str, values: Mapping[str, str]) -> Iterator[Block]:
    """Paragraphs are parted by an empty line; one that begins with `# ` is a heading."""
    for number, part in enumerate(parted_at(REPLY_BOX, body)):
        if number:
            yield Block(REPLY_BOX)
        yield from _paragraphs(part, values)


def _paragraphs(body: str, values: Mapping[str, str]) -> Iterator[Block]:
    for paragraph in filter(None, (written.strip() for written in body.split("\n\n"))):
        if paragraph.startswith("# "):
            yield Block("heading", [fill(paragraph[2:], values)])
        else:
            yield Block("paragraph", fill(paragraph, values).split("\n"))
