"""Criteria to start with, ready made: what most draws look at. Everything about them can be changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from translationstring import TranslationString

from fdplattform.events.models import Event
from fdplattform.journal.services import Actor
from fdplattform.tools.draw.criteria.messages import _
from fdplattform.tools.draw.criteria.models import Kind, Source
from fdplattform.tools.draw.criteria.services import CategoryValues, CriterionValues, add_criterion, criteria_of
from fdplattform.tools.draw.criteria.texts import CriterionTexts, field_of
from fdplattform.translation.services import save

#: Translates a text into the language with this code.
Write = Callable[[str, TranslationString], str]

QUARTER = "quarter"
QUARTER_TITLE = _("Quarter")


@dataclass(frozen=True, kw_only=True)
class Start:
    """A ready-made criterion: titles of the categories with their ages."""

    title: TranslationString
    source: Source = Source.REGISTER
    kind: Kind = Kind.CATEGORY
    categories: Sequence[tuple[TranslationString, int | None, int | None]]


STARTS: Mapping[str, Start] = {
    "age": Start(
        title=_("Age"),
        kind=Kind.AGE,
        categories=(
            (_("Under 30 years"), None, 29),
            (_("30 to 44 years"), 30, 44),
            (_("45 to 64 years"), 45, 64),
            (_("65 years and older"), 65, None),
        ),
    ),
    "gender": Start(
        title=_("Gender"),
        categories=((_("Women"), None, None), (_("Men"), None, None), (_("Diverse or not stated"), None, None)),
    ),
    "nationality": Start(
        title=_("Nationality"),
        categories=((_("German"), None, None), (_("Another nationality"), None, None)),
    ),
    "education": Start(
        title=_("Education"),
        source=Source.REPLY,
        categories=(
            (_("No vocational qualification"), None, None),
            (_("Vocational training"), None, None),
            (_("University degree"), None, None),
        ),
    ),
}


def start_with(
    session: Session,
    event: Event,
    chosen: Sequence[str],
    quarters: Sequence[str],
    *,
    languages: Sequence[str],
    write: Write,
    actor: Actor,
    now: datetime,
) -> int:
    """Add the `chosen` ready-made criteria, and one for `quarters` where there are some, in all `languages`.

    One whose title the event has already is not added again. Returns the number of new criteria. Raises Conflict once
    people were drawn.
    """
    taken = {criterion.title for criterion in criteria_of(session, event.id)}
    starts = [STARTS[key] for key in STARTS if key in chosen]
    made = 0
    for start in starts:
        if write(event.language, start.title) not in taken:
            _add(session, event, start, languages, write, actor, now)
            made += 1
    title = write(event.language, QUARTER_TITLE)
    if quarters and title not in taken:
        categories = [CategoryValues(title=quarter) for quarter in quarters]
        values = CriterionValues(title=title, source=Source.REGISTER, kind=Kind.CATEGORY, categories=categories)
        criterion = add_criterion(session, event, values, actor=actor)
        for language in languages:
            if language != event.language:
                save(session, criterion, language, {"title": write(language, QUARTER_TITLE)}, now=now)
        made += 1
    return made


def _add(
    session: Session,
    event: Event,
    start: Start,
    languages: Sequence[str],
    write: Write,
    actor: Actor,
    now: datetime,
) -> None:
    values = CriterionValues(
        title=write(event.language, start.title),
        source=start.source,
        kind=start.kind,
        categories=[
            CategoryValues(title=write(event.language, title), age_from=first, age_to=last)
            for title, first, last in start.categories
        ],
    )
    criterion = add_criterion(session, event, values, actor=actor)
    for language in languages:
        if language == event.language:
            continue
        texts = {
            field_of(category): write(language, title)
            for category, (title, _first, _last) in zip(criterion.categories, start.categories, strict=True)
        }
        save(session, CriterionTexts(criterion), language, {"title": write(language, start.title), **texts}, now=now)
