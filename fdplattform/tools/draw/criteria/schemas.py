"""The forms of the plan and of the criteria."""

from enum import StrEnum
from typing import Any

import colander

from fdplattform import forms
from fdplattform.forms.types import Whole
from fdplattform.tools.draw.criteria.ages import OLDEST
from fdplattform.tools.draw.criteria.messages import _
from fdplattform.tools.draw.criteria.models import Category, Criterion, Kind, Plan, Source
from fdplattform.tools.draw.criteria.services import LEAST_SEATS, CategoryValues, CriterionValues, PlanValues
from fdplattform.tools.draw.criteria.texts import MAX_TITLE

MAX_SEATS = 500
MAX_LETTERS = 100_000
MAX_CATEGORIES = 40
MAX_QUARTERS = 200
MAX_WEIGHT = 10


class Known(StrEnum):
    """From where the category of a person is known: source and kind in one answer."""

    VALUE = "value"
    AGE = "age"
    REPLY = "reply"


KNOWN: dict[Known, tuple[Source, Kind]] = {
    Known.VALUE: (Source.REGISTER, Kind.CATEGORY),
    Known.AGE: (Source.REGISTER, Kind.AGE),
    Known.REPLY: (Source.REPLY, Kind.CATEGORY),
}

KNOWN_TITLES = (
    (Known.AGE, _("By the age, from the date of birth in the register")),
    (Known.VALUE, _("By a column of the register, for example gender or quarter")),
    (Known.REPLY, _("People tell it in their reply: only if they want to")),
)


class PlanSchema(forms.FormSchema):
    """How many people are sought, and whom the letters go to."""

    seats = forms.Number(min=LEAST_SEATS, max=MAX_SEATS, title=_("Places on the panel"))
    outside_seats = forms.Number(
        min=0,
        max=MAX_SEATS,
        title=_("Of these, places that are not drawn"),
        description=_("For people you name, for example from a group that a draw never reaches. Usually 0."),
    )
    letters = forms.Number(
        min=1,
        max=MAX_LETTERS,
        required=False,
        title=_("Planned letters"),
        description=_("Leave it empty: then as many as the places and the response need."),
    )
    response_percent = forms.Number(
        min=0.1,
        max=100,
        decimals=1,
        title=_("How many of a hundred will say yes"),
        description=_("Experience says 3 to 6."),
    )
    least_age = forms.Number(
        min=0, max=OLDEST, title=_("Least age"), description=_("In years, on the day of the sample.")
    )
    quarters = forms.LongText(
        4000,
        rows=3,
        required=False,
        title=_("Only these parts of the place"),
        description=_("One per line, written as in the register. Empty: the whole place."),
    )
    reply_until = forms.Date(
        required=False, title=_("Replies until"), description=_("The last day; it stands in the letter.")
    )
    version = forms.Version()


def plan_values(plan: Plan) -> dict[str, Any]:
    """What the form shows of the plan."""
    shown = {name: getattr(plan, name) for name in PlanValues.__dataclass_fields__}
    return {**shown, "quarters": "\n".join(plan.quarters), "version": plan.version}


def plan_from(values: dict[str, Any]) -> PlanValues:
    """What the form says."""
    said = {name: values[name] for name in PlanValues.__dataclass_fields__}
    return PlanValues(**{**said, "quarters": lines_of(values["quarters"])})


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something, each once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


class StartSchema(forms.FormSchema):
    """Which ready-made criteria are taken over."""

    starts = forms.Choices(lambda bindings: bindings["starts"], required=False, title=_("Criteria"))
    quarters = forms.LongText(
        4000,
        rows=4,
        required=False,
        title=_("Quarters or villages"),
        description=_("One per line, if people from all of them shall be on the panel. At most 80 characters each."),
        validator=lambda node, text: _short_enough(node, text),
    )


def _short_enough(node: Any, text: str) -> None:
    lines = lines_of(text)
    if len(lines) == 1 or len(lines) > MAX_CATEGORIES:
        raise colander.Invalid(node, _("Please give 2 to ${most} of them.", mapping={"most": MAX_CATEGORIES}))
    if any(len(line) > MAX_TITLE for line in lines):
        raise colander.Invalid(node, _("Please write at most ${max} characters.", mapping={"max": MAX_TITLE}))


class CategoryId(forms.Hidden):
    """Which of the saved categories an entry is; none for a new one."""

    schema_type = Whole


class CategorySchema(forms.FormSchema):
    """One category with its quota."""

    id = CategoryId(title="", required=False)
    title = forms.Text(MAX_TITLE, title=_("Name"))
    age_from = forms.Number(
        min=0, max=OLDEST, required=False, title=_("Age from"), description=_("Only for age bands. Empty: open.")
    )
    age_to = forms.Number(min=0, max=OLDEST, required=False, title=_("Age to"))
    share = forms.Number(
        min=0,
        max=100,
        decimals=2,
        required=False,
        title=_("Share of the population in percent"),
        description=_("Unknown? The extract of the register tells it later."),
    )
    least = forms.Number(min=0, max=MAX_SEATS, required=False, title=_("At least so many members"))
    most = forms.Number(min=0, max=MAX_SEATS, required=False, title=_("At most so many members"))
    weight = forms.Number(
        min=0.1,
        max=MAX_WEIGHT,
        decimals=1,
        required=False,
        title=_("Weight in the sample"),
        description=_("Empty: by its share. 2 writes to twice as many, for groups that seldom reply."),
    )


class CriterionSchema(forms.FormSchema):
    """A criterion with its categories."""

    title = forms.Text(MAX_TITLE, title=_("Name"), description=_("For example “Age”. Everybody can read it."))
    known = forms.Choice(KNOWN_TITLES, kind=Known, title=_("How do you know who belongs where?"))
    categories = forms.Rows(
        CategorySchema(title=_("Category")),
        min=2,
        max=MAX_CATEGORIES,
        orderable=True,
        title=_("Categories"),
        description=_("Everybody belongs to exactly one. Few and large ones work best."),
    )
    version = forms.Version()


def fixed_schema(criterion: Criterion) -> CriterionSchema:
    """The form when people were drawn already: names, shares and quotas; no other category, no other ages."""
    schema = CriterionSchema()
    del schema["known"]
    number = len(criterion.categories)
    category = CategorySchema(title=_("Category"))
    del category["age_from"], category["age_to"], category["weight"]
    schema["categories"] = forms.Rows(category, name="categories", min=number, max=number, title=_("Categories"))
    return schema


def criterion_values(criterion: Criterion) -> dict[str, Any]:
    """What the form shows of the criterion."""
    return {
        "title": criterion.title,
        "known": known_of(criterion),
        "categories": [_row_of(category) for category in criterion.categories],
        "version": criterion.version,
    }


def known_of(criterion: Criterion) -> Known:
    """Source and kind in one answer. For what people tell in their reply the kind makes no difference."""
    pair = (criterion.source, criterion.kind)
    return next((known for known, both in KNOWN.items() if both == pair), Known.REPLY)


def criterion_from(values: dict[str, Any], criterion: Criterion | None = None) -> CriterionValues:
    """What the form says. What `fixed_schema` does not ask stays as it is in `criterion`."""
    before = {category.id: _row_of(category) for category in criterion.categories} if criterion is not None else {}
    source, kind = KNOWN[values["known"] if "known" in values or criterion is None else known_of(criterion)]
    rows = [{**before.get(row["id"], {}), **row} for row in values["categories"]]
    categories = [CategoryValues(**{**row, "weight": row["weight"] or 1.0}) for row in rows]
    return CriterionValues(title=values["title"], source=source, kind=kind, categories=categories)


def _row_of(category: Category) -> dict[str, Any]:
    names = CategoryValues.__dataclass_fields__
    row = {name: getattr(category, name) for name in names}
    # By its share is what an empty field says.
    return {**row, "weight": None if category.weight == 1 else category.weight}
