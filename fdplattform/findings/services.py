"""Enter, change, publish and delete findings. Nothing here knows who said something."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import DomainError, check_version
from fdplattform.findings.models import Finding, FindingKind
from fdplattform.findings.record import note
from fdplattform.journal.services import Actor

_ = TranslationStringFactory("fdplattform")

#: One paste is at most as long as the walls of a large hall.
MAX_LINES = 500
MAX_TEXT = 2000
MAX_WEIGHT = 9999
MAX_ORIGIN = 300

_BULLET = re.compile(r"^\s*(?:[-–—*•·▪]|\d{1,3}[.)])\s+")
_WEIGHT = re.compile(rf"\s*[\t|]\s*(\d{{1,{len(str(MAX_WEIGHT))}}})\s*$")


@dataclass(frozen=True, kw_only=True)
class FindingText:
    """What is said about a finding. `origin` is where it was said, `weight` how many dots it got."""

    kind: FindingKind
    text: str
    origin: str
    language: str = "de"
    weight: int | None = None


@dataclass(frozen=True)
class Line:
    """A line of a paste: a text and, where it was counted, its dots."""

    text: str
    weight: int | None = None


@dataclass(frozen=True)
class Added:
    """The findings that were added, and how many were there already."""

    findings: Sequence[Finding]
    known: int


def parse_lines(pasted: str) -> list[Line]:
    """One finding per line; bullets and numbers in front are dropped, empty lines skipped.

    The number of dots may follow after a vertical bar or a tab, as it comes from a spreadsheet: `More benches | 12`.
    Raises DomainError for too many or too long lines.
    """
    lines = [_parse_line(line) for line in pasted.splitlines()]
    found = [line for line in lines if line.text]
    if len(found) > MAX_LINES:
        message = _(
            "These are ${count} lines; at most ${most} at once.", mapping={"count": len(found), "most": MAX_LINES}
        )
        raise DomainError(message, field="lines")
    for number, line in enumerate(found, start=1):
        if len(line.text) > MAX_TEXT:
            message = _(
                "Line ${number} is longer than ${most} characters.", mapping={"number": number, "most": MAX_TEXT}
            )
            raise DomainError(message, field="lines")
    return found


def _parse_line(line: str) -> Line:
    counted = _WEIGHT.search(line)
    text = line[: counted.start()] if counted else line
    return Line(_BULLET.sub("", text).strip(), int(counted.group(1)) if counted else None)


def add_findings(
    session: Session,
    dialogue: Dialogue,
    texts: Sequence[FindingText],
    *,
    event_id: int | None,
    now: datetime,
    actor: Actor,
) -> Added:
    """Add findings to a dialogue, unpublished. What is there already word by word is not added a second time,

    so that a form that is sent twice does no harm.
    """
    known = _known(session, dialogue.id, event_id)
    fresh: dict[tuple[FindingKind, str, str], FindingText] = {}
    for text in texts:
        key = (text.kind, text.origin, text.text)
        if key not in known:
            fresh.setdefault(key, text)
    findings = [
        Finding(
            dialogue_id=dialogue.id,
            event_id=event_id,
            kind=text.kind,
            text=text.text,
            origin=text.origin,
            language=text.language,
            weight=text.weight,
            published=False,
            created_at=now,
        )
        for text in fresh.values()
    ]
    session.add_all(findings)
    session.flush()
    if findings:
        note(session, "finding:add", dialogue, actor, event_id=event_id, count=len(findings))
    return Added(findings, len(texts) - len(findings))


def _known(session: Session, dialogue_id: int, event_id: int | None) -> set[tuple[FindingKind, str, str]]:
    query = select(Finding.kind, Finding.origin, Finding.text).where(
        Finding.dialogue_id == dialogue_id, Finding.event_id.is_not_distinct_from(event_id)
    )
    return {(row.kind, row.origin, row.text) for row in session.execute(query)}


def edit_finding(
    session: Session, dialogue: Dialogue, finding: Finding, text: FindingText, *, version: int, actor: Actor
) -> None:
    """Change a finding. Raises StaleVersion."""
    check_version(finding, version)
    changed = [name for name in _EDITED if getattr(finding, name) != getattr(text, name)]
    if not changed:
        return
    for name in changed:
        setattr(finding, name, getattr(text, name))
    note(
        session,
        "finding:edit",
        dialogue,
        actor,
        subject_id=finding.id,
        event_id=finding.event_id,
        fields=changed,
    )


_EDITED = ("kind", "text", "origin", "language", "weight")


def set_published(session: Session, dialogue: Dialogue, ids: Collection[int], *, published: bool, actor: Actor) -> int:
    """Show these findings of the dialogue to everybody, or no longer. Returns how many it changed."""
    changed = session.execute(
        update(Finding)
        .where(Finding.dialogue_id == dialogue.id, Finding.id.in_(ids), Finding.published.is_not(published))
        .values(published=published, version=Finding.version + 1)
        .returning(Finding.id)
    ).all()
    if changed:
        tag = "finding:publish" if published else "finding:unpublish"
        note(session, tag, dialogue, actor, public=True, count=len(changed), ids=sorted(row.id for row in changed))
    return len(changed)


def delete_findings(session: Session, dialogue: Dialogue, ids: Collection[int], *, actor: Actor) -> int:
    """Delete these findings of the dialogue. The journal keeps that, not what they said. Returns how many it were."""
    findings = session.scalars(select(Finding).where(Finding.dialogue_id == dialogue.id, Finding.id.in_(ids))).all()
    if not findings:
        return 0
    kinds = sorted(finding.kind.value for finding in findings)
    for finding in findings:
        session.delete(finding)
    session.flush()
    note(session, "finding:delete", dialogue, actor, count=len(findings), kinds=kinds)
    return len(findings)


def find_finding(session: Session, dialogue_id: int, finding_id: int) -> Finding | None:
    """The finding of this dialogue with this id."""
    return session.scalar(select(Finding).where(Finding.dialogue_id == dialogue_id, Finding.id == finding_id))


def findings_of(session: Session, dialogue_id: int, *, drafts: bool, event_id: int | None = None) -> Sequence[Finding]:
    """The findings of a dialogue (or of one of its events): by kind, then those with the most dots first.

    `drafts` includes what is not published.
    """
    query = select(Finding).where(Finding.dialogue_id == dialogue_id)
    if event_id is not None:
        query = query.where(Finding.event_id == event_id)
    if not drafts:
        query = query.where(Finding.published)
    kind_order = case({kind.value: number for number, kind in enumerate(FindingKind)}, value=Finding.kind)
    return session.scalars(query.order_by(kind_order, func.coalesce(Finding.weight, 0).desc(), Finding.id)).all()


def by_kind(findings: Iterable[Finding]) -> dict[FindingKind, list[Finding]]:
    """The findings of each kind that has any, in the order of the kinds."""
    groups: dict[FindingKind, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.kind, []).append(finding)
    return {kind: groups[kind] for kind in FindingKind if kind in groups}
