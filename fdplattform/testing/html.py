"""Reading pages in tests as people do: by labels, legends and headings, not by ids."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from webtest.forms import Checkbox, Form, Radio


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


def choose(form: Form, value: str, *, ticked: bool = True) -> None:
    """Choose the radio button, or tick the checkbox, that stands for `value`. Raises LookupError without one."""
    for _name, field in form.field_order:
        if isinstance(field, Checkbox) and field._value == value:
            field.checked = ticked
            return
        if isinstance(field, Radio) and value in [option[0] for option in field.options]:
            field.value = value
            return
    raise LookupError(f"{value!r} is not offered")


def chosen(form: Form) -> list[str]:
    """The values of all radio buttons and checkboxes of the form that are chosen."""
    fields = [field for _name, field in form.field_order if isinstance(field, Checkbox | Radio)]
    return [field.value for field in fields if field.value is not None]


def token_on(page: Any) -> dict[str, str]:
    """The token that a request needs to change something, for one that has no form on the page."""
    return {"csrf_token": page.html.find("input", attrs={"name": "csrf_token"})["value"]}
