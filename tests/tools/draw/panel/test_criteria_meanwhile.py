"""A lottery counts for the criteria with which it was computed: for their quotas, and their order in the record."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fdplattform.testing.client import Client
from fdplattform.tools.draw.engine.verify import verify
from fdplattform.tools.draw.panel.models import Run, RunState
from tests.tools.draw.panel.conftest import newest

Start = Callable[..., Run]


def move(staff: Client, path: str, title: str, where: str) -> None:
    forms = staff.get(f"{path}/kriterien/").forms.values()
    form = next(form for form in forms if "verschieben" in form.action and title in form.text)
    form.submit("where", value=where, status=303)


def change_quota(staff: Client, path: str) -> None:
    form = staff.get(f"{path}/kriterien/").click("Ändern.*Alter").forms["form"]
    form.fields["most"][0].value = "4"
    form.submit("submit", status=303)


def accept(staff: Client, path: str, **options: Any) -> Any:
    return staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(**options)


def features(record: dict[str, Any]) -> list[str]:
    """The criteria in the order of the record, each once."""
    return list(dict.fromkeys(quota["feature"] for quota in record["sections"]["rules"]["quotas"]))


@pytest.mark.parametrize("change", [lambda staff, path: move(staff, path, "Alter", "down"), change_quota])
def test_a_lottery_of_other_criteria_is_not_accepted(
    staff: Client, path: str, session: Session, start: Start, people: list[int], change: Callable[[Client, str], None]
) -> None:
    start()
    change(staff, path)
    assert "haben sich Antworten oder Quoten geändert" in accept(staff, path, status=409)
    run = newest(session)
    assert (run.state, run.public) == (RunState.OFFERED, None)


def test_drawn_again_the_record_has_the_criteria_in_their_new_order(
    staff: Client, path: str, session: Session, start: Start, people: list[int]
) -> None:
    assert features(json.loads(start().sealed or "")) == ["Alter", "Geschlecht"]
    move(staff, path, "Alter", "down")
    page = staff.get(f"{path}/auslosung/")
    next(form for form in page.forms.values() if "stoppen" in form.action).submit(status=303)
    start()
    accept(staff, path, status=303)
    run = newest(session)
    assert run.state is RunState.COMMITTED
    for record in (json.loads(run.sealed or ""), json.loads(run.public or "")):
        assert features(record) == ["Geschlecht", "Alter"]
        assert verify(record) == []


def test_criteria_that_are_back_in_their_order_are_those_of_the_lottery(
    staff: Client, path: str, session: Session, start: Start, people: list[int]
) -> None:
    start()
    move(staff, path, "Alter", "down")
    move(staff, path, "Alter", "up")
    accept(staff, path, status=303)
    run = newest(session)
    assert run.state is RunState.COMMITTED
    assert features(json.loads(run.public or "")) == ["Alter", "Geschlecht"]
