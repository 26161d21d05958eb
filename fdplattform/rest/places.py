"""Municipalities and dialogues for machines. Names and numbers of contact persons stay on the pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pyramid.request import Request
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager

from fdplattform.dialogues.cards import phases_by_dialogue
from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.dialogues.phases import current_phase
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.municipalities.services import participating_query


def municipalities_query(_request: Request, _values: dict[str, Any]) -> Select[Any]:
    """The municipalities that take part."""
    return participating_query()


def municipality_has_slug(slug: str) -> ColumnElement[bool]:
    """The municipality with this slug."""
    return Municipality.slug == slug


def present_municipalities(request: Request, found: Sequence[Municipality]) -> list[dict[str, Any]]:
    """As the schema `Municipality`; one query for all texts."""
    texts = request.texts(*found)
    items = []
    for each in found:
        introduction = texts.get(each, "introduction")
        items.append(
            {
                "slug": each.slug,
                "name": each.name,
                "official_name": each.official_name,
                "kind": each.kind.value,
                "type": each.type,
                "state": each.state,
                "district": each.district,
                "ags": each.ags,
                "population": each.population,
                "introduction": introduction.value or None,
                "language": introduction.lang,
                "website": each.website,
                "fictional": each.fictional,
                "url": request.resource_url(municipality_resource(request, each)),
            }
        )
    return items


def dialogues_query(_request: Request, values: dict[str, Any]) -> Select[Any]:
    """The public dialogues, by id, each with its municipality."""
    query = (
        select(Dialogue)
        .join(Dialogue.municipality)
        .options(contains_eager(Dialogue.municipality))
        .where(Dialogue.state != DialogueState.DRAFT)
        .order_by(Dialogue.id)
    )
    if values.get("municipality"):
        query = query.where(Municipality.slug == values["municipality"])
    if values.get("state"):
        query = query.where(Dialogue.state == DialogueState(values["state"]))
    return query


def dialogue_has_id(dialogue_id: int) -> ColumnElement[bool]:
    """The dialogue with this id."""
    return Dialogue.id == dialogue_id


def present_dialogues(request: Request, found: Sequence[Dialogue]) -> list[dict[str, Any]]:
    """As the schema `Dialogue`; two queries for all."""
    texts = request.texts(*found)
    phases = phases_by_dialogue(request.db, [each.id for each in found])
    today = request.fmt.local(request.now).date()
    items = []
    for each in found:
        title = texts.get(each, "title")
        phase = current_phase(phases[each.id], today)
        place = municipality_resource(request, each.municipality)
        items.append(
            {
                "id": each.id,
                "title": title.value,
                "goal": texts.get(each, "goal").value,
                "results_promise": texts.get(each, "results_promise").value,
                "language": title.lang,
                "municipality": each.municipality.slug,
                "state": each.state.value,
                "building_block": phase.block if phase else None,
                "languages": each.languages,
                "starts_on": _day(each.starts_on),
                "ends_on": _day(each.ends_on),
                "url": request.resource_url(dialogue_resource(place, each)),
            }
        )
    return items


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
