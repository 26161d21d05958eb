"""Errors of the domain: what a rule refuses. The web layer turns each into an answer; services only raise them."""

from typing import Any

from translationstring import TranslationString, TranslationStringFactory

_ = TranslationStringFactory("fdplattform")


class Retired(DeprecationWarning):
    """A plugin uses what the next major version of the API will not have. The message says what to do instead."""


class DomainError(Exception):
    """A rule refuses what was asked. `message` is translatable and addressed to the person who asked."""

    status = 400

    def __init__(self, message: str | TranslationString, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        #: Name of the form field the message belongs to, or None when it is about the whole.
        self.field = field


class NotAllowed(DomainError):
    """The person may not do this, whatever the state of the thing."""

    status = 403


class Conflict(DomainError):
    """Somebody else was faster, or the thing is in a state in which this is impossible."""

    status = 409


class StaleVersion(Conflict):
    """The edited thing has changed since the form was opened. `current` is the thing as it is now."""

    def __init__(self, message: str | TranslationString, current: Any) -> None:
        super().__init__(message)
        self.current = current


def check_version(thing: Any, version: int) -> None:
    """Raises StaleVersion when `thing` is no longer in the version in which its form was opened."""
    if thing.version != version:
        raise StaleVersion(_("Somebody else has changed this in the meantime."), thing)


class TooMany(DomainError):
    """A rate limit was reached; `retry_after` is in seconds."""

    status = 429

    def __init__(self, message: str | TranslationString, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
