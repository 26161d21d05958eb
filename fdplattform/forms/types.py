"""Colander types of our own: what people type becomes clean values, or a message they can act on."""

import re
import unicodedata
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import colander

from fdplattform.forms.messages import NOT_A_DECIMAL, NOT_A_MOMENT, NOT_A_NUMBER, NOT_UNDERSTOOD, _

#: Control characters have no business in a text; PostgreSQL refuses NUL. Tab and line breaks stay.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
BLANKS = re.compile(r"\s+")

TWICE = _("On this night the clocks go back, and this time comes twice. Please choose a time outside that hour.")
NEVER = _("On this night the clocks go forward, and this time does not exist. Please choose a later time.")

#: How people and browsers write a moment.
MOMENT_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M")


class Line(colander.SchemaType):
    """One line of text: stripped, runs of blanks joined, composed as Unicode NFC."""

    def serialize(self, _node: Any, appstruct: Any) -> Any:
        return colander.null if appstruct in (None, colander.null) else str(appstruct)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null:
            return colander.null
        if not isinstance(cstruct, str):
            raise colander.Invalid(node, NOT_UNDERSTOOD)
        return self.clean(cstruct) or colander.null

    def clean(self, text: str) -> str:
        """The text as it is stored."""
        return BLANKS.sub(" ", CONTROL.sub("", unicodedata.normalize("NFC", text))).strip()


class Lines(Line):
    """Text of several lines; line breaks are `\\n`."""

    def clean(self, text: str) -> str:
        unified = text.replace("\r\n", "\n").replace("\r", "\n")
        return CONTROL.sub("", unicodedata.normalize("NFC", unified)).strip()


class Secret(Line):
    """A password: exactly as it was typed."""

    def clean(self, text: str) -> str:
        return text


class Whole(colander.SchemaType):
    """A whole number, as people write it: `1.200` and `1 200` too, Arabic digits too."""

    def serialize(self, _node: Any, appstruct: Any) -> Any:
        return colander.null if appstruct in (None, colander.null) else str(appstruct)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null or not str(cstruct).strip():
            return colander.null
        digits = re.sub(r"(?<=\d)[.\s\u202f\u00a0](?=\d{3})", "", str(cstruct).strip())
        if not re.fullmatch(r"[+-]?\d{1,15}", digits):
            raise colander.Invalid(node, NOT_A_NUMBER)
        return int(digits)


class Fractional(colander.SchemaType):
    """A number with at most `decimals` digits after the point, as people write it: `1.5`, `1,5`, `1.200,50`."""

    def __init__(self, decimals: int) -> None:
        self.decimals = decimals

    def serialize(self, _node: Any, appstruct: Any) -> Any:
        return colander.null if appstruct in (None, colander.null) else f"{appstruct:.{self.decimals}f}"

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null or not str(cstruct).strip():
            return colander.null
        text = str(cstruct).strip().replace("٫", ",")
        if "," in text:
            # Where a comma stands, points and blanks separate thousands; browsers send `1.5` whatever people see.
            text = re.sub(r"(?<=\d)[.\s\u202f\u00a0](?=\d{3})", "", text).replace(",", ".")
        written = re.fullmatch(r"[+-]?\d{1,12}(?:\.(\d+))?", text)
        if written is None:
            raise colander.Invalid(node, NOT_A_DECIMAL)
        if len(written[1] or "") > self.decimals:
            raise colander.Invalid(node, _("At most ${n} digits after the point.", mapping={"n": self.decimals}))
        return float(text)


class Member(Line):
    """A value of an enumeration, or plain text."""

    def __init__(self, kind: type[StrEnum] | type[str] | type[int] = str) -> None:
        self.kind = kind

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return super().serialize(node, appstruct.value if isinstance(appstruct, StrEnum) else appstruct)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        text = super().deserialize(node, cstruct)
        if text is colander.null:
            return text
        try:
            return self.kind(text)
        except ValueError:
            raise colander.Invalid(node, NOT_UNDERSTOOD) from None


class Members(colander.SchemaType):
    """Several values, as a list in the order of the options."""

    def __init__(self, kind: type[StrEnum] | type[str] | type[int] = str) -> None:
        self.member = Member(kind)

    def serialize(self, node: Any, appstruct: Any) -> Any:
        if appstruct in (None, colander.null):
            return colander.null
        return [self.member.serialize(node, value) for value in appstruct]

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null or not cstruct:
            return colander.null
        if isinstance(cstruct, str):
            raise colander.Invalid(node, NOT_UNDERSTOOD)
        chosen = [self.member.deserialize(node, value) for value in cstruct]
        return list(dict.fromkeys(value for value in chosen if value is not colander.null))


class Moment(colander.SchemaType):
    """A date and time on the deployment's clock; the value is aware, in UTC.

    The schema must be bound with `time_zone`; `make_form` does it.
    """

    def serialize(self, node: Any, appstruct: Any) -> Any:
        if appstruct in (None, colander.null):
            return colander.null
        return appstruct.astimezone(self._zone(node)).strftime("%Y-%m-%dT%H:%M")

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null or not str(cstruct).strip():
            return colander.null
        return local_moment(node, self._parse(node, str(cstruct).strip()), self._zone(node))

    def _zone(self, node: Any) -> ZoneInfo:
        zone: ZoneInfo = node.bindings["time_zone"]
        return zone

    def _parse(self, node: Any, text: str) -> datetime:
        for pattern in MOMENT_FORMATS:
            try:
                return datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone is given by the deployment
            except ValueError:
                continue
        raise colander.Invalid(node, NOT_A_MOMENT)


def local_moment(node: Any, naive: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the clocks of `zone` show `naive`, in UTC.

    Raises colander.Invalid for a time that the clocks skip or show twice that night.
    """
    try:
        first, second = (naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError:
        raise colander.Invalid(node, NOT_A_MOMENT) from None
    if first == second:
        return first
    exists = first.astimezone(zone).replace(tzinfo=None) == naive
    raise colander.Invalid(node, TWICE if exists else NEVER)
