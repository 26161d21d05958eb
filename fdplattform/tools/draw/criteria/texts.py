"""The titles of a criterion and of its categories in the reader's language: one thing, so that they are translated
together and read with one query."""

from collections.abc import Iterable
from typing import Any

from pyramid.request import Request

from fdplattform.tools.draw.criteria.messages import _
from fdplattform.tools.draw.criteria.models import Category, Criterion
from fdplattform.translation.pages import TranslatableField
from fdplattform.translation.services import Text, Texts

#: Before the id of a category: the name of its title in the criterion's translation.
PREFIX = "category_"
MAX_TITLE = 80


class CriterionTexts:
    """A criterion as the room `translation` sees it: the titles of its categories are fields of its own."""

    __tablename__ = Criterion.__tablename__

    def __init__(self, criterion: Criterion) -> None:
        self.id, self.language, self.title = criterion.id, criterion.language, criterion.title
        self._categories = {field_of(category): category.title for category in criterion.categories}
        self.TRANSLATED = (*Criterion.TRANSLATED, *self._categories)

    def __getattr__(self, name: str) -> Any:
        if name.startswith(PREFIX):
            return self._categories[name]
        raise AttributeError(name)


def field_of(category: Category) -> str:
    """The name under which the category's title is translated."""
    return f"{PREFIX}{category.id}"


def translatable_fields(criterion: Criterion) -> tuple[TranslatableField, ...]:
    """The criterion's title, and each category's."""
    titles = (
        TranslatableField(field_of(category), _("Category ${number}", mapping={"number": number}), MAX_TITLE)
        for number, category in enumerate(criterion.categories, start=1)
    )
    return (TranslatableField("title", _("Title"), MAX_TITLE), *titles)


class CriteriaTexts:
    """The titles of some criteria for one reader; one query."""

    def __init__(self, request: Request, criteria: Iterable[Criterion]) -> None:
        self._things = {criterion.id: CriterionTexts(criterion) for criterion in criteria}
        self._texts: Texts = request.texts(*self._things.values())

    def title(self, criterion: Criterion) -> Text:
        """The criterion's title."""
        return self._texts.get(self._things[criterion.id], "title")

    def category(self, category: Category) -> Text:
        """The category's title."""
        return self._texts.get(self._things[category.criterion_id], field_of(category))
