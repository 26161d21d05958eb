"""The forms about an event: what the core asks, and the format's own questions within."""

from collections.abc import Iterable
from typing import Any

import colander
from translationstring import TranslationStringFactory

from fdplattform.events.justifying import justification_field
from fdplattform.events.lifecycle import NOTICE
from fdplattform.events.translatable import PREFIX
from fdplattform.forms import (
    Choice,
    Choices,
    Flag,
    FormSchema,
    Hidden,
    LocalDateTime,
    LongText,
    Number,
    Text,
    Version,
    in_order,
)
from fdplattform.method import BLOCKS
from fdplattform.plugins.format import EventFormat
from fdplattform.web.locale import native_name
from fdplattform.workflow import Option

_ = TranslationStringFactory("fdplattform")


def _languages(bindings: Any) -> list[tuple[str, str]]:
    return [(code, native_name(code)) for code in bindings["request"].fdp.locales]


def _fields_of_action(bindings: Any) -> list[tuple[str, Any]]:
    return [(str(field.id), field.title) for field in bindings["fields"]]


class About(FormSchema):
    """What every event says of itself."""

    title = Text(200, title=_("Title"))
    goal = LongText(2000, title=_("What is this about?"), rows=3)
    results_promise = LongText(
        2000,
        title=_("What happens with the results?"),
        description=_("Stands on top of the public page. People come when they know that it counts."),
        rows=3,
    )


def ask_when_past(schema: colander.SchemaNode, bindings: Any) -> None:
    """Ask whether the date is meant only where its end has passed, and is not the one that it had `before`."""
    sent = bindings["request"].POST.get("ends_at", colander.null)
    try:
        ends_at = schema["ends_at"].deserialize(sent)
    except colander.Invalid:
        ends_at = None
    before = bindings.get("before")
    # The field shows minutes.
    unmoved = before is not None and ends_at == before.replace(second=0, microsecond=0)
    if ends_at is None or ends_at > bindings["now"] or unmoved:
        del schema["in_the_past"]


def _in_the_past() -> Flag:
    return Flag(
        name="in_the_past",
        must=True,
        title=_("The date lies in the past, and that is meant"),
        description=_("Please look at the day and the year once more."),
    )


class DateForm(FormSchema):
    """One date of an event."""

    # A function kept in a class would be called as its method.
    validator = staticmethod(in_order("starts_at", "ends_at"))
    after_bind = staticmethod(ask_when_past)

    starts_at = LocalDateTime(title=_("Start"))
    ends_at = LocalDateTime(title=_("It ends at"))
    place = Text(200, title=_("Place"), description=_("Building and room"))
    address = Text(300, title=_("Address"), required=False)
    access = LongText(
        2000,
        title=_("Getting there and getting in"),
        description=_("Bus and train, way in without steps, induction loop, quiet room, childcare"),
        rows=3,
        required=False,
    )
    capacity = Number(
        title=_("Places"), description=_("Empty means: without limit."), min=1, max=100_000, required=False
    )
    registration_until = LocalDateTime(
        title=_("Registration until"), description=_("Empty means: until it starts."), required=False
    )
    in_the_past = _in_the_past()
    version = Version()


class FirstDate(FormSchema):
    """The date with which an event is created; the rest can wait."""

    starts_at = LocalDateTime(title=_("Start"))
    ends_at = LocalDateTime(title=_("It ends at"))
    place = Text(200, title=_("Place"), description=_("Building and room"))
    capacity = Number(
        title=_("Places"), description=_("Empty means: without limit."), min=1, max=100_000, required=False
    )
    in_the_past = _in_the_past()


def fit_places(schema: colander.SchemaNode, *, given: bool, most: int | None) -> None:
    """Ask a date's form for places only where they are `given` out, and for at most as many as the format bears."""
    if not given:
        for name in ("capacity", "registration_until"):
            if name in schema:
                del schema[name]
    elif most is not None:
        schema["capacity"] = Number(
            name="capacity",
            title=_("Places"),
            description=_("At most ${most}: this format bears no more.", mapping={"most": most}),
            min=1,
            max=most,
        )


def creation_schema(format_: EventFormat) -> colander.SchemaNode:
    """What is asked to create an event: at most eight needed fields, the rest later."""
    schema = About()
    for node in _own_nodes(format_):
        if getattr(node, "at_creation", False):
            schema.add(node)
    for node in FirstDate().children:
        schema.add(node.clone())
    schema.validator = in_order("starts_at", "ends_at")
    schema.after_bind = ask_when_past
    return schema


def editing_schema(format_: EventFormat | None) -> colander.SchemaNode:
    """Everything about an event except its dates."""
    schema = About()
    schema.add(
        LongText(
            10_000, name="description", title=_("More about it"), rows=6, required=False, description=_("For everybody")
        )
    )
    schema.add(
        Text(
            200,
            name="host",
            title=_("Who invites"),
            description=_("A name or an office, for everybody"),
            required=False,
        )
    )
    schema.add(
        Choice([(str(block.id), block.title) for block in BLOCKS], name="block", kind=int, title=_("Building block"))
    )
    if format_ is not None and format_.conduct.series is not None:
        # Each event of a series is about one field; one that was created alone says here which.
        schema.add(
            Choice(
                _fields_of_action, name="field_id", kind=int, title=_("Field of action"), required=False, radio=False
            )
        )
    schema.add(Choice(_languages, name="language", title=_("Language in which this is written"), radio=False))
    optional = [use.tool for use in format_.conduct.tools if use.optional] if format_ is not None else []
    if optional:
        schema.add(
            Choices(
                lambda bindings: [(tool, bindings["request"].registry.event_tools[tool].title) for tool in optional],
                name="tools_off",
                title=_("This event does without"),
                required=False,
            )
        )
    for node in _own_nodes(format_) if format_ is not None else ():
        # What can wait at first can wait here too: what a step needs, its guards demand.
        schema.add(node)
    schema.add(Version())
    return schema


def step_schema(format_: EventFormat, option: Option) -> colander.SchemaNode:
    """What a step asks for: fields of the format's form, a public notice, a justification where something warns."""
    schema = FormSchema()
    own = {node.name.removeprefix(PREFIX): node for node in _own_nodes(format_)}
    for name in option.transition.asks:
        if name == NOTICE:
            schema.add(_notice())
        else:
            node = own[name]
            node.missing = colander.required
            schema.add(node)
    if option.warnings:
        schema.add(justification_field())
    schema.add(Hidden(name="transition", title=""))
    schema.add(Version())
    return schema


def split_details(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Separate the core's answers from those to the format's own questions."""
    own = {name.removeprefix(PREFIX): value for name, value in values.items() if name.startswith(PREFIX)}
    return {name: value for name, value in values.items() if not name.startswith(PREFIX)}, own


def joined_details(details: dict[str, Any]) -> dict[str, Any]:
    """The answers to the format's questions, named as in the form; what has no answer is left out."""
    return {PREFIX + name: value for name, value in details.items() if value is not None}


def _notice() -> colander.SchemaNode:
    return LongText(
        2000,
        name=NOTICE,
        title=_("Notice for everybody"),
        description=_("Why, and how it goes on. Stands on top of the public page and in the mails."),
        rows=3,
    )


def _own_nodes(format_: EventFormat) -> Iterable[colander.SchemaNode]:
    """The format's questions. Their names get a prefix, so that they cannot hide the core's."""
    if format_.data.details is None:
        return
    for node in format_.data.details().children:
        own = node.clone()
        own.name = PREFIX + node.name
        yield own
