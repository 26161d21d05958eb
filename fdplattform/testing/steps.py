"""Leading an event through its workflow as the team does it in the browser."""

from typing import Any

from fdplattform.testing.client import Client


def take(client: Client, path: str, transition: str, **answers: str) -> Any:
    """Take a step of the event at `path`; `answers` are typed into its form. Raises AssertionError when it is refused.

    The fields of the format are given by their own names: `decided_on="2026-11-02"`.
    """
    answer = attempt(client, path, transition, **answers)
    assert answer.status_int == 303, reasons(answer) or problems(answer) or answer.text
    return answer


def attempt(client: Client, path: str, transition: str, **answers: str) -> Any:
    """Try to take a step. Returns what the server answers: a page that says why not, the form again, or the way on."""
    page = client.get(f"{path}/schritt?transition={transition}")
    if "form" not in page.forms:
        return page
    form = page.forms["form"]
    for name, value in answers.items():
        form[name if name in form.fields else f"details_{name}"] = value
    return form.submit(expect_errors=True)


def reasons(page: Any) -> str:
    """What the page of a step says against taking it; empty when nothing."""
    return _said(page, "[role=note] li")


def problems(page: Any) -> str:
    """What the page says is wrong in the form that was sent; empty when nothing."""
    return _said(page, ".form-errors")


def _said(page: Any, where: str) -> str:
    return " ".join(found.get_text(" ", strip=True) for found in page.html.select(where))
