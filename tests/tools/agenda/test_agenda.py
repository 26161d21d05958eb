"""The agenda: how a new event gets it, how it is changed without scripts, what everybody sees."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event, EventDate
from fdplattform.events.tools import tools
from fdplattform.journal.models import JournalEntry
from fdplattform.plugins.format import ToolUse
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.tools.agenda.models import AgendaItem
from fdplattform.tools.agenda.services import agenda_of, overruns, timed, with_days


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(state="open", starts_at=datetime(2027, 3, 6, 13, 0, tzinfo=UTC))


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event)


@pytest.fixture
def staff(client: Client, make: Make, event: Event) -> Client:
    client.login(make.coordinator_of(event))
    return client


def titles(session: Session, event: Event) -> list[str]:
    session.rollback()
    return [item.title for item in agenda_of(session, event.id)]


def press(page, button: str, index: int | None = None):
    """Press a button of the list of lines."""
    value = button if index is None else f"{button}:{index}"
    return page.forms["form"].submit("__rows__", value=value)


def test_new_event_starts_with_the_agenda_of_its_format(event: Event, session: Session) -> None:
    assert titles(session, event) == ["Welcome", "Talk"]
    assert [item.minutes for item in agenda_of(session, event.id)] == [15, 45]


def test_what_a_format_brings_is_read_in_every_language(client: Client, make: Make) -> None:
    event = make.event(format_id="grossgruppenforum", state="invited")
    for language, lunch, arrival in (("de", "Mittag", "Ankommen"), ("ar", "الغداء", "")):
        agenda = client.get(make.path(event, f"?lang={language}")).html.find(class_="agenda")
        assert lunch in agenda.get_text(), language
        assert arrival in agenda.get_text(), language
        assert not agenda.find(lang="de" if language == "ar" else "ar")


def test_public_page_shows_times(client: Client, event: Event, path: str, session: Session) -> None:
    agenda_of(session, event.id)[0].public = False
    session.commit()
    agenda = client.get(path).html.find(class_="agenda")
    assert [line.get_text() for line in agenda.find_all("strong")] == ["Talk"]
    # 14:00 in Berlin, after the 15 minutes of the line that is not shown.
    assert agenda.find("time").get_text() == "14:15"


def test_only_what_people_wrote_is_marked_as_their_language(client: Client, path: str) -> None:
    lines = client.get(path, {"lang": "ar"}).html.select(".agenda li")
    assert all(line.strong.span["lang"] == "de" for line in lines)
    assert all(line.find_parent(lang="ar") and not line.find_parent(lang="de") for line in lines)


def test_lines_are_added_moved_and_removed_without_scripts(
    staff: Client, event: Event, path: str, session: Session
) -> None:
    page = press(staff.get(f"{path}/ablauf"), "down", 0)
    page = press(page, "add")
    form = page.forms["form"]
    form.fields["title"][-1].value, form.fields["minutes"][-1].value = "Murmelgruppen", "10"
    form.fields["method"][-1].value = "etwas ganz anderes"
    form.submit("submit", status=303)
    assert titles(session, event) == ["Talk", "Welcome", "Murmelgruppen"]
    press(staff.get(f"{path}/ablauf"), "remove", 1).forms["form"].submit("submit", status=303)
    assert titles(session, event) == ["Talk", "Murmelgruppen"]
    assert [item.position for item in agenda_of(session, event.id)] == [1, 2]
    entries = session.scalars(
        select(JournalEntry.payload).where(JournalEntry.tag == "agenda:edit").order_by(JournalEntry.id)
    ).all()
    assert entries == [{"lines": 3, "minutes": 70}, {"lines": 2, "minutes": 55}]


def test_bad_minutes_keep_everything(staff: Client, event: Event, path: str, session: Session) -> None:
    form = staff.get(f"{path}/ablauf").forms["form"]
    form.fields["title"][0].value, form.fields["minutes"][0].value = "Begrüßung", "viel"
    answer = form.submit("submit", status=422)
    assert answer.forms["form"].fields["title"][0].value == "Begrüßung"
    assert titles(session, event) == ["Welcome", "Talk"]


def test_two_people_edit_the_agenda(staff: Client, event: Event, path: str, session: Session) -> None:
    mine, theirs = staff.get(f"{path}/ablauf").forms["form"], staff.get(f"{path}/ablauf").forms["form"]
    theirs.fields["title"][0].value = "Ihre"
    theirs.submit("submit", status=303)
    mine.fields["title"][0].value = "Meine"
    answer = mine.submit("submit", status=409)
    assert "Ihre" in answer.text
    assert answer.forms["form"].fields["title"][0].value == "Meine"
    assert titles(session, event) == ["Ihre", "Talk"]


def test_an_agenda_that_is_too_long_is_pointed_out(staff: Client, path: str) -> None:
    assert not staff.get(f"{path}/ablauf").html.find(class_="kern-alert--warning")
    form = staff.get(f"{path}/ablauf").forms["form"]
    form.fields["minutes"][0].value = "90"
    page = form.submit("submit", status=303).follow()
    assert page.html.find(class_="kern-alert--warning")


def test_strangers_cannot_edit(client: Client, make: Make, path: str) -> None:
    assert client.get(f"{path}/ablauf", status=303).location.startswith("http://localhost/anmelden?")
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    client.get(f"{path}/ablauf", status=403)
    client.get(f"{path}/ablauf-drucken", status=403)


def test_paper_names_who_leads_and_the_material(staff: Client, event: Event, path: str, session: Session) -> None:
    item = agenda_of(session, event.id)[0]
    item.lead, item.material = "Frau Yilmaz", "Karten"
    session.commit()
    text = staff.get(f"{path}/ablauf-drucken").html.find("table").get_text()
    assert "Frau Yilmaz" in text
    assert "Karten" in text


def test_facts(client: Client, event: Event, session: Session, make: Make) -> None:
    tool = tools(client.registry)["agenda"]
    assert tool.facts(session, event, ToolUse(tool="agenda")) == {"items": 2, "minutes": 60}
    empty = make.event()
    for item in agenda_of(session, empty.id):
        session.delete(item)
    session.commit()
    assert tool.facts(session, empty, ToolUse(tool="agenda")) == {"items": 0, "minutes": 0}


@given(st.lists(st.integers(1, 600), max_size=20))
def test_lines_follow_each_other_without_gaps(minutes: list[int]) -> None:
    # The night in which the clocks go forward in Berlin.
    start = datetime(2027, 3, 27, 23, 0, tzinfo=UTC)
    date = EventDate(starts_at=start, ends_at=start + timedelta(hours=3))
    lines = timed([AgendaItem(minutes=number) for number in minutes], [date])
    assert [line.starts_at for line in lines] == [start, *(line.ends_at for line in lines)][: len(lines)]
    assert not lines or lines[-1].ends_at == start + timedelta(minutes=sum(minutes))


def test_without_a_date_there_are_no_times() -> None:
    (line,) = timed([AgendaItem(minutes=5)], [])
    assert line.starts_at is None


def test_what_does_not_fit_into_a_date_goes_on_at_the_next_one() -> None:
    friday = datetime(2027, 5, 7, 14, 0, tzinfo=UTC)
    saturday = friday + timedelta(hours=19)
    dates = [
        EventDate(starts_at=saturday, ends_at=saturday + timedelta(hours=8)),
        EventDate(starts_at=friday, ends_at=friday + timedelta(hours=2)),
    ]
    lines = timed([AgendaItem(minutes=number) for number in (60, 60, 30)], dates)
    assert [line.starts_at for line in lines] == [friday, friday + timedelta(hours=1), saturday]
    assert [opens for opens, _line in with_days(lines)] == [friday, None, saturday]


def test_a_second_day_begins_with_its_line_however_long_the_first_one_is() -> None:
    friday = datetime(2027, 5, 7, 12, 0, tzinfo=UTC)
    saturday = friday + timedelta(hours=21)
    dates = [
        EventDate(starts_at=friday, ends_at=friday + timedelta(hours=6)),
        EventDate(starts_at=saturday, ends_at=saturday + timedelta(hours=7)),
    ]
    items = [AgendaItem(minutes=60, next_date=True), AgendaItem(minutes=60), AgendaItem(minutes=30, next_date=True)]
    assert [line.starts_at for line in timed(items, dates)] == [friday, friday + timedelta(hours=1), saturday]
    assert [line.starts_at for line in timed(items, dates[:1])][-1] == friday + timedelta(hours=2)


def test_each_date_that_is_too_short_is_pointed_out() -> None:
    friday = datetime(2027, 5, 7, 12, 0, tzinfo=UTC)
    dates = [
        EventDate(starts_at=friday, ends_at=friday + timedelta(hours=1)),
        EventDate(starts_at=friday + timedelta(days=1), ends_at=friday + timedelta(days=1, hours=1)),
    ]
    lines = timed([AgendaItem(minutes=number) for number in (45, 45, 40, 20)], dates)
    assert overruns(lines) == [(dates[0], 30)]
    assert overruns(timed([AgendaItem(minutes=60), AgendaItem(minutes=61)], dates)) == [(dates[1], 1)]
    assert overruns(timed([AgendaItem(minutes=60), AgendaItem(minutes=60)], dates)) == []
    assert overruns(timed([AgendaItem(minutes=600)], [])) == []


def test_the_day_and_a_half_of_a_council_adds_up(make: Make) -> None:
    """Half a day and a whole one, as its format proposes them: neither too long nor with a hole."""
    agenda = make.registry.plugins.formats["buergerinnenrat"].conduct.agenda
    friday, saturday = datetime(2027, 5, 7, 11, 0, tzinfo=UTC), datetime(2027, 5, 8, 7, 0, tzinfo=UTC)
    dates = [
        EventDate(starts_at=friday, ends_at=friday + timedelta(hours=4, minutes=30)),
        EventDate(starts_at=saturday, ends_at=saturday + timedelta(hours=7)),
    ]
    lines = timed([AgendaItem(minutes=line.minutes, title=line.title) for line in agenda], dates)
    assert overruns(lines) == []
    ends = {line.date.starts_at: line.ends_at for line in lines if line.date}
    assert ends == {date.starts_at: date.ends_at for date in dates}
    (opens,) = [line.item.title for day, line in with_days(lines) if day == saturday]
    assert str(opens).startswith("Second day")


def test_an_agenda_that_fits_into_the_first_date_needs_no_headings() -> None:
    start = datetime(2027, 5, 7, 14, 0, tzinfo=UTC)
    dates = [
        EventDate(starts_at=start + timedelta(days=day), ends_at=start + timedelta(days=day, hours=2)) for day in (0, 7)
    ]
    lines = timed([AgendaItem(minutes=60), AgendaItem(minutes=90)], dates)
    assert [opens for opens, _line in with_days(lines)] == [None, None]
