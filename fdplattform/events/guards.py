"""The library of guards from which formats build their workflows: each makes a pure function of facts and moment."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.events.facts import EventFacts
from fdplattform.findings.models import FindingKind
from fdplattform.workflow import CANCELLED, Guard, Reason, Severity

_ = TranslationStringFactory("fdplattform")

#: A fixed severity, or one that a municipality's settings decide.
Weight = Severity | Callable[[EventFacts], Severity]


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
    """Each field's working group has a person responsible, who agreed, and a deputy."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        ready = {g.field_id for g in facts.groups if g.has_lead and g.lead_consented and g.has_deputy}
        open_fields = [title for field_id, title in facts.fields.items() if field_id not in ready]
        if not open_fields:
            return None
        return Reason(
            _(
                "A person responsible who agreed, or their deputy, is missing for: ${fields}.",
                mapping={"fields": ", ".join(open_fields)},
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


def has_date() -> Guard:
    """The event has a date."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        return None if facts.dates else Reason(_("The event has no date yet."), where="termine")

    return guard


def date_ahead() -> Guard:
    """The event has a date that has not begun."""

    def guard(facts: EventFacts, now: datetime) -> Reason | None:
        if any(date.starts_at > now for date in facts.dates):
            return None
        return Reason(_("The event has no date in the future."), where="termine")

    return guard


def has_begun() -> Guard:
    """The first date has begun."""

    def guard(facts: EventFacts, now: datetime) -> Reason | None:
        if facts.starts_at is not None and facts.starts_at <= now:
            return None
        return Reason(_("The event has not begun yet."))

    return guard


def has_agenda() -> Guard:
    """The agenda has lines."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        filled = facts.tools.get("agenda", {}).get("items")
        return None if filled else Reason(_("The agenda is empty."), where="ablauf")

    return guard


def days_before(days: Callable[[EventFacts], int | None], weight: Weight = Severity.WARN) -> Guard:
    """At least `days` whole days lie between now and the first date; None asks for nothing."""

    def guard(facts: EventFacts, now: datetime) -> Reason | None:
        wanted = days(facts)
        if wanted is None or facts.starts_at is None or facts.starts_at - now >= timedelta(days=wanted):
            return None
        left = max((facts.starts_at - now).days, 0)
        message = _(
            "Only ${left} days are left until the event; the guide value is ${days} days.",
            mapping={"left": left, "days": wanted},
        )
        return Reason(message, weigh(weight, facts), where="termine")

    return guard


def days_after_step(transition: str, days: Callable[[EventFacts], int], message: str, weight: Weight) -> Guard:
    """`transition` was taken at least `days` days ago. `message` may contain `${days}` and `${since}`."""

    def guard(facts: EventFacts, now: datetime) -> Reason | None:
        taken, wanted = facts.steps.get(transition), days(facts)
        if taken is not None and now - taken >= timedelta(days=wanted):
            return None
        since = 0 if taken is None else (now - taken).days
        # The message keeps the plugin's domain.
        return Reason(_(message, mapping={"days": wanted, "since": since}), weigh(weight, facts))

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


def follower_reached(format_id: str, states: Iterable[str], message: str, weight: Weight = Severity.BLOCK) -> Guard:
    """A chained event of `format_id` is in one of `states`."""
    wanted = frozenset(states)

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if any(other.format_id == format_id and other.state in wanted for other in facts.followers):
            return None
        return Reason(message, weigh(weight, facts))

    return guard


def siblings_reached(states: Iterable[str], message: str) -> Guard:
    """All other events of the series are in one of `states`, or cancelled: nobody waits for those."""
    wanted = frozenset({*states, CANCELLED})

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        return None if all(other.state in wanted for other in facts.siblings) else Reason(message)

    return guard


def has_synthesis() -> Guard:
    """The series has a synthesis; an event outside a series needs none."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if facts.series_synthesis or not facts.siblings:
            return None
        return Reason(_("The synthesis of the series is missing."))

    return guard


def has_synthesis_when_all(states: Iterable[str]) -> Guard:
    """As soon as all other events of the series are in one of `states` (or cancelled), the synthesis exists.

    Events that are early need not wait for the others, and the last one cannot leave without it.
    """
    others_are_over = siblings_reached(states, "")
    synthesis = has_synthesis()

    def guard(facts: EventFacts, now: datetime) -> Reason | None:
        return None if others_are_over(facts, now) else synthesis(facts, now)

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


def weigh(weight: Weight, facts: EventFacts) -> Severity:
    """The severity that holds here."""
    return weight if isinstance(weight, Severity) else weight(facts)


def not_postponed(facts: EventFacts, _now: datetime) -> Reason | None:
    """The event is not postponed."""
    if facts.postponed:
        return Reason(_("The event is postponed. Give it a new date and let it go on first."), where="termine")
    return None


def is_postponed(facts: EventFacts, _now: datetime) -> Reason | None:
    """The event is postponed."""
    return None if facts.postponed else Reason(_("The event is not postponed."))


def _filled(value: Any) -> bool:
    return value is not None and value != "" and value != [] and value != ()
