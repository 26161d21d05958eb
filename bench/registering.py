"""A complete registration as a resident does it: open the form, send it, read the page with the code."""

import re
from itertools import count

from bench.client import Browser, Unexpected
from bench.load import Operation

_FIELD = re.compile(r"<input([^>]*)>|<textarea([^>]*)>")
_ATTRIBUTE = re.compile(r'(name|value|type)="([^"]*)"')
_FORM = re.compile(r'<form[^>]*id="form".*?</form>', re.DOTALL)
_CODE = re.compile(rb'class="code"')


def register(path: str) -> Operation:
    """Register somebody for the event at `path`, by e-mail, in three requests."""
    numbers = count(1)

    async def operation(browser: Browser) -> None:
        page = await browser.get(f"{path}anmelden")
        number = next(numbers)
        typed = {"name": f"Person {number}", "email": f"person{number}@example.org"}
        values = [(name, typed.get(name, value)) for name, value in fields(page.body.decode())]
        sent = await browser.post(f"{path}anmelden", [*values, ("submit", "submit")])
        place = "/" + sent.header("location").split("/", 3)[3]
        confirmation = await browser.get(place)
        if not _CODE.search(confirmation.body):
            raise Unexpected("the confirmation shows no code")
        browser.cookies.clear()

    return operation


def fields(html: str) -> list[tuple[str, str]]:
    """The fields of the page's form with their values, in their order, as a browser sends them."""
    form = _FORM.search(html)
    if form is None:
        raise Unexpected("the page has no form")
    found = []
    for match in _FIELD.finditer(form.group()):
        attributes = dict(_ATTRIBUTE.findall(match.group(1) or match.group(2)))
        if "name" in attributes and attributes.get("type") not in {"submit", "checkbox", "radio"}:
            found.append((attributes["name"], attributes.get("value", "")))
    return found
