"""Find municipalities, and edit what a municipality says about itself."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, update
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.errors import DomainError, check_version
from fdplattform.journal.services import Actor, record
from fdplattform.municipalities.colour import READABLE, contrast
from fdplattform.municipalities.models import Municipality, MunicipalityKind
from fdplattform.web.slugs import fold, free_slug, slugify

_ = TranslationStringFactory("fdplattform")

#: Fewer letters must be the whole name: there are places called "Au".
SEARCH_LETTERS = 3


def search_query(text: str) -> Select[Municipality]:
    """Municipalities by name (any part, from three letters) or postcode, whether they take part or not.

    Names that begin so come first, then larger places. Umlauts may be written either way.
    """
    folded, slug = fold(text), slugify(text)
    begins = [Municipality.search_name.startswith(folded, autoescape=True)]
    if slug:
        begins.append(Municipality.slug.startswith(slug, autoescape=True))
    begins_so = case((or_(*begins), 0), else_=1)
    size = func.coalesce(Municipality.population, 0).desc()
    return select(Municipality).where(_matches(text)).order_by(begins_so, size, Municipality.name, Municipality.id)


def _matches(text: str) -> ColumnElement[bool]:
    folded, slug = fold(text), slugify(text)
    if len(folded) < SEARCH_LETTERS:
        return Municipality.search_name == folded
    if folded.isdigit():
        return Municipality.postcode.startswith(folded, autoescape=True)
    by_name = Municipality.search_name.contains(folded, autoescape=True)
    return or_(by_name, Municipality.slug.contains(slug, autoescape=True)) if slug else by_name


def participating_query() -> Select[Municipality]:
    """The municipalities that take part, by name."""
    return select(Municipality).where(Municipality.active).order_by(Municipality.search_name, Municipality.id)


def count(session: Session, query: Select[Any]) -> int:
    """How many rows `query` finds."""
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def activate(session: Session, municipality_id: int) -> None:
    """Let the municipality take part. It is no edit of its page, so `version` stays."""
    session.execute(
        update(Municipality)
        .where(Municipality.id == municipality_id, Municipality.active.is_(False))
        .values(active=True)
    )


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a municipality says about itself."""

    introduction: str | None
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    website: str | None
    colour: str | None


def edit_profile(session: Session, municipality: Municipality, profile: Profile, *, version: int, actor: Actor) -> None:
    """Change what the municipality says about itself. Raises StaleVersion, and DomainError for an unreadable colour."""
    check_version(municipality, version)
    check_colour(profile.colour)
    changed = {name: value for name, value in asdict(profile).items() if getattr(municipality, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(municipality, name, value)
    record(
        session,
        "municipality:edit",
        actor=actor,
        municipality_id=municipality.id,
        payload={"fields": sorted(changed)},
    )


def set_logo(session: Session, municipality: Municipality, file_id: int | None, *, actor: Actor) -> None:
    """Use a stored file as the logo, or none."""
    municipality.logo_id = file_id
    record(session, "municipality:logo", actor=actor, municipality_id=municipality.id)


def colour_of(session: Session, municipality_id: int) -> str | None:
    """The colour that the municipality chose, if any."""
    return session.scalar(select(Municipality.colour).where(Municipality.id == municipality_id))


def check_colour(colour: str | None) -> None:
    """Raises DomainError when text in this colour cannot be read on white."""
    if colour is None:
        return
    try:
        ratio = contrast(colour)
    except ValueError as error:
        raise DomainError(_("Write the colour with six digits, for example #005b8c."), field="colour") from error
    if ratio < READABLE:
        message = _("This colour is too light to be read on white. Please choose a darker one.")
        raise DomainError(message, field="colour")


def create_fictional(session: Session, name: str, **columns: object) -> Municipality:
    """A municipality that does not exist, for a demo or for practice; its pages say so."""
    taken = set(session.scalars(select(Municipality.slug)))
    values = {
        "kind": MunicipalityKind.GEMEINDE,
        "type": "Gemeinde",
        "state": "Baden-Württemberg",
        "official_name": name,
        "active": True,
        **columns,
    }
    municipality = Municipality(
        name=name,
        slug=free_slug(name, taken, fallback="gemeinde"),
        search_name=fold(name),
        fictional=True,
        **values,
    )
    session.add(municipality)
    session.flush()
    return municipality
