"""What the format demands of the steps: guards, made from the guide values and the municipality's settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fdp_buergerinnenrat.guide import guide
from fdp_buergerinnenrat.schemas import BLOCK
from fdp_buergerinnenrat.texts import _
from fdplattform.api import EventFacts, Reason, Severity, guards

#: States in which nobody can read what will be asked.
UNPUBLISHED = frozenset({"preparing", "mandated"})


def publication_days(facts: EventFacts) -> int:
    """Days between the publication of the intention and the invitation, as the municipality settled."""
    days: int = facts.settings.get("publication_days", guide().publication.days)
    return days


def publication_severity(facts: EventFacts) -> Severity:
    """How much an early invitation weighs."""
    return _severity(facts, "publication_severity")


#: The intention was published long enough ago; `days_after_step` also tells the page of the sample from when on.
PUBLISHED_LONG_ENOUGH = guards.days_after_step(
    "publish",
    publication_days,
    _("The intention was published ${since} days ago. ${days} days shall lie before the invitation."),
    publication_severity,
    in_public=True,
)


def letters_are_not_early(facts: EventFacts, now: datetime) -> Reason | None:
    """No letter invites anybody before the intention was public long enough."""
    if facts.state not in UNPUBLISHED:
        return PUBLISHED_LONG_ENOUGH(facts, now)
    text = _(
        "The intention is not published yet. ${days} days shall lie between its publication and the invitation.",
        mapping={"days": publication_days(facts)},
    )
    return Reason(text, publication_severity(facts), where="schritte")


def chain_severity(facts: EventFacts) -> Severity:
    """How much a missing café or resonance group weighs."""
    return _severity(facts, "chain_severity")


def places_are_usual(facts: EventFacts, _now: datetime) -> Reason | None:
    """The council has as many places as a council works with."""
    return _unless_usual(_draw(facts).get("seats", 0), "kriterien")


def members_are_enough(facts: EventFacts, _now: datetime) -> Reason | None:
    """The members are entered, and the council is neither too small nor too large."""
    members = _draw(facts).get("members", 0)
    if members == 0:
        return Reason(_("The list of members is empty."), where="gremium")
    return _unless_usual(members, "gremium")


def quotas_are_kept(facts: EventFacts, _now: datetime) -> Reason | None:
    """Of each category as many were drawn as was fixed beforehand."""
    if not _draw(facts).get("counted"):
        return Reason(_("Count how many of the drawn members belong to each group."), where="gremium/quoten")
    missed = _draw(facts).get("missed")
    if not missed:
        return None
    mapping = {"groups": ", ".join(missed)}
    return Reason(_("Quotas are not kept: ${groups}.", mapping=mapping), Severity.WARN, where="gremium/quoten")


def has_two_dates(facts: EventFacts, _now: datetime) -> Reason | None:
    """The council sits for an afternoon and a day."""
    if len(facts.dates) >= guide().council.dates:
        return None
    return Reason(_("A council needs one and a half days. Give it two dates."), Severity.WARN, where="termine")


def _draw(facts: EventFacts) -> Mapping[str, Any]:
    """What the draw says."""
    return facts.tools["draw"]


def _unless_usual(number: int, where: str) -> Reason | None:
    usual = guide().council
    if usual.least_members <= number <= usual.most_members:
        return None
    mapping = {"number": number, "least": usual.least_members, "most": usual.most_members}
    text = _("${number} members: a council works with ${least} to ${most}.", mapping=mapping)
    return Reason(text, Severity.WARN, where=where)


def _severity(facts: EventFacts, setting: str) -> Severity:
    return Severity.BLOCK if facts.settings.get(setting) == BLOCK else Severity.WARN
