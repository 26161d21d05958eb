"""What the API answers, as JSON schema (draft 2020-12, the dialect of OpenAPI 3.1)."""

from typing import Any

Schema = dict[str, Any]

INTEGER: Schema = {"type": "integer"}
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
URL: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _thing(description: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


LANGUAGE = _said(TEXT, "The language of the texts (BCP 47): the one asked for where there is a translation.")
PEOPLE: dict[str, Schema] = {
    "capacity": _said(_or_null(INTEGER), "Seats; null when there is no limit."),
    "confirmed": _said(INTEGER, "People who have a seat."),
    "waiting": _said(INTEGER, "People on the waiting list."),
}

MUNICIPALITY = _thing(
    "A municipality or rural district that takes part.",
    slug=_said(TEXT, "Its name in addresses and filters."),
    name=TEXT,
    official_name=TEXT,
    kind={"type": "string", "enum": ["gemeinde", "landkreis"]},
    type=TEXT,
    state=TEXT,
    district=_or_null(TEXT),
    ags=_said(_or_null(TEXT), "Amtlicher Gemeindeschlüssel, 8 digits; 5 for a rural district."),
    population=_or_null(INTEGER),
    introduction=_or_null(TEXT),
    language=LANGUAGE,
    website=_or_null(TEXT),
    fictional=_said(FLAG, "It does not exist and serves as an example."),
    url=URL,
)
DIALOGUE = _thing(
    "A dialogue of a municipality.",
    id=INTEGER,
    title=TEXT,
    goal=TEXT,
    results_promise=_said(TEXT, "What happens with the results."),
    language=LANGUAGE,
    municipality=_said(TEXT, "The municipality's slug."),
    state={"type": "string", "enum": ["published", "closed"]},
    building_block=_said(_or_null(INTEGER), "The building block, 1 to 6, that it is in."),
    languages=_said(_list_of(TEXT), "Languages in which people can take part."),
    starts_on=_or_null(DAY),
    ends_on=_or_null(DAY),
    url=URL,
)
FORMAT = _thing(
    "A format of events, from a plugin.",
    id=TEXT,
    title=TEXT,
    summary=TEXT,
    building_blocks=_list_of(INTEGER),
    follows=_said(_list_of(TEXT), "The formats of events that it can follow; empty when it stands for itself."),
    tools=_list_of(TEXT),
    states=_list_of(_thing("A state in which everybody sees the event.", id=TEXT, title=TEXT)),
)
DATE = _thing(
    "One date of an event.",
    id=INTEGER,
    starts_at=MOMENT,
    ends_at=MOMENT,
    place=TEXT,
    address=_or_null(TEXT),
    registration_until=_or_null(MOMENT),
    **PEOPLE,
)
EVENT = _thing(
    "An event.",
    id=INTEGER,
    title=TEXT,
    goal=TEXT,
    language=LANGUAGE,
    url=URL,
    registration_url=_said(_or_null(URL), "Where people register; null while that is not possible."),
    calendar_url=_said(URL, "The dates as iCalendar."),
    municipality=_said(TEXT, "The municipality's slug."),
    dialogue=_said(INTEGER, "The dialogue's id."),
    format=_said(TEXT, "The format's id."),
    state=_said(TEXT, "The id of the state in the format's workflow; cancelled in every format."),
    postponed=FLAG,
    dates={"type": "array", "items": {"$ref": "#/components/schemas/Date"}},
    **PEOPLE,
)
PROBLEM: Schema = {
    "type": "object",
    "description": "Why there is no answer.",
    "properties": {"error": TEXT, "detail": TEXT, "status": INTEGER},
    "required": ["error", "detail", "status"],
}
SCHEMAS: dict[str, Schema] = {
    "Municipality": MUNICIPALITY,
    "Dialogue": DIALOGUE,
    "Format": FORMAT,
    "Date": DATE,
    "Event": EVENT,
    "Problem": PROBLEM,
}
