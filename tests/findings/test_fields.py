"""Fields of action: made, ordered, merged, and read by everybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from fdplattform.events.models import Event
from fdplattform.findings import fields as services
from fdplattform.findings.models import FieldOfAction
from fdplattform.findings.titles import SUGGESTED_FIELDS
from fdplattform.groups.models import Group
from fdplattform.groups.services import create_working_groups
from fdplattform.journal.services import SYSTEM
from fdplattform.security.permissions import Role
from fdplattform.testing.html import choose, soup
from fdplattform.testing.queries import queries
from fdplattform.translation.services import translations_of


def titles(session, dialogue) -> list[str]:
    session.expire_all()
    return [each.title for each in services.fields_of(session, dialogue.id)]


def test_everybody_sees_fields_with_their_published_findings(client, make, session, dialogue):
    field = make.field(dialogue, "Wohnen")
    event = make.event(dialogue, state="held")
    shown, hidden = make.finding(event, "Mehr Bänke"), make.finding(event, "Noch geheim")
    hidden.published = False
    session.commit()
    services.attach(session, dialogue, field, [shown.id, hidden.id], actor=SYSTEM)
    session.commit()
    page = client.get(make.path(dialogue, "handlungsfelder"))
    section = soup(page).find(id=f"feld-{field.id}").parent
    assert "Mehr Bänke" in section.text
    assert "Noch geheim" not in page.text
    assert not soup(page).select("main form")


def test_suggested_fields_are_taken_over_in_all_languages(staff, make, session, dialogue):
    form = staff.get(make.path(dialogue, "handlungsfelder", "vorlagen")).forms["form"]
    choose(form, "housing")
    choose(form, "work")
    form.submit("submit", status=303)
    fields = services.fields_of(session, dialogue.id)
    assert len(fields) == 2
    assert set(translations_of(session, fields[0])) == {"en", "ar"}


def test_a_suggestion_that_was_taken_is_not_offered_again(staff, make, dialogue):
    path = make.path(dialogue, "handlungsfelder", "vorlagen")
    form = staff.get(path).forms["form"]
    choose(form, "housing")
    form.submit("submit", status=303)
    with pytest.raises(LookupError):
        choose(staff.get(path).forms["form"], "housing")


def test_there_are_fifteen_suggestions():
    assert len(SUGGESTED_FIELDS) == len(set(SUGGESTED_FIELDS.values())) == 15


def test_a_title_is_used_once(staff, make, session, dialogue):
    make.field(dialogue, "Wohnen")
    form = staff.get(make.path(dialogue, "handlungsfelder", "anlegen")).forms["form"]
    form["title"] = "WOHNEN"
    page = form.submit("submit", status=422)
    assert page.forms["form"]["title"].value == "WOHNEN"
    assert page.forms["form"]["title"].attrs["aria-invalid"] == "true"
    assert titles(session, dialogue) == ["Wohnen"]


def test_a_field_is_renamed(staff, make, session, dialogue):
    field = make.field(dialogue, "Wohnen")
    form = staff.get(make.path(dialogue, "handlungsfelder", str(field.id))).forms["form"]
    form["title"], form["description"] = "Bauen und Wohnen", "Auch Miete"
    form.submit("submit", status=303)
    session.refresh(field)
    assert (field.title, field.description) == ("Bauen und Wohnen", "Auch Miete")


def test_fields_are_ordered_by_buttons(staff, make, session, dialogue):
    _first, second, _third = (make.field(dialogue, title) for title in "ABC")
    page = staff.get(make.path(dialogue, "handlungsfelder"))
    form = next(form for form in page.forms.values() if form.action.endswith(f"/{second.id}/verschieben"))
    form.submit("to", value="up", status=303)
    assert titles(session, dialogue) == ["B", "A", "C"]
    form.submit("to", value="up", status=303)
    assert titles(session, dialogue) == ["B", "A", "C"]


def test_merging_moves_all_that_belonged_to_the_others(staff, make, session, dialogue):
    target, other = make.field(dialogue, "Wohnen"), make.field(dialogue, "Bauen")
    event = make.event(dialogue, state="held", field_id=other.id)
    both, only_other = make.finding(event, "in beiden"), make.finding(event, "nur dort")
    services.attach(session, dialogue, target, [both.id], actor=SYSTEM)
    services.attach(session, dialogue, other, [both.id, only_other.id], actor=SYSTEM)
    create_working_groups(session, dialogue, now=event.created_at, actor=SYSTEM)
    session.commit()
    form = staff.get(make.path(dialogue, "handlungsfelder", str(target.id), "zusammenfuehren")).forms["form"]
    choose(form, str(other.id))
    form.submit("submit", status=303)
    session.expire_all()
    assert titles(session, dialogue) == ["Wohnen"]
    session.refresh(target, ["findings"])
    assert {each.id for each in target.findings} == {both.id, only_other.id}
    assert session.get(Event, event.id).field_id == target.id
    assert set(session.scalars(select(Group.field_id))) == {target.id}


def test_a_field_of_another_dialogue_cannot_be_merged(staff, make, session, dialogue):
    target, foreign = make.field(dialogue), make.field(make.dialogue())
    make.field(dialogue)
    merged = services.merge_fields(session, dialogue, target, [foreign.id], actor=SYSTEM)
    assert merged == 0
    assert session.get(FieldOfAction, foreign.id) is not None


def test_findings_stay_when_a_field_is_deleted(staff, make, session, dialogue):
    field = make.field(dialogue)
    finding = make.finding(make.event(dialogue, state="held"))
    services.attach(session, dialogue, field, [finding.id], actor=SYSTEM)
    session.commit()
    page = staff.get(make.path(dialogue, "handlungsfelder", str(field.id), "loeschen"))
    next(form for form in page.forms.values() if form.action.endswith("/loeschen")).submit(status=303)
    assert titles(session, dialogue) == []
    session.refresh(finding)


def test_residents_change_nothing(client, make, dialogue):
    field = make.field(dialogue)
    for view in ("anlegen", "vorlagen", str(field.id)):
        client.get(make.path(dialogue, "handlungsfelder", view), status=303)


def test_the_number_of_queries_does_not_grow(client, make, session, engine, dialogue):
    def fill(count: int) -> None:
        for _number in range(count):
            field = make.field(dialogue)
            finding = make.finding(make.event(dialogue, state="held"))
            services.attach(session, dialogue, field, [finding.id], actor=SYSTEM)
        create_working_groups(session, dialogue, now=field.created_at, actor=SYSTEM)
        session.commit()

    make.session.refresh(dialogue, ["municipality"])
    client.login(make.account(Role.COORDINATOR, dialogue.municipality))
    path = make.path(dialogue, "handlungsfelder")
    fill(1)
    with queries(engine) as few:
        client.get(path)
    fill(6)
    with queries(engine) as many:
        client.get(path)
    assert len(many) == len(few)


def test_moving_never_loses_a_field(session, make, dialogue):
    fields = [make.field(dialogue, title) for title in "ABCD"]

    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5)), max_size=8))
    def check(moves) -> None:
        for index, steps in moves:
            before = [each.id for each in services.fields_of(session, dialogue.id)]
            services.move_field(session, dialogue, fields[index], steps, actor=SYSTEM)
            after = [each.id for each in services.fields_of(session, dialogue.id)]
            here = before.index(fields[index].id)
            assert after.index(fields[index].id) == min(max(here + steps, 0), 3)
            rest = [number for number in before if number != fields[index].id]
            assert [number for number in after if number != fields[index].id] == rest

    check()


def test_a_field_is_translated_and_read_in_ones_language(staff, client, make, dialogue):
    field = make.field(dialogue, "Wohnen")
    path = make.path(dialogue, "handlungsfelder")
    form = staff.get(f"{path}/{field.id}/uebersetzen?sprache=ar").forms["form"]
    form["title"] = "السكن"
    form.submit("submit", status=303)
    client.logout()
    heading = soup(client.get(f"{path}?lang=ar")).find(id=f"feld-{field.id}")
    assert heading.get_text(strip=True) == "السكن"
    assert soup(client.get(f"{path}?lang=de")).find(id=f"feld-{field.id}").get_text(strip=True) == "Wohnen"


def test_staff_keep_the_tools_of_the_dialogue(staff, client, make, dialogue):
    path = make.path(dialogue, "handlungsfelder")
    toolbar = soup(staff.get(path)).select_one(".toolbar")
    assert toolbar.find("a", attrs={"aria-current": "page"})["href"] == path
    client.logout()
    assert soup(client.get(path)).select_one(".toolbar") is None
