"""Reading pages in tests as people do: by labels, legends and headings, not by ids."""

from typing import Any

from bs4 import BeautifulSoup, Tag


def soup(response: Any) -> BeautifulSoup:
    """The page of a WebTest response."""
    return BeautifulSoup(response.text, "html.parser")


def control(html: BeautifulSoup, label: str) -> Tag:
    """The control whose label says `label` (without what stands in brackets). Raises LookupError."""
    for tag in html.find_all("label"):
        if tag.get_text(" ", strip=True).split(" (")[0] == label:
            found = html.find(id=tag["for"])
            if isinstance(found, Tag):
                return found
    raise LookupError(f"no control is labelled {label!r}")


def described(html: BeautifulSoup, tag: Tag) -> str:
    """What a screen reader reads out after the label of a control: its error and its help."""
    texts = []
    for name in str(tag.get("aria-describedby") or "").split():
        found = html.find(id=name)
        if found is None:
            raise LookupError(f"{tag.name} is described by {name!r}, which is not on the page")
        texts.append(found.get_text(" ", strip=True))
    return " ".join(texts)
