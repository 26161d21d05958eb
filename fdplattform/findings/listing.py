"""Findings as pages show them: with the text in the reader's language, their origin and their fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyramid.request import Request
from sqlalchemy import select
from translationstring import TranslationString

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.models import Event
from fdplattform.events.resources import event_resource
from fdplattform.findings.fields import fields_by_finding, fields_of
from fdplattform.findings.models import FieldOfAction, Finding, FindingKind
from fdplattform.findings.services import by_kind
from fdplattform.findings.titles import KIND_TITLES
from fdplattform.security.permissions import Permission
from fdplattform.translation.services import Text


@dataclass(frozen=True)
class FieldLink:
    """A field of action that a finding is in."""

    id: int
    position: int
    title: Text
    href: str


@dataclass(frozen=True)
class FindingRow:
    """A finding in a list. `event_href` is None where the reader may not see the event, or where it is gone."""

    finding: Finding
    text: Text
    href: str
    event_href: str | None
    fields: tuple[FieldLink, ...] = ()


@dataclass
class FieldGroup:
    """The findings of one kind in one field of action; `link` is None for those in none."""

    link: FieldLink | None
    rows: list[FindingRow] = field(default_factory=list)


@dataclass(frozen=True)
class KindGroup:
    """The findings of one kind."""

    kind: FindingKind
    title: TranslationString
    groups: Sequence[FieldGroup]

    @property
    def count(self) -> int:
        """How many findings it has."""
        return sum(len(group.rows) for group in self.groups)


def field_links(request: Request, place: DialogueResource, fields: Sequence[FieldOfAction]) -> dict[int, FieldLink]:
    """The fields by id, with a link to their place on the page of all fields."""
    texts = request.texts(*fields)
    page = request.resource_path(place, "handlungsfelder")
    return {
        each.id: FieldLink(each.id, each.position, texts.get(each, "title"), f"{page}#feld-{each.id}")
        for each in fields
    }


def finding_rows(request: Request, place: DialogueResource, findings: Sequence[Finding]) -> list[FindingRow]:
    """The findings of the dialogue at `place`; the number of queries does not depend on how many there are."""
    texts = request.texts(*findings)
    events = event_links(request, place, {each.event_id for each in findings if each.event_id})
    links = field_links(request, place, fields_of(request.db, place.dialogue.id))
    inside = fields_by_finding(request.db, place.dialogue.id)
    page = request.resource_path(place, "ergebnisse")
    return [
        FindingRow(
            finding=each,
            text=texts.get(each, "text"),
            href=f"{page}/{each.id}",
            event_href=events.get(each.event_id or 0),
            fields=tuple(links[number] for number in inside.get(each.id, ())),
        )
        for each in findings
    ]


def event_links(request: Request, place: DialogueResource, ids: Iterable[int]) -> dict[int, str]:
    """The addresses of those of these events that the reader may see."""
    wanted = set(ids)
    if not wanted:
        return {}
    events = request.db.scalars(select(Event).where(Event.id.in_(wanted)))
    resources = {event.id: event_resource(place, event) for event in events}
    return {
        number: request.resource_path(resource)
        for number, resource in resources.items()
        if request.has_permission(Permission.EVENT_VIEW, resource)
    }


def group_rows(rows: Sequence[FindingRow]) -> list[KindGroup]:
    """By kind, and within a kind by the (first) field of action; those in no field come last."""
    by_id: Mapping[int, FindingRow] = {row.finding.id: row for row in rows}
    return [
        KindGroup(kind, KIND_TITLES[kind], _by_field([by_id[each.id] for each in findings]))
        for kind, findings in by_kind(row.finding for row in rows).items()
    ]


def _by_field(rows: Sequence[FindingRow]) -> list[FieldGroup]:
    groups: dict[FieldLink | None, FieldGroup] = {}
    for row in rows:
        link = row.fields[0] if row.fields else None
        groups.setdefault(link, FieldGroup(link)).rows.append(row)
    return sorted(groups.values(), key=lambda group: (group.link is None, group.link.position if group.link else 0))
