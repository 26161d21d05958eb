"""Guards that ask for dates, and for the time between two steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from translationstring import TranslationStringFactory

from fdplattform.events.facts import EventFacts
from fdplattform.events.guards.weight import Weight, weigh
from fdplattform.workflow import Guard, Reason, Severity

_ = TranslationStringFactory("fdplattform")


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


def dates_over(weight: Weight = Severity.WARN) -> Guard:
    """Every date has ended."""

    def guard(facts: EventFacts, now: datetime) -> Reason | None:
        last = max(facts.dates, key=lambda date: date.ends_at, default=None)
        if last is None or last.ends_at <= now:
            return None
        message = _(
            "The event has a date that is not over yet: from ${start} until ${end}.",
            mapping={"start": last.starts_at, "end": last.ends_at},
        )
        return Reason(message, weigh(weight, facts), where="termine")

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


@dataclass(frozen=True)
class DaysAfterStep:
    """The guard of `days_after_step`, which can also say when it will let the step pass."""

    transition: str
    days: Callable[[EventFacts], int]
    message: str
    weight: Weight
    in_public: bool = False

    def earliest(self, facts: EventFacts) -> datetime | None:
        """From which moment on the guard is content; None while the days do not count yet."""
        since = self._since(facts)
        return None if since is None else since + timedelta(days=self.days(facts))

    def _since(self, facts: EventFacts) -> datetime | None:
        taken = facts.steps.get(self.transition)
        if taken is None or not self.in_public:
            return taken
        if facts.hidden or not facts.dialogue_public:
            return None
        return max(taken, facts.shown_since or taken)

    def __call__(self, facts: EventFacts, now: datetime) -> Reason | None:
        earliest = self.earliest(facts)
        if earliest is not None and now >= earliest:
            return None
        since = self._since(facts) or now
        # The message keeps the plugin's domain.
        text = _(self.message, mapping={"days": self.days(facts), "since": (now - since).days})
        return Reason(text, weigh(self.weight, facts))


def days_after_step(
    transition: str, days: Callable[[EventFacts], int], message: str, weight: Weight, *, in_public: bool = False
) -> Guard:
    """`transition` was taken at least `days` days ago. `message` may contain `${days}` and `${since}`.

    With `in_public` the days count anew when the page was not public in between: hidden, or its dialogue a draft.
    """
    return DaysAfterStep(transition, days, message, weight, in_public)


def not_postponed(facts: EventFacts, _now: datetime) -> Reason | None:
    """The event is not postponed."""
    if facts.postponed:
        return Reason(_("The event is postponed. Give it a new date and let it go on first."), where="termine")
    return None


def is_postponed(facts: EventFacts, _now: datetime) -> Reason | None:
    """The event is postponed."""
    return None if facts.postponed else Reason(_("The event is not postponed."))
