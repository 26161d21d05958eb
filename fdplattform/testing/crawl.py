"""Walk through all pages that are linked, as somebody with a browser would, and look at each kind of page once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from playwright.sync_api import Page

#: Links that are not pages.
NO_PAGE = re.compile(
    r"\.(ics|csv|txt|svg|pdf|atom|json|xml|docx|xlsx|py)$|^/(static|assets|api|-)/|/datei/|/listen-export/|/vorschau/"
)
#: What one page tells about itself.
FACTS = """() => {
    const named = control => control.labels?.length || control.ariaLabel || control.getAttribute('aria-labelledby');
    const controls = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')];
    return {
        headings: document.querySelectorAll('h1').length,
        language: document.documentElement.lang,
        direction: document.documentElement.dir,
        nameless: controls.filter(control => !named(control)).map(control => control.outerHTML.slice(0, 120)),
        links: [...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href')),
        texts: [...new Set(document.body.innerText.split('\\n').map(line => line.trim()))],
    };
}"""


@dataclass
class Crawl:
    """A walk that stays below `within`. `kind_of` tells which pages look alike: only the first of a kind is opened."""

    page: Page
    address: str
    language: str
    kind_of: Callable[[str], str]
    within: str = "/"
    faults: list[str] = field(default_factory=list)

    def pages(self, *start: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Open each kind of page once; yields its path and what FACTS found there."""
        waiting, seen = list(start), set()
        while waiting:
            path = waiting.pop(0)
            kind = self.kind_of(path)
            if kind in seen:
                continue
            seen.add(kind)
            facts = self._open(path)
            if facts is None:
                continue
            yield path, facts
            waiting += [link for href in facts["links"] if (link := self._inside(path, href)) is not None]

    def _open(self, path: str) -> dict[str, Any] | None:
        separator = "&" if "?" in path else "?"
        answer = self.page.goto(f"{self.address}{path}{separator}lang={self.language}")
        if answer is None or answer.status != 200:
            self.faults.append(f"{path}: answers {answer.status if answer else 'nothing'}")
            return None
        facts: dict[str, Any] = self.page.evaluate(FACTS)
        return facts

    def _inside(self, path: str, href: str) -> str | None:
        parts = urlsplit(urljoin(self.address + path, href))
        if f"{parts.scheme}://{parts.netloc}" != self.address or NO_PAGE.search(parts.path):
            return None
        if not parts.path.startswith(self.within):
            return None
        query = "&".join(f"{name}={value}" for name, value in parse_qsl(parts.query) if name != "lang")
        return f"{parts.path}?{query}" if query else parts.path
