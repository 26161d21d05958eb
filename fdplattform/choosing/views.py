"""Compare the formats that are offered here, and be advised which one fits."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pyramid.encode import urlencode
from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.choosing.schemas import LIMITS, NAMES, read_answers, read_block
from fdplattform.dialogues.models import PhaseStatus
from fdplattform.dialogues.phases import phases_of
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.method import BLOCKS
from fdplattform.method.advisor import (
    AIM_TITLES,
    OPENNESS_TITLES,
    QUESTION_TITLES,
    SUITABILITY_TITLES,
    TENSION_TITLES,
    WEIGHTS,
    Advice,
    Answers,
    Question,
    advise,
    choosable,
)
from fdplattform.plugins.format import EventFormat, Span
from fdplattform.plugins.offers import offered
from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")


def formats_here(context: DialogueResource, request: Request) -> list[EventFormat]:
    """The formats in which events can be created in this municipality."""
    formats: dict[str, EventFormat] = request.registry.plugins.formats
    ids = offered(request.db, context.dialogue.municipality_id, formats)
    return [item for item in formats.values() if item.id in ids]


@view_config(
    context=DialogueResource,
    name="format-waehlen",
    permission=Permission.EVENT_CREATE,
    renderer="fdplattform.templates:choosing/compare.pt",
    request_method="GET",
)
def compare(context: DialogueResource, request: Request) -> dict[str, Any]:
    """The formats beside each other; with `block`, those that fit this building block.

    Without a word about it in the address: the block that is running, where it has formats.
    """
    here, offers = request.resource_path(context, "format-waehlen"), formats_here(context, request)
    block = read_block(request.GET) if "block" in request.GET else _running_block(context, request, offers)
    formats = [_format(context, request, item, block) for item in choosable(offers, block)]
    return {
        "title": _("Choose a format"),
        "formats": formats,
        "rows": _beside_each_other(formats),
        "blocks": [
            {"title": each.title, "href": f"{here}?block={each.id}", "current": each.id == block, "id": each.id}
            for each in BLOCKS
        ],
        "block": block,
        "everything": f"{here}?block=",
        "advisor": request.resource_path(context, "beratung"),
    }


def _beside_each_other(formats: Sequence[dict[str, Any]]) -> list[tuple[Any, list[Any]]]:
    """Each fact with what it is in each of the formats; what no format says is left out."""
    facts = zip(*(each["facts"] for each in formats), strict=True)
    rows = [(fact[0][0], [value for _title, value in fact]) for fact in facts]
    return [(title, values) for title, values in rows if any(values)]


def _running_block(context: DialogueResource, request: Request, offers: Sequence[EventFormat]) -> int | None:
    """The first building block that is running and has formats, or None."""
    running = [
        phase.block for phase in phases_of(request.db, context.dialogue.id) if phase.status is PhaseStatus.RUNNING
    ]
    return next((block for block in running if list(choosable(offers, block))), None)


@view_config(
    context=DialogueResource,
    name="beratung",
    permission=Permission.EVENT_CREATE,
    renderer="fdplattform.templates:choosing/advice.pt",
    request_method="GET",
)
def advice(context: DialogueResource, request: Request) -> dict[str, Any]:
    """A few questions, and all formats ranked by the answers with what speaks for and against each."""
    answers = read_answers(request.GET)
    ranking = advise(formats_here(context, request), answers)
    answered = answers != Answers()
    return {
        "title": _("Which format fits?"),
        "here": request.resource_path(context, "beratung"),
        "compare": request.resource_path(context, "format-waehlen"),
        "choices": [
            _choices(Question.AIMS, AIM_TITLES, answers.aims, many=True),
            _choices(Question.TENSION, TENSION_TITLES, {answers.tension}),
            _choices(Question.OPENNESS, OPENNESS_TITLES, {answers.openness}),
        ],
        "numbers": [
            _number(Question.PEOPLE, answers.people, least=1),
            _number(Question.WEEKS, answers.weeks),
            _number(Question.STAFF, answers.staff),
        ],
        "answered": answered,
        "ranking": [_advice(context, request, each) for each in ranking],
    }


def _format(context: DialogueResource, request: Request, item: EventFormat, block: int | None = None) -> dict[str, Any]:
    """A format as both pages show it."""
    profile = item.fit.profile
    assert profile is not None, "formats without a profile are not in the choice"
    query = {"format": item.id} | ({"block": block} if block else {})
    weeks = _("at least ${weeks}", mapping={"weeks": profile.preparation_weeks})
    staff = _("at least ${people}", mapping={"people": profile.staff})
    return {
        "format": item,
        "good_for": profile.good_for,
        "bad_for": profile.bad_for,
        "facts": [
            (_("People"), _span(request, profile.people)),
            (_("Length in hours"), _span(request, profile.hours)),
            (_("Weeks to prepare"), weeks),
            (_("Staff"), staff),
            (_("Who can come"), OPENNESS_TITLES[profile.openness]),
            (_("Conflict"), SUITABILITY_TITLES[profile.conflict]),
            (_("Funding"), profile.funding),
            (_("Example"), profile.example),
        ],
        "choose": f"{request.resource_path(context, _creating_view(item))}?{urlencode(query)}",
    }


def _creating_view(item: EventFormat) -> str:
    """A format that is made for each field of action is created as a series."""
    return "reihe-anlegen" if item.conduct.series is not None else "veranstaltung-anlegen"


def _advice(context: DialogueResource, request: Request, found: Advice) -> dict[str, Any]:
    return {
        **_format(context, request, found.format),
        "score": None if found.score is None else round(found.score),
        "reasons_for": [_say(request, sentence) for sentence in found.reasons_for],
        "reasons_against": [_say(request, sentence) for sentence in found.reasons_against],
        "parts": [
            (QUESTION_TITLES[each.question], request.fmt.number(float(each.points), 1), WEIGHTS[each.question])
            for each in found.verdicts
        ],
    }


def _say(request: Request, sentence: TranslationString) -> str:
    """The sentence in the reader's language, with the words and numbers in it."""
    mapping = {
        name: request.localizer.translate(value) if isinstance(value, TranslationString) else _figure(request, value)
        for name, value in (sentence.mapping or {}).items()
    }
    return str(request.localizer.translate(sentence, mapping=mapping))


def _figure(request: Request, value: float) -> str:
    return str(request.fmt.number(value, digits=0 if value == int(value) else 1))


def _span(request: Request, span: Span) -> Any:
    least, most = _figure(request, span.least), _figure(request, span.most)
    return least if least == most else _("${least} to ${most}", mapping={"least": least, "most": most})


def _choices(
    question: Question, titles: Mapping[Any, TranslationString], chosen: Collection[Any], *, many: bool = False
) -> dict[str, Any]:
    return {
        "name": NAMES[question],
        "title": QUESTION_TITLES[question],
        "options": [
            {"value": value.value, "title": title, "checked": value in chosen} for value, title in titles.items()
        ],
        "open": not any(chosen),
        "type": "checkbox" if many else "radio",
    }


def _number(question: Question, value: int | None, least: int = 0) -> dict[str, Any]:
    return {
        "name": NAMES[question],
        "title": QUESTION_TITLES[question],
        "value": value,
        "min": least,
        "max": LIMITS[question],
    }
