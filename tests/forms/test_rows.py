"""Lists: entries are added, removed and moved by buttons that are ordinary submits."""

from typing import Any

import colander
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fdplattform.forms.rows import Change, apply_change, take_change, without_blank_rows
from fdplattform.testing.client import Client
from fdplattform.testing.html import soup


def names(answer: Any) -> list[str]:
    return [tag.get("value", "") for tag in soup(answer).form.find_all("input", attrs={"name": "name"})]


def press(form: Any, value: str, number: int = 0) -> Any:
    """Press the button with this value, as a browser does: it is sent in its place among the controls."""
    buttons = [button for button in form.fields["__rows__"] if button.value_if_submitted() == value]
    chosen = buttons[number]
    sent = []
    for name, field in form.field_order:
        if field is chosen:
            sent.append(("__rows__", value))
        elif field.__class__.__name__ == "Submit":
            continue
        elif field.value is not None and field.__class__.__name__ != "File":
            values = field.value if isinstance(field.value, list) else [field.value]
            sent.extend((name, one) for one in values)
    return form.response.test_app.post("/demo/form", sent)


def test_add_keeps_everything_and_complains_of_nothing(page: Client, fill: Any, demo: Any) -> None:
    form = fill(title="Mein Titel", places="unsinn")
    answer = press(form, "add")
    assert answer.status_int == 200
    assert names(answer) == [""]
    assert answer.forms["form"]["title"].value == "Mein Titel"
    assert answer.forms["form"]["places"].value == "unsinn"
    assert not soup(answer).select(".form-error, .form-errors")
    assert demo.received is None


def test_the_new_entry_takes_the_focus(page: Client, fill: Any, demo: Any) -> None:
    html = soup(press(fill(), "add"))
    focused = html.find_all(autofocus=True)
    assert [tag["name"] for tag in focused] == ["name"]


def test_remove_up_and_down(page: Client, fill: Any, demo: Any) -> None:
    demo.values = {"people": [{"name": "A"}, {"name": "B"}, {"name": "C"}]}
    answer = press(fill(), "down:0")
    assert names(answer) == ["B", "A", "C"]
    answer = press(answer.forms["form"], "up:2")
    assert names(answer) == ["B", "C", "A"]
    answer = press(answer.forms["form"], "remove:0")
    assert names(answer) == ["C", "A"]
    answer.forms["form"].submit("submit", status=303)
    assert demo.received is not None
    assert demo.received["people"] == [{"name": "C", "age": None}, {"name": "A", "age": None}]


def test_enter_in_a_field_sends_the_form_and_removes_nothing(page: Client, demo: Any) -> None:
    demo.values = {"people": [{"name": "A"}]}
    buttons = soup(page.get("/demo/form")).form.find_all("button")
    assert buttons[0]["name"] == "submit"


def test_a_blank_entry_is_no_mistake(page: Client, fill: Any, demo: Any) -> None:
    answer = press(fill(), "add")
    answer.forms["form"].submit("submit", status=303)
    assert demo.received is not None
    assert demo.received["people"] == []


def test_a_mistake_in_an_entry_is_shown_there(page: Client, fill: Any, demo: Any) -> None:
    demo.values = {"people": [{"name": "A", "age": 3}, {"name": "B", "age": 300}]}
    html = soup(fill().submit("submit", status=422))
    ages = html.form.find_all("input", attrs={"name": "age"})
    assert [age.get("aria-invalid") for age in ages] == [None, "true"]
    assert html.select_one(".form-errors a")["href"] == f"#{ages[1]['id']}"


def test_a_full_list_offers_no_more(page: Client, demo: Any) -> None:
    demo.values = {"topics": ["a", "b", "c"]}
    html = soup(page.get("/demo/form"))
    legend = html.find("legend", string="Themen")
    assert not legend.find_parent("fieldset").find("button", attrs={"value": "add"})


def test_each_button_says_what_it_is_for(page: Client, demo: Any) -> None:
    demo.values = {"people": [{"name": "A"}, {"name": "B"}]}
    html = soup(page.get("/demo/form"))
    said = [" ".join(button.get_text().split()) for button in html.form.find_all("button", attrs={"name": "__rows__"})]
    assert len(said) == len(set(said))


NESTED = [
    ("__start__", "a:sequence"),
    ("__start__", "x:mapping"),
    ("__start__", "b:sequence"),
    ("t", "1"),
    ("__rows__", "remove:0"),
    ("__end__", "b:sequence"),
    ("__end__", "x:mapping"),
    ("__end__", "a:sequence"),
]


def test_the_place_of_the_button_says_which_list() -> None:
    rest, change = take_change(NESTED)
    assert change == Change(path=("a", 0, "b"), action="remove", index=0)
    assert ("__rows__", "remove:0") not in rest


@pytest.mark.parametrize("value", ["", "explode", "remove:x", "remove:-1", "up:99999999999"])
def test_a_forged_button_does_nothing(value: str) -> None:
    _rest, change = take_change([("__start__", "a:sequence"), ("__rows__", value), ("__end__", "a:sequence")])
    assert change is None


@given(
    st.lists(st.integers(), max_size=6),
    st.sampled_from(["add", "remove", "up", "down"]),
    st.integers(min_value=0, max_value=8),
)
def test_no_change_loses_or_doubles_another_entry(rows: list[int], action: str, index: int) -> None:
    pstruct = {"rows": list(rows)}
    focus = apply_change(pstruct, Change(path=("rows",), action=action, index=index))
    after = pstruct["rows"]
    if action == "add":
        assert after == [*rows, colander.null]
    elif action == "remove" and index < len(rows):
        assert after == rows[:index] + rows[index + 1 :]
    else:
        assert sorted(after) == sorted(rows)
    assert focus is None or 0 <= focus < len(after)


def test_only_blank_entries_are_dropped() -> None:
    assert without_blank_rows({"a": ["", "x", " "], "b": [{"n": "", "m": colander.null}, {"n": "0"}], "c": ""}) == {
        "a": ["x"],
        "b": [{"n": "0"}],
        "c": "",
    }
