"""Long lists in pages: `pages = Pages.of(request, total)`, then `query.limit(pages.size).offset(pages.offset)`."""

from dataclasses import dataclass
from math import ceil

from pyramid.encode import urlencode
from pyramid.request import Request

PAGE_SIZE = 25


@dataclass(frozen=True)
class Pages:
    """Which part of a list is shown. `number` counts from 1."""

    number: int
    total: int
    size: int = PAGE_SIZE

    @classmethod
    def of(cls, request: Request, total: int, size: int = PAGE_SIZE) -> "Pages":
        """From `?page=`; what is no page of the list becomes the nearest one."""
        asked = request.GET.get("page", "1")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
        return cls(min(max(number, 1), max(ceil(total / size), 1)), total, size)

    @property
    def count(self) -> int:
        """How many pages there are; at least one."""
        return max(ceil(self.total / self.size), 1)

    @property
    def offset(self) -> int:
        """How many items stand before this page."""
        return (self.number - 1) * self.size

    @property
    def shown(self) -> list[int | None]:
        """The page numbers to offer; None stands for a gap."""
        near = {1, self.count, *range(self.number - 1, self.number + 2)}
        numbers = sorted(number for number in near if 1 <= number <= self.count)
        result: list[int | None] = []
        for number in numbers:
            if result and number - (result[-1] or 0) > 1:
                result.append(None)
            result.append(number)
        return result

    def href(self, request: Request, number: int) -> str:
        """The address of another page of the same list."""
        query = [(key, value) for key, value in request.GET.items() if key != "page"]
        return f"{request.path}?{urlencode([*query, ('page', number)])}"
