"""What the format demands of the steps: guards, made from the guide values and the municipality's settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fdp_buergerinnenrat.guide import guide
from fdp_buergerinnenrat.schemas import BLOCK
from fdp_buergerinnenrat.texts import _
from fdplattform.api import EventFacts, Reason, Severity


def publication_days(facts: EventFacts) -> int:
    """Days between the publication of the intention and the invitation, as the municipality settled."""
    days: int = facts.settings.get("publication_days", guide().publication.days)
    return days


def publication_severity(facts: EventFacts) -> Severity:
    """How much an early invitation weighs."""
    return _severity(facts, "publication_severity")


def chain_severity(facts: EventFacts) -> Severity:
    """How much a missing café or resonance group weighs."""
    return _severity(facts, "chain_severity")


def places_are_usual(facts: EventFacts, _now: datetime) -> Reason | None:
    """The number of members is said, and is one with which a council works."""
    places = facts.details.get("places")
    if places is None:
        return Reason(_("It is not said yet how many members the council has."), where="bearbeiten")
    return _unless_usual(places)


def members_are_enough(facts: EventFacts, _now: datetime) -> Reason | None:
    """The list of members is written, and the council is neither too small nor too large."""
    members = len(facts.records.get("members", ()))
    if members == 0:
        return Reason(_("The list of members is empty."), where="listen/members")
    return _unless_usual(members)


def quotas_are_kept(facts: EventFacts, _now: datetime) -> Reason | None:
    """Of each group as many were drawn as was fixed beforehand."""
    criteria = facts.records.get("criteria", ())
    if any(row["reached"] is None for row in criteria):
        return Reason(_("Count how many of the drawn members belong to each group."), where="listen/criteria")
    missed = [f"{row['attribute']}: {row['value']}" for row in criteria if not _kept(row)]
    if not missed:
        return None
    return Reason(_("Quotas are not kept: ${groups}.", mapping={"groups": ", ".join(missed)}), Severity.WARN)


def has_two_dates(facts: EventFacts, _now: datetime) -> Reason | None:
    """The council sits for an afternoon and a day."""
    if len(facts.dates) >= guide().council.dates:
        return None
    return Reason(_("A council needs one and a half days. Give it two dates."), Severity.WARN, where="termine")


def limits_make_sense(facts: EventFacts, _now: datetime) -> Reason | None:
    """No criterion asks for at least more than for at most."""
    wrong = [row["value"] for row in facts.records.get("criteria", ()) if row["least"] > row["most"]]
    if not wrong:
        return None
    return Reason(_("“At least” is more than “at most” for: ${groups}.", mapping={"groups": ", ".join(wrong)}))


def _kept(row: Mapping[str, Any]) -> bool:
    return bool(row["least"] <= row["reached"] <= row["most"])


def _unless_usual(number: int) -> Reason | None:
    usual = guide().council
    if usual.least_members <= number <= usual.most_members:
        return None
    mapping = {"number": number, "least": usual.least_members, "most": usual.most_members}
    text = _("${number} members: a council works with ${least} to ${most}.", mapping=mapping)
    return Reason(text, Severity.WARN)


def _severity(facts: EventFacts, setting: str) -> Severity:
    return Severity.BLOCK if facts.settings.get(setting) == BLOCK else Severity.WARN
