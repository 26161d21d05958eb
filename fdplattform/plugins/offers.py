"""Offer a format in a municipality, or withdraw it. Withdrawn means: no new events; existing ones stay as they are."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.plugins.models import FormatOffer


def offered(session: Session, municipality_id: int, loaded: Iterable[str]) -> frozenset[str]:
    """Those of the `loaded` formats in which the municipality can create events."""
    query = select(FormatOffer.format_id).where(
        FormatOffer.municipality_id == municipality_id, FormatOffer.offered.is_(False)
    )
    return frozenset(loaded) - set(session.scalars(query))


def offer(session: Session, municipality_id: int, format_id: str, *, offered: bool) -> FormatOffer:
    """Offer the format, or withdraw it."""
    row = _row(session, municipality_id, format_id)
    row.offered = offered
    return row


def save_settings(session: Session, municipality_id: int, format_id: str, settings: dict[str, Any]) -> FormatOffer:
    """Keep the municipality's settings for the format, as its schema serialized them."""
    row = _row(session, municipality_id, format_id)
    row.settings = settings
    return row


def settings_of(session: Session, municipality_id: int, format_id: str) -> dict[str, Any]:
    """The municipality's settings for the format as stored; empty when it has none."""
    query = select(FormatOffer.settings).where(
        FormatOffer.municipality_id == municipality_id, FormatOffer.format_id == format_id
    )
    return session.scalar(query) or {}


def _row(session: Session, municipality_id: int, format_id: str) -> FormatOffer:
    query = select(FormatOffer).where(
        FormatOffer.municipality_id == municipality_id, FormatOffer.format_id == format_id
    )
    row = session.scalar(query)
    if row is None:
        row = FormatOffer(municipality_id=municipality_id, format_id=format_id, offered=True)
        session.add(row)
    return row
