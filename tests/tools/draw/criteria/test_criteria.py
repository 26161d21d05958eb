"""The criteria of a draw, as a coordinator enters them and as everybody reads them."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.tools.draw.criteria.models import Criterion, Kind, Plan, Source
from fdplattform.tools.draw.criteria.services import criteria_of, locked_plan, plan_of


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(state="open")


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event, "kriterien")


@pytest.fixture
def staff(client: Client, make: Make, event: Event) -> Client:
    client.login(make.coordinator_of(event))
    return client


def criteria(session: Session, event: Event) -> list[Criterion]:
    session.rollback()
    session.expire_all()
    return criteria_of(session, event.id)


def fill(page: Any, name: str, *values: object) -> None:
    """Type `values` into the fields called `name`, one in each row."""
    fields = page.forms["form"].fields[name]
    for field, value in zip(fields[-len(values) :], values, strict=True):
        field.value = str(value)


def start(staff: Client, path: str, *keys: str, quarters: str = "") -> Any:
    """Take over ready-made criteria."""
    form = staff.get(f"{path}/anfangen").forms["form"]
    for box in form.fields["starts"]:
        box.checked = box._value in keys
    form["quarters"] = quarters
    return form.submit("submit", status=303).follow()


def shares(session: Session, event: Event, *numbers: float, criterion: int = 0) -> None:
    """Give the categories of a criterion their shares."""
    chosen = criteria(session, event)[criterion]
    for category, share in zip(chosen.categories, numbers, strict=True):
        category.share = share
    session.commit()


def test_an_empty_page_offers_ready_made_criteria(staff: Client, path: str, event: Event, session: Session) -> None:
    page = staff.get(path)
    assert "noch keine Merkmale" in page.html.find(class_="empty").get_text()
    page = start(staff, path, "age", "gender", quarters="Nord\nSüd")
    found = criteria(session, event)
    assert [each.title for each in found] == ["Alter", "Geschlecht", "Ortsteil"]
    assert [each.title for each in found[2].categories] == ["Nord", "Süd"]
    assert (found[0].kind, found[0].source) == (Kind.AGE, Source.REGISTER)
    # Taken over once more, nothing is there twice.
    start(staff, path, "age", "education")
    assert len(criteria(session, event)) == 4


def test_quotas_are_proposed_from_the_shares(staff: Client, path: str, event: Event, session: Session) -> None:
    start(staff, path, "gender", "education")
    shares(session, event, 50, 49, 1)
    page = staff.get(path).forms["propose"].submit(status=303).follow()
    gender, education = criteria(session, event)
    assert [(each.least, each.most) for each in gender.categories] == [(7, 8), (7, 8), (0, 1)]
    assert education.categories[0].least is None
    assert "Bildungsabschluss" in page.html.find(role="status").get_text()
    # Both of the others have a bar, the third has none.
    assert len(page.html.select(".quota-bar")) == 3


def test_quotas_that_contradict_are_refused_at_the_field(
    staff: Client, path: str, event: Event, session: Session
) -> None:
    start(staff, path, "gender")
    page = staff.get(f"{path}/{criteria(session, event)[0].id}/")
    fill(page, "least", 9, 9, 0)
    fill(page, "most", 9, 9, 1)
    answer = page.forms["form"].submit("submit", status=422)
    assert "mindestens 18 Menschen" in answer.text
    assert [field.value for field in answer.forms["form"].fields["least"]] == ["9", "9", "0"]
    fill(answer, "least", 7, 7, 0)
    answer.forms["form"].submit("submit", status=303)
    assert [each.least for each in criteria(session, event)[0].categories] == [7, 7, 0]


def test_ages_that_overlap_are_refused(staff: Client, path: str, event: Event, session: Session) -> None:
    start(staff, path, "age")
    page = staff.get(f"{path}/{criteria(session, event)[0].id}/")
    fill(page, "age_from", "", 25, 45, 65)
    assert "Das Alter 25" in page.forms["form"].submit("submit", status=422).text


def test_categories_keep_their_ids(staff: Client, path: str, event: Event, session: Session) -> None:
    start(staff, path, "gender")
    (before,) = criteria(session, event)
    ids = [each.id for each in before.categories]
    page = staff.get(f"{path}/{before.id}/").forms["form"].submit("__rows__", value="remove:1")
    page.forms["form"].submit("submit", status=303)
    assert [each.id for each in criteria(session, event)[0].categories] == [ids[0], ids[2]]


def test_two_coordinators_change_a_criterion(staff: Client, path: str, event: Event, session: Session) -> None:
    start(staff, path, "gender")
    place = f"{path}/{criteria(session, event)[0].id}/"
    mine, theirs = staff.get(place), staff.get(place)
    fill(theirs, "share", 50, 49, 1)
    theirs.forms["form"].submit("submit", status=303)
    fill(mine, "share", 40, 59, 1)
    mine.forms["form"].submit("submit", status=409)
    assert criteria(session, event)[0].categories[0].share == 50


def test_the_plan_is_saved_and_journalled(staff: Client, path: str, event: Event, session: Session) -> None:
    form = staff.get(path).forms["form"]
    form["seats"], form["outside_seats"], form["quarters"] = "20", "2", " Nord \n\nNord\nSüd"
    form["reply_until"] = "2027-05-01"
    form.submit("submit", status=303)
    session.rollback()
    plan = plan_of(session, event.id)
    assert (plan.seats, plan.drawn_seats, plan.quarters, plan.reply_until) == (
        20,
        18,
        ["Nord", "Süd"],
        date(2027, 5, 1),
    )
    query = select(JournalEntry.tag).where(JournalEntry.tag.like("criteria:%"))
    assert session.scalars(query).all() == ["criteria:plan"]
    # Nobody else's change is overwritten.
    form.submit("submit", status=409)


def test_not_all_places_can_be_outside_the_draw(staff: Client, path: str) -> None:
    form = staff.get(path).forms["form"]
    form["outside_seats"] = form["seats"].value
    form.submit("submit", status=422)


def test_more_than_five_criteria_are_too_many(staff: Client, path: str, event: Event, session: Session) -> None:
    start(staff, path, "age", "gender", "nationality", "education", quarters="Nord\nSüd")
    words = "Vier oder fünf Merkmale sind genug"
    assert words not in staff.get(path).text
    session.add(Criterion(event_id=event.id, position=9, title="x", source=Source.REPLY, kind=Kind.CATEGORY))
    session.commit()
    assert words in staff.get(path).text


def test_nothing_changes_once_the_draw_is_committed(
    staff: Client, path: str, event: Event, session: Session, client: Client
) -> None:
    start(staff, path, "gender")
    (found,) = criteria(session, event)
    pages = [staff.get(path).forms["form"], staff.get(f"{path}/{found.id}/").forms["form"]]
    propose = staff.get(path).forms["propose"]
    locked_plan(session, event.id).locked_at = client.registry.clock()
    session.commit()
    for form in pages:
        form.submit("submit", status=409)
    propose.submit(status=409)
    staff.get(f"{path}/anfangen").forms["form"].submit("submit", status=409)
    assert "festgelegt" in staff.get(path).html.find(class_="kern-alert--info").get_text()


def test_a_criterion_is_deleted(staff: Client, path: str, event: Event, session: Session) -> None:
    start(staff, path, "gender")
    page = staff.get(f"{path}/{criteria(session, event)[0].id}/loeschen")
    next(form for form in page.forms.values() if form.action.endswith("loeschen")).submit(status=303)
    assert criteria(session, event) == []


def test_everybody_reads_the_criteria_in_their_language(
    staff: Client, client: Client, make: Make, path: str, event: Event, session: Session
) -> None:
    start(staff, path, "gender")
    shares(session, event, 50, 49, 1)
    staff.get(path).forms["propose"].submit(status=303)
    client.logout()
    assert "Frauen" in client.get(make.path(event), {"lang": "de"}).text
    assert "نساء" in client.get(make.path(event), {"lang": "ar"}).text


def test_criteria_are_translated(staff: Client, path: str, event: Event, session: Session) -> None:
    start(staff, path, quarters="Nord\nSüd")
    page = staff.get(f"{path}/{criteria(session, event)[0].id}/uebersetzen", {"sprache": "ar"})
    form = page.forms["form"]
    name = next(name for name in form.fields if name and name.startswith("category_"))
    form[name] = "الشمال"
    form.submit("submit", status=303)
    assert "الشمال" in staff.get(path, {"lang": "ar"}).text


def test_strangers_see_no_criteria_page(client: Client, make: Make, path: str) -> None:
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    client.get(path, status=403)
    client.login(make.account(Role.PROGRAMME_OFFICE))
    client.get(path, status=403)


def test_the_default_plan_is_not_saved_by_looking(staff: Client, path: str, session: Session) -> None:
    staff.get(path)
    session.rollback()
    assert session.scalars(select(Plan)).all() == []


def titles(session: Session, event: Event) -> list[str]:
    return [criterion.title for criterion in criteria(session, event)]


def move(staff: Client, page: Any, title: str, where: str, status: int = 303) -> Any:
    """Press a button of the criterion called `title`, or send what the button would."""
    form = page.html.find("h3", string=title).find_parent("section").form
    token = form.find("input", attrs={"name": "csrf_token"})["value"]
    return staff.post(form["action"], {"csrf_token": token, "where": where}, status=status)


def test_criteria_change_places_with_their_neighbours(staff: Client, path: str, event: Event, session: Session) -> None:
    start(staff, path, "age", "gender", "education")
    page = move(staff, staff.get(path), "Geschlecht", "up").follow()
    assert titles(session, event) == ["Geschlecht", "Alter", "Bildungsabschluss"]
    move(staff, page, "Alter", "down")
    assert titles(session, event) == ["Geschlecht", "Bildungsabschluss", "Alter"]
    query = select(JournalEntry.payload).where(JournalEntry.tag == "criteria:move").order_by(JournalEntry.id)
    assert [payload["criterion"] for payload in session.scalars(query)] == ["Geschlecht", "Alter"]


def test_the_first_and_the_last_criterion_have_one_way_and_stay_where_they_are(
    staff: Client, path: str, event: Event, session: Session
) -> None:
    page = start(staff, path, "age", "gender")
    buttons = [button["value"] for button in page.html.select("button[name=where]")]
    assert buttons == ["down", "up"]
    move(staff, page, "Alter", "up")
    assert titles(session, event) == ["Alter", "Geschlecht"]
    assert session.scalars(select(JournalEntry).where(JournalEntry.tag == "criteria:move")).all() == []


def test_a_committed_draw_keeps_the_order(staff: Client, path: str, event: Event, session: Session, clock: Any) -> None:
    page = start(staff, path, "age", "gender")
    locked_plan(session, event.id).locked_at = clock()
    session.commit()
    move(staff, page, "Alter", "down", status=409)
    assert titles(session, event) == ["Alter", "Geschlecht"]
    assert staff.get(path).html.select("button[name=where]") == []
