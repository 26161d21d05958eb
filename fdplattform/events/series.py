"""A series: one event for each of a dialogue's fields of action, and the synthesis of all."""

from collections.abc import Sequence
from datetime import datetime

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import DomainError, check_version
from fdplattform.events.models import EventSeries
from fdplattform.events.services import NewEvent, create_event
from fdplattform.findings.models import FieldOfAction
from fdplattform.journal.services import Actor, record
from fdplattform.plugins.format import EventFormat
from fdplattform.translation.packed import localizer_for

_ = TranslationStringFactory("fdplattform")


def create_series(
    session: Session,
    registry: Registry,
    dialogue: Dialogue,
    format_: EventFormat,
    title: str,
    field_ids: Sequence[int],
    *,
    actor: Actor,
    now: datetime,
) -> EventSeries:
    """One event for each of the dialogue's fields, in one step. Raises DomainError when no field is chosen."""
    if format_.conduct.series is None:
        raise DomainError(_("This format is not made for a series."))
    query = select(FieldOfAction).where(FieldOfAction.dialogue_id == dialogue.id, FieldOfAction.id.in_(field_ids))
    chosen = session.scalars(query.order_by(FieldOfAction.position)).all()
    if not chosen:
        raise DomainError(_("Choose at least one field of action."), "fields")
    series = EventSeries(
        dialogue_id=dialogue.id, format_id=format_.id, title=title, language=dialogue.language, created_at=now
    )
    session.add(series)
    session.flush()
    translate = localizer_for(registry, dialogue.language).translate
    for item in chosen:
        new = NewEvent(
            title=translate(format_.conduct.series.event_title, mapping={"field": item.title})[:200],
            goal=dialogue.goal,
            results_promise=dialogue.results_promise,
            language=dialogue.language,
            field_id=item.id,
            series_id=series.id,
            block=min(format_.fit.blocks),
        )
        create_event(session, registry, dialogue, format_, new, actor=actor, now=now)
    return series


def edit_series(
    session: Session,
    dialogue: Dialogue,
    series: EventSeries,
    *,
    title: str,
    synthesis: str | None,
    version: int,
    actor: Actor,
) -> None:
    """Change the title or write the synthesis. Raises StaleVersion."""
    check_version(series, version)
    series.title, series.synthesis = title, synthesis
    record(
        session,
        "event:series",
        actor=actor,
        subject_id=series.id,
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        payload={"title": title},
    )
