"""Parameters of the API: declared once, they read what was asked and describe themselves in OpenAPI."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.errors import DomainError

_ = TranslationStringFactory("fdplattform")

#: The largest id that both engines can compare with.
MAX_ID = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Parameter(ABC):
    """A named value of a request. English, because its readers write programs."""

    name: str
    description: str
    #: What holds when nobody says anything; None is not described.
    default: Any = None

    @property
    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """The JSON schema of its values."""

    @abstractmethod
    def read(self, text: str) -> Any:
        """The value. Raises DomainError, which names the parameter."""

    def describe(self, place: str) -> dict[str, Any]:
        """The parameter as OpenAPI writes it; `place` is `query` or `path`."""
        default = {} if self.default is None else {"default": self.default}
        return {
            "name": self.name,
            "in": place,
            "required": place == "path",
            "description": self.description,
            "schema": {**self.schema, **default},
        }


@dataclass(frozen=True, kw_only=True)
class Number(Parameter):
    """A whole number."""

    least: int = 1
    most: int = MAX_ID

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def read(self, text: str) -> int:
        # No more digits than the largest value has: int() of a million digits takes minutes.
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(self.most))
        if not is_number or not self.least <= int(text) <= self.most:
            raise DomainError(
                _(
                    "The parameter “${name}” must be a whole number from ${least} to ${most}.",
                    mapping={"name": self.name, "least": self.least, "most": self.most},
                ),
                self.name,
            )
        return int(text)


@dataclass(frozen=True, kw_only=True)
class Word(Parameter):
    """A name, such as a slug or an id of a format."""

    max_length: int = 100

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.max_length}

    def read(self, text: str) -> str:
        if not 0 < len(text) <= self.max_length or "\x00" in text:
            raise DomainError(
                _(
                    "The parameter “${name}” must have from 1 to ${most} characters.",
                    mapping={"name": self.name, "most": self.max_length},
                ),
                self.name,
            )
        return text


@dataclass(frozen=True, kw_only=True)
class OneOf(Parameter):
    """One of a few values."""

    values: tuple[str, ...]

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.values)}

    def read(self, text: str) -> str:
        if text not in self.values:
            raise DomainError(
                _(
                    "The parameter “${name}” must be one of: ${values}.",
                    mapping={"name": self.name, "values": ", ".join(self.values)},
                ),
                self.name,
            )
        return text


PAGE = Number(name="page", description="Which page of the list, from 1.", most=1_000_000, default=1)
PER_PAGE = Number(name="per_page", description="How many items a page has.", most=200, default=50)


def read_all(parameters: Iterable[Parameter], given: Mapping[str, str]) -> dict[str, Any]:
    """The value of each parameter, or its default. Raises DomainError for a bad value and for an unknown name.

    A misspelt filter that is silently ignored would look like a complete answer.
    """
    known = {parameter.name: parameter for parameter in parameters}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise DomainError(_("There is no parameter “${name}” here.", mapping={"name": unknown[0]}), unknown[0])
    return {
        name: parameter.read(given[name]) if name in given else parameter.default for name, parameter in known.items()
    }
