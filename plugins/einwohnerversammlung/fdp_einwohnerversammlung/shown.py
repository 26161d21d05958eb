"""The law as pages and papers show it. Words of the law stay German in every language; gaps are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fdp_einwohnerversammlung.law import FollowUp, Law, Petition, QuorumStep
from fdp_einwohnerversammlung.rules import answers_due, law_here, needed_signatures
from fdp_einwohnerversammlung.texts import _
from fdplattform.api import EventFacts, Note

#: Lines for signatures on one sheet of paper.
LINES = range(1, 13)


@dataclass(frozen=True)
class Row:
    """A line of the page about the law. Without a `text` it is not recorded yet."""

    title: str
    text: str | None
    #: False when no citable source confirms it.
    confirmed: bool = True
    #: The language of the text, or None when it is translatable.
    language: str | None = None


def notes(facts: EventFacts) -> list[Note]:
    """What the event's page says of the law: only what is recorded and confirmed."""
    law = law_here(facts)
    said = (
        ("name", _("Name in the law"), law.name),
        ("norm", _("Legal basis"), law.norm),
        ("speak", _("Who may speak"), law.speak),
        ("votes", _("Votes"), law.votes),
    )
    return [Note(title=title, text=text, language="de") for name, title, text in said if text and law.confirms(name)]


def notice(facts: EventFacts) -> Mapping[str, Any]:
    """For the notice in the official gazette."""
    return {"law": law_here(facts)}


def signature_list(facts: EventFacts) -> Mapping[str, Any]:
    """For the sheets on which residents sign."""
    law = law_here(facts)
    return {
        "law": law,
        "petition": law.petition or Petition(),
        "needed": needed_signatures(facts),
        "lines": LINES,
        "trusted_persons": [row["name"] for row in facts.records.get("trusted_persons", ())],
    }


def legal_page(facts: EventFacts) -> Mapping[str, Any]:
    """For the page that says what the law says here."""
    law = law_here(facts)
    return {
        "law": law,
        "rows": [*_assembly(law), *_petition(law), *_follow_up(law.follow_up)],
        "notice_by": _notice_by(facts),
        "answers_by": answers_due(facts),
        "needed": needed_signatures(facts),
    }


def _notice_by(facts: EventFacts) -> date | None:
    if facts.starts_at is None:
        return None
    by_law = law_here(facts).notice.days
    days = facts.settings.get("guide_days", 0) if by_law is None else by_law
    return facts.starts_at.date() - timedelta(days=days)


def _assembly(law: Law) -> list[Row]:
    said = (
        ("norm", _("Legal basis"), law.norm),
        ("name", _("Name in the law"), law.name),
        ("decides", _("Who decides"), law.decides),
        ("convenes", _("Who convenes"), law.convenes),
        ("chairs", _("Who chairs"), law.chairs),
        ("rhythm", _("How often"), law.rhythm),
        ("take_part", _("Who may take part"), law.take_part),
        ("speak", _("Who may speak"), law.speak),
        ("votes", _("Votes"), law.votes),
        ("notice", _("Notice"), law.notice.text),
        ("contents", _("What the notice says"), law.notice.contents),
    )
    return [Row(title, text, law.confirms(name), "de") for name, title, text in said]


def _petition(law: Law) -> list[Row]:
    petition = law.petition or Petition()
    steps: list[str | None] = [_step(step) for step in petition.quorum] or [None]
    said = (
        ("form", _("Petition: form"), petition.form, "de"),
        ("electronic", _("Petition: by electronic means"), _yes_or_no(petition.electronic), None),
        *(("quorum", _("Petition: signatures"), step, None) for step in steps),
        ("age", _("Petition: age from which one may sign"), _years(petition.age), None),
        ("months_of_residence", _("Petition: months of residence"), _months(petition.months_of_residence), None),
        ("trusted_persons", _("Petition: people who speak for it, at most"), _number(petition.trusted_persons), None),
        ("admissibility_by", _("Petition: who decides on admissibility"), petition.admissibility_by, "de"),
        ("block_months", _("Petition: not again on the same subject for"), _months(petition.block_months), None),
        (
            "held_within_months",
            _("Petition: the assembly takes place within"),
            _months(petition.held_within_months),
            None,
        ),
    )
    return [Row(title, text, law.confirms(name), language) for name, title, text, language in said]


def _step(step: QuorumStep) -> str:
    mapping = {
        "percent": f"{float(step.percent):g}".replace(".", ","),
        "up_to": _grouped(step.up_to),
        "least": _grouped(step.least),
        "most": _grouped(step.most),
    }
    text: str = _("${percent} % of those who may sign", mapping=mapping)
    if step.up_to is not None and step.most is not None:
        text = _("up to ${up_to} residents: ${percent} %, at most ${most}", mapping=mapping)
    elif step.most is not None:
        text = _("otherwise ${percent} %, at least ${least}, at most ${most}", mapping=mapping)
    return text


def _follow_up(follow_up: FollowUp | None) -> list[Row]:
    title = _("When suggestions are dealt with")
    if follow_up is None:
        return [Row(title, None)]
    mapping = {"months": follow_up.months}
    must = follow_up.duty == "muss"
    text = (
        _("must be dealt with within ${months} months", mapping=mapping)
        if must
        else _("should be dealt with within ${months} months", mapping=mapping)
    )
    return [Row(title, text), Row(_("Who deals with suggestions"), follow_up.body, language="de")]


def _yes_or_no(value: bool | None) -> str | None:
    words: dict[bool | None, str] = {True: _("yes"), False: _("no, only on paper")}
    return words.get(value)


def _months(number: int | None) -> str | None:
    return None if number is None else _("${number} months", mapping={"number": number})


def _years(number: int | None) -> str | None:
    return None if number is None else _("${number} years", mapping={"number": number})


def _grouped(number: int | None) -> str:
    """Thousands apart by a thin space, which every language reads."""
    return "" if number is None else f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _number(number: int | None) -> str | None:
    return None if number is None else str(number)
