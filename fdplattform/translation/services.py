"""Read and write translated text. One query for any number of objects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup
from sqlalchemy import ColumnElement, Connection, and_, delete, event, false, inspect, or_, select
from sqlalchemy.orm import Mapper, Session

from fdplattform.db import Base
from fdplattform.translation.models import TextTranslation
from fdplattform.web.locale import direction


@dataclass(frozen=True)
class Text:
    """A text with its language; in a page it is marked up with `lang` and `dir`."""

    value: str
    lang: str
    dir: str

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __html__(self) -> Markup:
        return Markup('<span lang="{}" dir="{}">{}</span>').format(self.lang, self.dir, self.value)

    @property
    def paragraphs(self) -> tuple["Text", ...]:
        """The text's paragraphs, which people divide by an empty line."""
        blocks = self.value.replace("\r\n", "\n").split("\n\n")
        return tuple(Text(block.strip(), self.lang, self.dir) for block in blocks if block.strip())


class Key(NamedTuple):
    """What a translation belongs to."""

    object_type: str
    object_id: int
    field: str


@dataclass
class Texts:
    """The texts of some objects for a reader of `locale`; what is not translated is given in the original."""

    locale: str
    translations: dict[Key, str] = field(default_factory=dict)
    #: The objects that were asked for, by table and id.
    loaded: set[tuple[str, int]] = field(default_factory=set)

    def get(self, thing: Any, name: str) -> Text:
        """The text of the field `name` of `thing`; empty when nobody wrote one."""
        translated = self.translations.get(Key(thing.__tablename__, thing.id, name))
        if translated is not None:
            return make_text(translated, self.locale)
        return original(thing, name)


def original(thing: Any, name: str) -> Text:
    """The text as it was written."""
    return make_text(getattr(thing, name) or "", thing.language)


def make_text(value: str, language: str) -> Text:
    """A text in `language`."""
    return Text(value, language, direction(language))


def load_texts(session: Session, objects: Iterable[Any], locale: str, into: Texts | None = None) -> Texts:
    """The texts of all `objects` for a reader of `locale`: at most one query, none when all are written in it.

    `into` adds to texts that were loaded before.
    """
    texts = into or Texts(locale)
    fresh = {(thing.__tablename__, thing.id): thing for thing in objects}
    wanted = [key for key in fresh if key not in texts.loaded]
    texts.loaded.update(wanted)
    foreign = [key for key in wanted if fresh[key].language != locale]
    if foreign:
        query = select(TextTranslation).where(TextTranslation.language == locale, _belongs_to(foreign))
        for row in session.scalars(query):
            texts.translations[Key(row.object_type, row.object_id, row.field)] = row.text
    return texts


def _belongs_to(keys: Iterable[tuple[str, int]]) -> ColumnElement[bool]:
    by_type: dict[str, list[int]] = {}
    for object_type, object_id in keys:
        by_type.setdefault(object_type, []).append(object_id)
    conditions = [
        and_(TextTranslation.object_type == object_type, TextTranslation.object_id.in_(ids))
        for object_type, ids in by_type.items()
    ]
    return or_(false(), *conditions)


def translations_of(session: Session, thing: Any) -> dict[str, dict[str, TextTranslation]]:
    """All translations of `thing`: by language, then by field."""
    found: dict[str, dict[str, TextTranslation]] = {}
    for row in session.scalars(select(TextTranslation).where(_belongs_to([(thing.__tablename__, thing.id)]))):
        found.setdefault(row.language, {})[row.field] = row
    return found


def save(
    session: Session,
    thing: Any,
    language: str,
    texts: Mapping[str, str],
    *,
    now: datetime,
    reviewed: bool = False,
) -> Sequence[str]:
    """Write the translation of `thing` into `language`; an empty text removes it. Returns the names of changed fields.

    `reviewed` says that a person has compared these texts with the original as it is now.
    Raises ValueError for a field that the model does not declare as TRANSLATED, and for the original's own language.
    """
    if language == thing.language:
        raise ValueError("the original is edited where it is, not as a translation")
    undeclared = texts.keys() - set(thing.TRANSLATED)
    if undeclared:
        raise ValueError(f"not translatable: {sorted(undeclared)}")
    existing = translations_of(session, thing).get(language, {})
    changed = []
    for name, text in texts.items():
        row = existing.get(name)
        if not text.strip():
            if row is not None:
                session.delete(row)
                changed.append(name)
            continue
        if row is None:
            row = TextTranslation(object_type=thing.__tablename__, object_id=thing.id, field=name, language=language)
            session.add(row)
        said = (text, getattr(thing, name) or "", reviewed)
        if (row.text, row.original, row.reviewed) != said:
            row.text, row.original, row.reviewed = said
            row.updated_at = now
            changed.append(name)
    return changed


def is_outdated(thing: Any, translation: TextTranslation) -> bool:
    """True when the original has changed since it was translated."""
    return (getattr(thing, translation.field) or "") != translation.original


def erase(session: Session, thing: Any) -> None:
    """Delete all translations of `thing`. Deleting the thing through the session does it by itself."""
    session.execute(delete(TextTranslation).where(_belongs_to([(thing.__tablename__, thing.id)])))


@event.listens_for(Base, "after_delete", propagate=True)
def _erase_with_object(mapper: Mapper[Any], connection: Connection, thing: Any) -> None:
    if getattr(mapper.class_, "TRANSLATED", ()):
        key = (thing.__tablename__, inspect(thing).identity[0])
        connection.execute(delete(TextTranslation).where(_belongs_to([key])))
