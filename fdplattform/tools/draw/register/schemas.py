"""The forms around an extract: upload, columns, values, sample."""

from collections.abc import Mapping, Sequence
from typing import Any

from fdplattform import forms
from fdplattform.tools.draw.criteria.models import Criterion
from fdplattform.tools.draw.criteria.schemas import MAX_LETTERS
from fdplattform.tools.draw.register.columns import HELP, TITLES, Field, criterion_key, value_criteria
from fdplattform.tools.draw.register.meanings import OTHERS
from fdplattform.tools.draw.register.messages import _
from fdplattform.tools.draw.register.models import Extract
from fdplattform.tools.draw.register.services import MAX_SIZE
from fdplattform.tools.draw.register.tables import KINDS, Layout

#: The answer "there is no such column".
NO_COLUMN = -1
#: The answer "leave these people out", where categories have their ids.
LEAVE_OUT = "0"
#: Values that the form asks about one by one; the rest go together.
ASKED_VALUES = 60

ENCODING_TITLES = (
    ("utf-8-sig", _("UTF-8 (usual)")),
    ("cp1252", _("Windows-1252 (older Windows programs)")),
    ("latin-1", _("ISO 8859-1, Latin-1")),
)
DELIMITER_TITLES = ((";", _("Semicolon (;)")), (",", _("Comma (,)")), ("tab", _("Tab")))


class UploadSchema(forms.FormSchema):
    """The file."""

    file = forms.File(
        kinds=KINDS,
        max_size=MAX_SIZE,
        title=_("Extract of the register"),
        description=_("CSV with up to 500,000 people, or XLSX with up to 100,000. The first line names the columns."),
    )


class LayoutSchema(forms.FormSchema):
    """How a CSV file is taken apart."""

    encoding = forms.Choice(ENCODING_TITLES, title=_("Encoding"), radio=False)
    delimiter = forms.Choice(DELIMITER_TITLES, title=_("Character between the cells"), radio=False)
    version = forms.Version()


def layout_values(extract: Extract) -> dict[str, Any]:
    """What the form shows."""
    delimiter = "tab" if extract.delimiter == "\t" else extract.delimiter
    return {"encoding": extract.encoding, "delimiter": delimiter, "version": extract.version}


def layout_from(values: Mapping[str, Any]) -> Layout:
    """What the form says."""
    delimiter = "\t" if values["delimiter"] == "tab" else values["delimiter"]
    return Layout(encoding=values["encoding"], delimiter=delimiter)


def mapping_schema(columns: Sequence[str], criteria: Sequence[Criterion], needed: Sequence[str]) -> forms.FormSchema:
    """Which column holds what: one list for each field, and for each criterion that the register knows by a value."""
    unnamed = [_("Column ${number}", mapping={"number": number}) for number in range(1, len(columns) + 1)]
    options = [(str(number), title or unnamed[number]) for number, title in enumerate(columns)]
    schema = forms.FormSchema()
    for field in Field:
        schema.add(_column(field, TITLES[field], options, field in needed, HELP.get(field)))
    for criterion in value_criteria(criteria):
        title = _("Criterion: ${title}", mapping={"title": criterion.title})
        schema.add(_column(criterion_key(criterion), title, options, True, None))
    schema.add(forms.Version())
    return schema


def _column(key: str, title: Any, options: Sequence[tuple[str, Any]], required: bool, help_text: Any) -> forms.Choice:
    if key == Field.LOCK:
        # Nobody may pass over this one by accident.
        required = True
        options = [*options, (str(NO_COLUMN), _("No such column: the registry has left these people out"))]
    return forms.Choice(
        options, kind=int, name=str(key), title=title, required=required, radio=False, description=help_text or ""
    )


def mapping_values(extract: Extract, schema: forms.FormSchema) -> dict[str, Any]:
    """What the form shows: what was said before, or guessed."""
    names = {node.name for node in schema.children}
    return {"version": extract.version, **{key: each for key, each in extract.mapping.items() if key in names}}


def mapping_from(values: Mapping[str, Any]) -> dict[str, int]:
    """What the form says, without the columns that there are not."""
    said = {str(key): number for key, number in values.items() if key != "version"}
    return {key: number for key, number in said.items() if number is not None and number != NO_COLUMN}


def meanings_schema(extract: Extract, criteria: Sequence[Criterion], texts: Any) -> forms.FormSchema:
    """What each value means: a group for each criterion, a list for each value and one for all others."""
    schema = forms.FormSchema()
    for criterion in value_criteria(criteria):
        options = [
            *((str(each.id), texts.category(each)) for each in criterion.categories),
            (LEAVE_OUT, _("Leave these people out")),
        ]
        group = forms.FormSchema(name=criterion_key(criterion), title=str(texts.title(criterion)))
        for number, (value, rows) in enumerate(values_of(extract, criterion)):
            title = _("“${value}” (${rows} people)", mapping={"value": value or "–", "rows": rows})
            group.add(_meaning(f"value_{number}", title, options))
        group.add(_meaning("others", _("Every other value"), options))
        schema.add(group)
    schema.add(forms.Version())
    return schema


def _meaning(name: str, title: Any, options: Sequence[tuple[str, Any]]) -> forms.Choice:
    return forms.Choice(options, name=name, title=title, required=False, radio=False)


def values_of(extract: Extract, criterion: Criterion) -> list[tuple[str, int]]:
    """The values of the criterion's column that the form asks about, with their numbers."""
    return [(value, rows) for value, rows in extract.found.get(criterion_key(criterion), ())][:ASKED_VALUES]


def meanings_values(extract: Extract, criteria: Sequence[Criterion]) -> dict[str, Any]:
    """What the form shows."""
    shown: dict[str, Any] = {"version": extract.version}
    for criterion in value_criteria(criteria):
        said = extract.meanings.get(str(criterion.id), {})
        group = {
            f"value_{number}": _choice(said[value])
            for number, (value, _rows) in enumerate(values_of(extract, criterion))
            if value in said
        }
        shown[criterion_key(criterion)] = {**group, **({"others": _choice(said[OTHERS])} if OTHERS in said else {})}
    return shown


def meanings_from(
    values: Mapping[str, Any], extract: Extract, criteria: Sequence[Criterion]
) -> dict[str, dict[str, int | None]]:
    """What the form says, by the criterion's id. A value without an answer is guessed, or stays a problem."""
    said: dict[str, dict[str, int | None]] = {}
    for criterion in value_criteria(criteria):
        answers = values[criterion_key(criterion)]
        names = {f"value_{number}": value for number, (value, _rows) in enumerate(values_of(extract, criterion))}
        names["others"] = OTHERS
        asked = set(names.values())
        before = extract.meanings.get(str(criterion.id), {})
        said[str(criterion.id)] = {value: each for value, each in before.items() if value not in asked} | {
            value: None if answers[name] == LEAVE_OUT else int(answers[name])
            for name, value in names.items()
            if answers.get(name)
        }
    return said


def _choice(category: int | None) -> str:
    return LEAVE_OUT if category is None else str(category)


class SampleSchema(forms.FormSchema):
    """How many people are drawn."""

    size = forms.Number(min=1, max=MAX_LETTERS, title=_("Number of letters"))
    leave_out = forms.Flag(title=_("Leave out the rows with problems"))
    version = forms.Version()


class DiscardSchema(forms.FormSchema):
    """Why a sample does not count."""

    reason = forms.LongText(
        500, rows=3, title=_("Why is the sample discarded?"), description=_("Everybody can read the reason.")
    )


def sample_schema(extract: Extract) -> SampleSchema:
    """Without problems there is nothing to leave out."""
    schema = SampleSchema()
    if not extract.problem_count:
        del schema["leave_out"]
    return schema
