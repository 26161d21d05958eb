"""The points of a statement: who responds until when, and what everybody reads."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from fdplattform.events.tools import tools
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.html import choose
from fdplattform.testing.queries import queries
from fdplattform.tools.statement.models import PointStatus, Statement, StatementPoint


def test_points_are_taken_from_the_statement_in_their_order(staff, path, points):
    page = staff.get(f"{path}/punkte")
    for _each in range(2):
        page = page.forms["form"].submit("__rows__", value="add")
    form = page.forms["form"]
    form.fields["text"][0].value, form.fields["text"][1].value = "Eine Bank", "Ein Baum"
    form.fields["body"][0].value = "Bauhof"
    form.submit("submit", status=303)
    assert [(each.position, each.text, each.body) for each in points()] == [
        (1, "Eine Bank", "Bauhof"),
        (2, "Ein Baum", None),
    ]
    first = points()[0].id
    page = staff.get(f"{path}/punkte").forms["form"].submit("__rows__", value="down:0")
    page.forms["form"].submit("submit", status=303)
    assert [each.text for each in points()] == ["Ein Baum", "Eine Bank"]
    assert points()[1].id == first


def test_a_point_that_was_responded_to_stays(staff, path, point, points):
    point(status=PointStatus.TAKEN_UP, response="Der Bauhof stellt sie auf.")
    page = staff.get(f"{path}/punkte").forms["form"].submit("__rows__", value="remove:0")
    assert page.forms["form"].submit("submit", expect_errors=True).status_int == 409
    assert len(points()) == 1


def test_an_open_point_can_be_removed(staff, path, point, points):
    point()
    page = staff.get(f"{path}/punkte").forms["form"].submit("__rows__", value="remove:0")
    page.forms["form"].submit("submit", status=303)
    assert points() == []


def test_a_foreign_id_in_the_form_changes_no_foreign_point(staff, path, make, session, points):
    other = make.event(state="open")
    foreign = StatementPoint(event_id=other.id, position=1, text="Fremd")
    session.add(foreign)
    session.commit()
    page = staff.get(f"{path}/punkte").forms["form"].submit("__rows__", value="add")
    form = page.forms["form"]
    form.fields["text"][0].value = "Mein"
    form.fields["id"][0].force_value(str(foreign.id))
    form.submit("submit", status=303)
    session.refresh(foreign)
    assert foreign.text == "Fremd"
    assert [each.text for each in points()] == ["Mein"]


@pytest.mark.parametrize("status", [status for status in PointStatus if status is not PointStatus.OPEN])
def test_a_status_is_given_with_its_reason(staff, path, point, points, status):
    form = staff.get(f"{path}/{point().id}").forms["form"]
    choose(form, status.value)
    form = form.submit("submit", status=422).forms["form"]
    form["response"] = "Der Bauhof stellt sie auf."
    form.submit("submit", status=303)
    assert points()[0].status is status
    assert points()[0].responded_on is not None


def test_nobody_has_responded_tomorrow(staff, path, point, clock):
    form = staff.get(f"{path}/{point().id}").forms["form"]
    choose(form, "taken_up")
    form["response"] = "Der Bauhof stellt sie auf."
    form["responded_on"] = (clock() + timedelta(days=2)).date().isoformat()
    form.submit("submit", status=422)


def test_everybody_reads_who_responds_and_what_came_of_it(staff, client, make, event, path, point, closed, session):
    session.add(Statement(event_id=event.id, text="Wir wollen eine Bank."))
    entry = point(body="Bauhof", due_on=date(2020, 1, 1))
    point("Ein Baum", position=2, due_on=date(2999, 1, 1))
    closed()
    page = client.get(make.path(event))
    assert "Überfällig" in page
    form = staff.get(f"{path}/{entry.id}").forms["form"]
    choose(form, "partly")
    form["response"] = "Eine Bank ja, aber erst 2027."
    form["outcome"] = "Die Bank steht."
    form.submit("submit", status=303)
    client.logout()
    page = client.get(make.path(event))
    for shown in ("Bauhof", "Eine Bank ja, aber erst 2027.", "Die Bank steht.", "Wird teilweise aufgegriffen"):
        assert shown in page
    assert "Überfällig" not in page
    tag = select(JournalEntry.payload).where(JournalEntry.tag == "statement:answer")
    assert session.scalars(tag).one()["number"] == 1


def test_points_are_not_public_before_the_statement_is(client, make, event, point):
    point()
    assert "Eine Bank vor dem Rathaus" not in client.get(make.path(event))


def test_a_point_is_translated(staff, client, make, event, path, point, closed):
    entry = point()
    closed()
    form = staff.get(f"{path}/{entry.id}/uebersetzen?sprache=ar").forms["form"]
    form["text"] = "مقعد"
    form.submit("submit", status=303)
    client.logout()
    assert "مقعد" in client.get(make.path(event), {"lang": "ar"})


def test_promised_responses_are_in_my_week_until_they_are_there(staff, path, point, closed):
    entry = point(due_on=date(2020, 1, 1))
    closed()
    week = staff.get("/verwaltung")
    assert "Zugesagte Antworten einholen: 1" in week
    page = week.click("Zugesagte Antworten einholen")
    assert "Eine Bank vor dem Rathaus" in page
    form = staff.get(f"{path}/{entry.id}").forms["form"]
    choose(form, "not_taken_up")
    form["response"] = "Kein Geld."
    form.submit("submit", status=303)
    assert "Zugesagte Antworten" not in staff.get("/verwaltung")


def test_facts_for_guards(session, app, event, point, make):
    tool = tools(app.registry)["statement"]
    use = app.registry.plugins.formats["probe"].conduct.tool("statement")
    assert tool.facts(session, event, use)["points"] == 0
    session.add(Statement(event_id=event.id, text="Wir wollen eine Bank.", unanimity="unanimous"))
    point(status=PointStatus.EXAMINED)
    point("Ein Baum", position=2)
    found = tool.facts(session, event, use)
    assert (found["points"], found["responded"], found["all_responded"]) == (2, 1, False)
    assert (found["written"], found["unanimity"]) == (True, "unanimous")


def test_the_page_asks_as_often_for_fifty_points_as_for_one(client, app, make, event, point, closed, session):
    closed()
    point()
    with queries(app.registry.engine) as few:
        client.get(make.path(event), {"lang": "ar"})
    session.add_all(StatementPoint(event_id=event.id, position=n, text=f"Punkt {n}") for n in range(2, 51))
    session.commit()
    with queries(app.registry.engine) as many:
        client.get(make.path(event), {"lang": "ar"})
    assert len(many) <= len(few)
