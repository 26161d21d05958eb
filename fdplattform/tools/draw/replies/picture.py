"""The picture of the answers: for each category the share of the population, of the letters and of the yes."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.tools.draw.criteria.models import Category, Criterion, Source
from fdplattform.tools.draw.criteria.picture import amount_bar
from fdplattform.tools.draw.criteria.texts import CriteriaTexts
from fdplattform.tools.draw.replies.counting import CategoryCounts
from fdplattform.tools.draw.replies.messages import _
from fdplattform.translation.services import Text


@dataclass(frozen=True, kw_only=True)
class CategoryRow:
    """One category in numbers."""

    title: Text
    #: Percent of the population, None where nobody entered it.
    share: float | None
    #: None for what no register knows.
    invited: int | None
    yes: int
    no: int
    #: Percent of those who said yes and of whom the category is known; None while nobody did.
    yes_share: float | None
    least: int | None
    #: A bar for `yes_share`, and a line at `share`.
    picture: Markup

    @property
    def lacks(self) -> TranslationString | None:
        """What to say when those who said yes so far cannot meet the quota."""
        if self.least is None or self.yes >= self.least:
            return None
        return _("at least ${least} needed", mapping={"least": self.least})


@dataclass(frozen=True, kw_only=True)
class CriterionRows:
    """One criterion with its categories."""

    title: Text
    categories: Sequence[CategoryRow]


def rows_of(request: Request, criteria: Sequence[Criterion], counts: CategoryCounts) -> list[CriterionRows]:
    """The criteria in the reader's language, with their numbers and pictures."""
    texts = CriteriaTexts(request, criteria)
    rtl = request.page.dir == "rtl"
    return [
        CriterionRows(
            title=texts.title(criterion),
            categories=[
                _row(texts.category(category), criterion, category, counts, rtl=rtl)
                for category in criterion.categories
            ],
        )
        for criterion in criteria
    ]


def _total(criterion: Criterion, counts: CategoryCounts) -> int:
    return sum(counts.yes.get(category.id, 0) for category in criterion.categories)


def _row(title: Text, criterion: Criterion, category: Category, counts: CategoryCounts, *, rtl: bool) -> CategoryRow:
    yes, total = counts.yes.get(category.id, 0), _total(criterion, counts)
    share = 100 * yes / total if total else None
    return CategoryRow(
        title=title,
        share=category.share,
        invited=counts.invited.get(category.id, 0) if criterion.source is Source.REGISTER else None,
        yes=yes,
        no=counts.no.get(category.id, 0),
        yes_share=share,
        least=category.least,
        picture=amount_bar(share or 0, 100, category.share, rtl=rtl),
    )
