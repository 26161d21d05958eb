"""The criteria as pages show them: to everybody on the event's page, to staff with what is still wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.tools.draw.criteria.messages import _
from fdplattform.tools.draw.criteria.models import Category, Criterion, Kind, Plan, Source
from fdplattform.tools.draw.criteria.picture import quota_bar
from fdplattform.tools.draw.criteria.quotas import quota_faults
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.criteria.texts import CriteriaTexts
from fdplattform.translation.services import Text

#: How a criterion is known, as everybody reads it.
SOURCES = {
    Source.REGISTER: _("from the residents' register"),
    Source.REPLY: _("from the reply, told by who wants to"),
}


@dataclass(frozen=True, kw_only=True)
class CategoryRow:
    """A category with its quota and the picture of it."""

    category: Category
    title: Text
    #: The ages in words, None for a category that is no age band.
    ages: TranslationString | None
    picture: Markup | None


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """A criterion with its categories; `fault` says why its quotas cannot be kept."""

    criterion: Criterion
    title: Text
    source: TranslationString
    categories: Sequence[CategoryRow]
    fault: TranslationString | None


@dataclass(frozen=True, kw_only=True)
class ShownCriteria:
    """The plan and the criteria of an event in the reader's language."""

    plan: Plan
    criteria: Sequence[CriterionRow]

    @property
    def faultless(self) -> bool:
        """True when there are criteria and a panel can keep all of them."""
        return bool(self.criteria) and all(row.fault is None for row in self.criteria)


def shown_criteria(request: Request, event_id: int) -> ShownCriteria:
    """The event's criteria for the reader of `request`; a constant number of queries."""
    plan, criteria = plan_of(request.db, event_id), criteria_of(request.db, event_id)
    texts = CriteriaTexts(request, criteria)
    faults = {fault.criterion.id: fault.text for fault in quota_faults(plan, criteria)}
    rtl = request.page.dir == "rtl"
    rows = [
        CriterionRow(
            criterion=criterion,
            title=texts.title(criterion),
            source=SOURCES[criterion.source],
            categories=[
                CategoryRow(
                    category=category,
                    title=texts.category(category),
                    ages=ages_of(category) if criterion.kind is Kind.AGE else None,
                    picture=_picture(category, plan, rtl=rtl),
                )
                for category in criterion.categories
            ],
            fault=faults.get(criterion.id),
        )
        for criterion in criteria
    ]
    return ShownCriteria(plan=plan, criteria=rows)


def ages_of(category: Category) -> TranslationString:
    """The band in words."""
    first, last = category.age_from, category.age_to
    if first is not None and last is not None:
        return _("${first} to ${last} years", mapping={"first": first, "last": last})
    if first is not None:
        return _("${first} years and older", mapping={"first": first})
    if last is not None:
        return _("up to ${last} years", mapping={"last": last})
    return _("every age")


def _picture(category: Category, plan: Plan, *, rtl: bool) -> Markup | None:
    if category.least is None or category.most is None:
        return None
    return quota_bar(category.least, category.most, plan.drawn_seats, category.share, rtl=rtl)
