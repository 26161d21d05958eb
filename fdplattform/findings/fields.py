"""Fields of action: made from findings or beforehand, put in order, merged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Column, delete, insert, select, update
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.db import Base
from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import DomainError, check_version
from fdplattform.findings.models import FieldOfAction, Finding, field_finding
from fdplattform.findings.record import note
from fdplattform.journal.services import Actor
from fdplattform.translation.services import save as save_translation

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True, kw_only=True)
class FieldText:
    """What is said about a field of action. `translations` gives its title in other languages, where known."""

    title: str
    description: str | None = None
    language: str = "de"
    translations: Mapping[str, str] = field(default_factory=dict)


def create_fields(
    session: Session, dialogue: Dialogue, texts: Sequence[FieldText], *, now: datetime, actor: Actor
) -> list[FieldOfAction]:
    """Add fields of action at the end of the list. A title that the dialogue has already is not added again."""
    existing = fields_of(session, dialogue.id)
    taken = {each.title.casefold() for each in existing}
    last = max((each.position for each in existing), default=0)
    made: list[tuple[FieldOfAction, FieldText]] = []
    for text in texts:
        if text.title.casefold() in taken:
            continue
        taken.add(text.title.casefold())
        made.append((_new_field(dialogue, text, last + len(made) + 1, now), text))
    session.add_all(each for each, _text in made)
    session.flush()
    for each, text in made:
        for language, title in text.translations.items():
            save_translation(session, each, language, {"title": title}, now=now)
        note(session, "field:create", dialogue, actor, subject_id=each.id, title=each.title)
    return [each for each, _text in made]


def _new_field(dialogue: Dialogue, text: FieldText, position: int, now: datetime) -> FieldOfAction:
    return FieldOfAction(
        dialogue_id=dialogue.id,
        position=position,
        title=text.title,
        description=text.description,
        language=text.language,
        created_at=now,
    )


def create_field(
    session: Session,
    dialogue: Dialogue,
    text: FieldText,
    *,
    finding_ids: Collection[int] = (),
    now: datetime,
    actor: Actor,
) -> FieldOfAction:
    """Make a field of action, from findings where there are some. Raises DomainError when its title is taken."""
    made = create_fields(session, dialogue, [text], now=now, actor=actor)
    if not made:
        raise DomainError(_("This dialogue already has a field of action of that name."), field="title")
    if finding_ids:
        attach(session, dialogue, made[0], finding_ids, actor=actor)
    return made[0]


def edit_field(
    session: Session, dialogue: Dialogue, thing: FieldOfAction, text: FieldText, *, version: int, actor: Actor
) -> None:
    """Rename or describe a field of action. Raises StaleVersion, and DomainError when the title is taken."""
    check_version(thing, version)
    others = (each for each in fields_of(session, dialogue.id) if each.id != thing.id)
    if text.title.casefold() in {each.title.casefold() for each in others}:
        raise DomainError(_("This dialogue already has a field of action of that name."), field="title")
    if (thing.title, thing.description, thing.language) == (text.title, text.description, text.language):
        return
    thing.title, thing.description, thing.language = text.title, text.description, text.language
    note(session, "field:edit", dialogue, actor, subject_id=thing.id, title=thing.title)


def attach(
    session: Session, dialogue: Dialogue, thing: FieldOfAction, finding_ids: Collection[int], *, actor: Actor
) -> int:
    """Put findings of the dialogue into a field; one finding may be in several. Returns how many were new in it."""
    inside = select(field_finding.c.finding_id).where(field_finding.c.field_id == thing.id)
    query = select(Finding.id).where(
        Finding.dialogue_id == dialogue.id, Finding.id.in_(finding_ids), Finding.id.not_in(inside)
    )
    fresh = session.scalars(query).all()
    if fresh:
        session.execute(insert(field_finding), [{"field_id": thing.id, "finding_id": each} for each in fresh])
        note(session, "field:attach", dialogue, actor, subject_id=thing.id, title=thing.title, ids=sorted(fresh))
    return len(fresh)


def detach(session: Session, dialogue: Dialogue, thing: FieldOfAction, finding_id: int, *, actor: Actor) -> None:
    """Take a finding out of a field; the finding stays."""
    gone = session.execute(
        delete(field_finding)
        .where(field_finding.c.field_id == thing.id, field_finding.c.finding_id == finding_id)
        .returning(field_finding.c.finding_id)
    ).all()
    if gone:
        note(session, "field:detach", dialogue, actor, subject_id=thing.id, title=thing.title, ids=[finding_id])


def move_field(session: Session, dialogue: Dialogue, thing: FieldOfAction, steps: int, *, actor: Actor) -> None:
    """Let a field come earlier (negative) or later by `steps`; at either end it stays where it is."""
    fields = list(fields_of(session, dialogue.id))
    here = fields.index(thing)
    there = min(max(here + steps, 0), len(fields) - 1)
    if there == here:
        return
    fields.insert(there, fields.pop(here))
    for position, each in enumerate(fields, start=1):
        each.position = position
    note(session, "field:move", dialogue, actor, subject_id=thing.id, title=thing.title)


def merge_fields(
    session: Session, dialogue: Dialogue, target: FieldOfAction, other_ids: Collection[int], *, actor: Actor
) -> int:
    """Make several fields one: all that belonged to the others belongs to `target`, and the others are deleted.

    Returns how many were merged into it.
    """
    others = [each for each in fields_of(session, dialogue.id) if each.id in other_ids and each.id != target.id]
    if not others:
        return 0
    ids, titles = [each.id for each in others], ", ".join(each.title for each in others)
    moved = session.scalars(select(field_finding.c.finding_id).where(field_finding.c.field_id.in_(ids))).all()
    attach(session, dialogue, target, set(moved), actor=actor)
    for column in _referring_columns():
        table = column.table
        session.execute(update(table).where(column.in_(ids)).values({column: target.id}))
    session.expire_all()
    for each in others:
        session.delete(each)
    session.flush()
    note(session, "field:merge", dialogue, actor, subject_id=target.id, title=target.title, titles=titles)
    return len(others)


def _referring_columns() -> list[Column]:
    # Whatever room refers to a field follows it; this room need not know which do.
    tables = [table for table in Base.metadata.sorted_tables if table is not field_finding]
    keys = [key for table in tables for key in table.foreign_keys if key.column.table is FieldOfAction.__table__]
    return [key.parent for key in keys]


def delete_field(session: Session, dialogue: Dialogue, thing: FieldOfAction, *, actor: Actor) -> None:
    """Delete a field; its findings, proposals and groups stay without it."""
    note(session, "field:delete", dialogue, actor, subject_id=thing.id, title=thing.title)
    session.delete(thing)
    session.flush()


def find_field(session: Session, dialogue_id: int, field_id: int) -> FieldOfAction | None:
    """The field of this dialogue with this id."""
    return session.scalar(
        select(FieldOfAction).where(FieldOfAction.dialogue_id == dialogue_id, FieldOfAction.id == field_id)
    )


def fields_of(session: Session, dialogue_id: int) -> Sequence[FieldOfAction]:
    """The fields of a dialogue in their order."""
    query = select(FieldOfAction).where(FieldOfAction.dialogue_id == dialogue_id)
    return session.scalars(query.order_by(FieldOfAction.position, FieldOfAction.id)).all()


def field_options(session: Session, dialogue_id: int) -> list[tuple[int, str]]:
    """The fields of a dialogue to choose from in a form."""
    return [(each.id, each.title) for each in fields_of(session, dialogue_id)]


def fields_by_finding(session: Session, dialogue_id: int) -> dict[int, list[int]]:
    """Finding id → ids of the fields it is in, for all findings of a dialogue that are in any."""
    query = (
        select(field_finding.c.finding_id, field_finding.c.field_id)
        .join(FieldOfAction, FieldOfAction.id == field_finding.c.field_id)
        .where(FieldOfAction.dialogue_id == dialogue_id)
        .order_by(FieldOfAction.position, FieldOfAction.id)
    )
    found: dict[int, list[int]] = {}
    for finding_id, field_id in session.execute(query):
        found.setdefault(finding_id, []).append(field_id)
    return found
