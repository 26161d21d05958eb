"""Guards that ask for content: what the team has to write, enter or set up before a step."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.events.facts import EventFacts
from fdplattform.events.guards.weight import Weight, weigh
from fdplattform.findings.models import FindingKind
from fdplattform.workflow import Guard, Reason, Severity

_ = TranslationStringFactory("fdplattform")


def has_findings(*kinds: FindingKind, at_least: int = 1) -> Guard:
    """The event has findings (of one of `kinds`, when they are named)."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        wanted = kinds or tuple(FindingKind)
        if sum(facts.findings.get(kind, 0) for kind in wanted) >= at_least:
            return None
        return Reason(_("Enter what came out of the event: findings are missing."), where="ergebnisse")

    return guard


def has_fields(at_least: int = 1) -> Guard:
    """The dialogue has fields of action."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if len(facts.fields) >= at_least:
            return None
        return Reason(_("The dialogue has no fields of action yet."), where="../handlungsfelder")

    return guard


def every_field_has_a_group() -> Guard:
    """A working group was set up for each field of action."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        served = {group.field_id for group in facts.groups}
        open_fields = [title for field_id, title in facts.fields.items() if field_id not in served]
        if not open_fields:
            return None
        message = _("No working group was set up for: ${fields}.", mapping={"fields": ", ".join(open_fields)})
        return Reason(message, where="../gruppen")

    return guard


def every_group_has_a_lead() -> Guard:
    """Each working group has a person responsible, who agreed, and a deputy; and each field of action has a group."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        served = {group.field_id for group in facts.groups}
        missing = [title for field_id, title in facts.fields.items() if field_id not in served]
        missing += [g.title for g in facts.groups if not (g.has_lead and g.lead_consented and g.has_deputy)]
        if not missing:
            return None
        return Reason(
            _(
                "A person responsible who agreed, or their deputy, is missing for: ${fields}.",
                mapping={"fields": ", ".join(missing)},
            ),
            where="../gruppen",
        )

    return guard


def every_group_has_a_date() -> Guard:
    """Each working group knows when it meets first."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if all(group.first_meeting_at for group in facts.groups):
            return None
        return Reason(_("Not every working group has a date for its first meeting."), where="../gruppen")

    return guard


def details_filled(*names: str, what: str) -> Guard:
    """The fields `names` of the format's form have answers; `what` (translatable) says what is missing."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        filled = all(_filled(facts.details.get(name)) for name in names)
        return None if filled else Reason(what, where="bearbeiten")

    return guard


def has_agenda() -> Guard:
    """The agenda has lines."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        filled = facts.tools.get("agenda", {}).get("items")
        return None if filled else Reason(_("The agenda is empty."), where="ablauf")

    return guard


def tool_says(
    tool: str,
    fact: str,
    message: str,
    *,
    at_least: float | None = None,
    check: Callable[[Any], bool] = bool,
    where: str = "",
    weight: Weight = Severity.BLOCK,
) -> Guard:
    """`check` holds for the tool's `fact` (true if nothing is said), or it is a number of `at_least` so many.

    `where` is the tool's page on which it can be mended. An event that does without the tool is asked nothing.
    """

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if tool not in facts.tools:
            return None
        value = facts.tools[tool].get(fact)
        met = check(value) if at_least is None else (value or 0) >= at_least
        return None if met else Reason(message, weigh(weight, facts), where=where)

    return guard


def has_records(list_id: str, message: str, at_least: int = 1, weight: Weight = Severity.BLOCK) -> Guard:
    """The format's list has at least so many rows."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if len(facts.records.get(list_id, ())) >= at_least:
            return None
        return Reason(message, weigh(weight, facts), where=f"listen/{list_id}")

    return guard


def every_record_has(list_id: str, names: Iterable[str], message: str, weight: Weight = Severity.BLOCK) -> Guard:
    """Every row of the format's list has answers in the fields `names`."""
    wanted = tuple(names)

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        rows = facts.records.get(list_id, ())
        if all(_filled(row.get(name)) for row in rows for name in wanted):
            return None
        return Reason(message, weigh(weight, facts), where=f"listen/{list_id}")

    return guard


def has_host() -> Guard:
    """The event says who invites."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if facts.host:
            return None
        return Reason(_("It is not said yet who invites. Write it into the event's texts."), where="bearbeiten")

    return guard


def has_field_of_its_own() -> Guard:
    """The event is about one field of action."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if facts.field_id is not None:
            return None
        return Reason(_("It is not said yet which field of action the event is about."), where="bearbeiten")

    return guard


def _filled(value: Any) -> bool:
    return value is not None and value != "" and value != [] and value != ()
