"""The collections of the API: one declaration of each, from which routes, checks and the description are made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pyramid.request import Request
from sqlalchemy import ColumnElement, Select

from fdplattform.municipalities.services import count
from fdplattform.rest import events, places
from fdplattform.rest.formats import FormatSource
from fdplattform.rest.parameters import PAGE, PER_PAGE, Number, OneOf, Parameter, Word
from fdplattform.settings import Settings

Item = dict[str, Any]


class Source(Protocol):
    """Where the items of a collection come from. Each answer takes a constant number of queries."""

    def page(self, request: Request, values: Item, *, limit: int, offset: int) -> tuple[list[Item], int]:
        """A part of the items that `values` (the read parameters) ask for, and how many there are in all."""

    def one(self, request: Request, key: Any) -> Item | None:
        """The item with this key, or None."""


@dataclass(frozen=True, kw_only=True)
class DatabaseSource:
    """Items that are rows. `query` finds only what everybody sees."""

    query: Callable[[Request, Item], Select[Any]]
    has_key: Callable[[Any], ColumnElement[bool]]
    present: Callable[[Request, Sequence[Any]], list[Item]]

    def page(self, request: Request, values: Item, *, limit: int, offset: int) -> tuple[list[Item], int]:
        """As `Source.page`."""
        query = self.query(request, values)
        rows = request.db.scalars(query.limit(limit).offset(offset)).all()
        return self.present(request, rows), count(request.db, query)

    def one(self, request: Request, key: Any) -> Item | None:
        """As `Source.one`."""
        rows = request.db.scalars(self.query(request, {}).where(self.has_key(key))).all()
        return self.present(request, rows)[0] if rows else None


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A list of things of one kind, and each of them."""

    name: str
    summary: str
    #: The name of the items' schema.
    schema: str
    key: Parameter
    #: In which language the texts are given.
    lang: Parameter
    filters: tuple[Parameter, ...] = ()
    source: Source

    @property
    def path(self) -> str:
        """The list's address."""
        return f"/api/v1/{self.name}"

    @property
    def path_of_one(self) -> str:
        """The pattern of the items' addresses."""
        return f"{self.path}/{{key}}"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What can be asked of the list."""
        return (*self.filters, self.lang, PAGE, PER_PAGE)

    @property
    def parameters_of_one(self) -> tuple[Parameter, ...]:
        """What can be asked of one item."""
        return (self.lang,)


def collections(settings: Settings) -> tuple[Collection, ...]:
    """All collections of a deployment, whose languages are the settings' locales."""
    lang = OneOf(
        name="lang",
        description="The language of the texts. What is not translated is given in the original.",
        values=settings.locales,
        default=settings.default_locale,
    )
    number = Number(name="key", description="The item's id.")
    municipality = Word(name="municipality", description="Only of the municipality with this slug.")
    return (
        Collection(
            name="municipalities",
            summary="Municipalities that take part",
            schema="Municipality",
            key=Word(name="key", description="The municipality's slug."),
            lang=lang,
            source=DatabaseSource(
                query=places.municipalities_query,
                has_key=places.municipality_has_slug,
                present=places.present_municipalities,
            ),
        ),
        Collection(
            name="dialogues",
            summary="Dialogues that are public",
            schema="Dialogue",
            key=number,
            lang=lang,
            filters=(
                municipality,
                OneOf(name="state", description="Only in this state.", values=("published", "closed")),
            ),
            source=DatabaseSource(
                query=places.dialogues_query, has_key=places.dialogue_has_id, present=places.present_dialogues
            ),
        ),
        Collection(
            name="formats",
            summary="Formats that are installed",
            schema="Format",
            key=Word(name="key", description="The format's id."),
            lang=lang,
            source=FormatSource(),
        ),
        Collection(
            name="events",
            summary="Events that are public, by their first date",
            schema="Event",
            key=number,
            lang=lang,
            filters=(
                municipality,
                Number(name="dialogue", description="Only of the dialogue with this id."),
                Word(name="format", description="Only of the format with this id."),
                Word(name="state", description="Only in the state with this id."),
                OneOf(name="registration", description="Only those for which people can register.", values=("open",)),
            ),
            source=DatabaseSource(query=events.query, has_key=events.has_id, present=events.present),
        ),
    )
