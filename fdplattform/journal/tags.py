"""The tags of the journal: what can be recorded, how it is called, and which of it is personal."""

import logging
import re
from dataclasses import dataclass, field
from typing import ClassVar

from pyramid.config import Configurator
from sqlalchemy.orm import Session
from translationstring import TranslationString

log = logging.getLogger(__name__)

_TAG = re.compile(r"[a-z][a-z0-9_]*(?::[a-z][a-z0-9_]*)+")

#: Says that the whole payload of a tag is personal.
EVERYTHING = ("*",)


class UnknownTag(LookupError):
    """A tag was recorded that no room registered."""


@dataclass(frozen=True)
class Tag:
    """A kind of journal entry. `shred` names the payload keys that hold personal data."""

    name: str
    #: May contain `${key}` for each key of the payload.
    title: TranslationString
    shred: tuple[str, ...] = ()

    def without_personal_data(self, payload: dict[str, object] | None) -> dict[str, object] | None:
        """The payload with its personal values emptied; the keys stay, so that titles can still be shown."""
        if payload is None:
            return None
        return {key: None if self._is_personal(key) else value for key, value in payload.items()}

    def _is_personal(self, key: str) -> bool:
        return self.shred == EVERYTHING or key in self.shred


@dataclass
class JournalTags:
    """All tags of the deployment."""

    INFO_KEY: ClassVar[str] = "fdplattform.journal_tags"

    strict: bool = False
    tags: dict[str, Tag] = field(default_factory=dict)

    def check(self, name: str) -> None:
        """Complain about a tag that nobody registered: raises UnknownTag when strict, logs otherwise."""
        if name in self.tags:
            return
        if self.strict:
            raise UnknownTag(f"journal tag {name!r} is not registered: call config.add_journal_tag")
        log.error("journal tag %r is not registered", name)

    def get(self, name: str) -> Tag:
        """The tag called `name`; one that is gone with its plugin counts as wholly personal."""
        return self.tags.get(name) or Tag(name, TranslationString(name), EVERYTHING)


def tags_of(session: Session) -> JournalTags:
    """The tags that `session` knows; a session made without the application knows none and complains about none."""
    found: JournalTags | None = session.info.get(JournalTags.INFO_KEY)
    return found or JournalTags()


def add_journal_tag(config: Configurator, name: str, title: TranslationString, shred: tuple[str, ...] = ()) -> None:
    """Directive: register the tag `name` (`subject:action`). Two rooms with the same tag are a conflict."""
    if not _TAG.fullmatch(name):
        raise ValueError(f"a journal tag is written subject:action, not {name!r}")

    def register() -> None:
        config.registry.journal_tags.tags[name] = Tag(name, title, tuple(shred))

    config.action(("journal tag", name), register)
