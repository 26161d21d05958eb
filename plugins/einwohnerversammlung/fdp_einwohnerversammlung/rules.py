"""What the law and the municipality's settings demand of the steps: guards, made from the law as data.

A rule blocks only where the law names a number, somebody can cite it, and the municipality wants to be stopped.
"""

from datetime import date, datetime, timedelta

from fdp_einwohnerversammlung.law import Law, add_months, law_of
from fdp_einwohnerversammlung.schemas import BLOCK
from fdp_einwohnerversammlung.texts import _
from fdplattform.api import EventFacts, Reason, Severity


def law_here(facts: EventFacts) -> Law:
    """The law of the Land in which the municipality lies."""
    return law_of(facts.federal_state)


def norm_is_recorded(facts: EventFacts, _now: datetime) -> Reason | None:
    """A norm is known on which the assembly can rest."""
    if law_here(facts).norm is not None:
        return None
    text = _(
        "No law on assemblies is recorded for ${state}. Check what you rest the assembly on.",
        mapping={"state": facts.federal_state},
    )
    return Reason(text, Severity.WARN)


def petition_is_recorded(facts: EventFacts, _now: datetime) -> Reason | None:
    """It is known how residents can petition for an assembly here."""
    if law_here(facts).petition is not None:
        return None
    text = _(
        "For ${state} it is not recorded yet whether and how residents can demand an assembly. Check the law.",
        mapping={"state": facts.federal_state},
    )
    return Reason(text, Severity.WARN)


def needed_signatures(facts: EventFacts) -> int | None:
    """The quorum, or None as long as the numbers or the law are not known."""
    population = facts.details.get("population") or facts.population
    eligible = facts.details.get("eligible")
    if not population or not eligible:
        return None
    return law_here(facts).quorum(population, eligible)


def signatures_are_counted(facts: EventFacts, _now: datetime) -> Reason | None:
    """The numbers are entered, and can be true."""
    eligible, signatures = facts.details.get("eligible"), facts.details.get("signatures")
    if eligible is None or signatures is None:
        return Reason(_("The signatures are not counted yet."), where="bearbeiten")
    if signatures > eligible:
        return Reason(
            _("There are more signatures than residents who may sign. Check the numbers."), where="bearbeiten"
        )
    if not (facts.details.get("population") or facts.population):
        return Reason(
            _("The number of residents is not known. Enter it in the texts of the event."), where="bearbeiten"
        )
    return None


def quorum_is_reached(facts: EventFacts, now: datetime) -> Reason | None:
    """Enough residents have signed."""
    if signatures_are_counted(facts, now) is not None:
        return None
    needed, signatures = needed_signatures(facts), facts.details["signatures"]
    if needed is None:
        return Reason(_("The quorum is not recorded for your Land yet. Check the law."), Severity.WARN)
    if signatures >= needed:
        return None
    mapping = {"signatures": signatures, "needed": needed}
    return Reason(_("The quorum is not reached: ${signatures} of ${needed} signatures.", mapping=mapping))


def trusted_persons_are_named(facts: EventFacts, _now: datetime) -> Reason | None:
    """Somebody speaks for the petition, and not more people than the law wants."""
    named, petition = len(facts.records.get("trusted_persons", ())), law_here(facts).petition
    if named == 0:
        return Reason(_("Nobody is named who speaks for the petition."), Severity.WARN)
    most = petition.trusted_persons if petition is not None else None
    if most is None or named <= most:
        return None
    text = _("More than ${most} people are named who speak for the petition.", mapping={"most": most})
    return Reason(text, severity(facts, "trusted_persons"))


def notice_is_in_time(facts: EventFacts, now: datetime) -> Reason | None:
    """Between the notice and the assembly lie the days that the law names, or else those of the guide value."""
    if facts.starts_at is None:
        return None
    by_law = law_here(facts).notice.days
    wanted = facts.settings.get("warn_days", 0) if by_law is None else by_law
    if facts.starts_at - now >= timedelta(days=wanted):
        return None
    # Where the law is silent the municipality is warned late, but reads what it has settled as good.
    named = max(wanted, facts.settings.get("guide_days", wanted)) if by_law is None else wanted
    mapping = {"left": max((facts.starts_at - now).days, 0), "days": named, "norm": law_here(facts).norm}
    if by_law is None:
        text = _("Only ${left} days are left until the assembly. The guide value is ${days} days.", mapping=mapping)
        return Reason(text, Severity.WARN, where="termine")
    text = _("Only ${left} days are left until the assembly. ${norm} asks for ${days} days.", mapping=mapping)
    return Reason(text, severity(facts, "days"), where="termine")


def subject_is_new(facts: EventFacts, _now: datetime) -> Reason | None:
    """The subject of a petition was not dealt with by an assembly in the months before that the law names."""
    dealt_with, petition = facts.details.get("last_dealt_with_on"), law_here(facts).petition
    received = facts.details.get("petition_received_on")
    if dealt_with is None or received is None or petition is None or petition.block_months is None:
        return None
    if received > add_months(dealt_with, petition.block_months):
        return None
    text = _(
        "An assembly dealt with the same subject less than ${months} months before the petition.",
        mapping={"months": petition.block_months},
    )
    return Reason(text, severity(facts, "block_months"), where="bearbeiten")


def petition_stands(facts: EventFacts) -> bool:
    """A petition came in, and was not turned down or entered by mistake."""
    received = facts.steps.get("petition_received")
    ended = [facts.steps[step] for step in ("reject_petition", "petition_mistaken") if step in facts.steps]
    return facts.details.get("petition_received_on") is not None and not (
        ended and (received is None or max(ended) >= received)
    )


def held_soon_enough(facts: EventFacts, _now: datetime) -> Reason | None:
    """An assembly that was demanded takes place within the months that the law names."""
    if not petition_stands(facts):
        return None
    received, petition = facts.details.get("petition_received_on"), law_here(facts).petition
    if received is None or petition is None or petition.held_within_months is None or facts.starts_at is None:
        return None
    latest = add_months(received, petition.held_within_months)
    if facts.starts_at.date() <= latest:
        return None
    text = _(
        "The petition is older than ${months} months when the assembly takes place.",
        mapping={"months": petition.held_within_months},
    )
    return Reason(text, severity(facts, "held_within_months"), where="termine")


def answers_due(facts: EventFacts) -> date | None:
    """Until when suggestions should be dealt with; None where the law names no time or the date is open."""
    follow_up = law_here(facts).follow_up
    if follow_up is None or facts.ends_at is None:
        return None
    return add_months(facts.ends_at.date(), follow_up.months)


def answers_are_due_in_time(facts: EventFacts, _now: datetime) -> Reason | None:
    """No suggestion is to be answered later than the law says."""
    latest, follow_up = answers_due(facts), law_here(facts).follow_up
    if latest is None or follow_up is None:
        return None
    days = [row["due_on"] for row in facts.records.get("suggestions", ()) if row["due_on"] is not None]
    if all(day <= latest for day in days):
        return None
    text = _(
        "A suggestion is to be answered later than ${months} months after the assembly.",
        mapping={"months": follow_up.months},
    )
    return Reason(text, severity(facts, "follow_up") if follow_up.duty == "muss" else Severity.WARN)


def severity(facts: EventFacts, name: str) -> Severity:
    """How much the law's value `name` weighs here: what is not confirmed never blocks."""
    stops = facts.settings.get("severity") == BLOCK and law_here(facts).confirms(name)
    return Severity.BLOCK if stops else Severity.WARN
