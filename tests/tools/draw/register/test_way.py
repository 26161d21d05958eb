"""The way of an extract: upload, columns, reading, sample, deletion; through the pages, with a worker."""

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from pyramid.router import Router
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from webtest import Upload

from fdplattform.errors import Conflict
from fdplattform.events.models import Event
from fdplattform.files.models import FileChunk, StoredFile
from fdplattform.jobs.queue import claim
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import SYSTEM, record
from fdplattform.security.permissions import Role
from fdplattform.security.readonly import switch_off, switch_on
from fdplattform.testing.client import Client
from fdplattform.testing.clock import morning
from fdplattform.testing.factories import Make
from fdplattform.testing.registers import TITLES, register_csv
from fdplattform.tools.codes import REPLY, codes_of
from fdplattform.tools.draw.criteria.models import Category
from fdplattform.tools.draw.criteria.services import criteria_of, locked_plan, move_criterion, remove_criterion
from fdplattform.tools.draw.register.models import Extract, ExtractState, InviteeCategory
from fdplattform.tools.draw.register.schemas import LEAVE_OUT
from fdplattform.tools.draw.register.services import questions_of
from fdplattform.tools.draw.register.work.results import invite
from tests.tools.draw.register.conftest import Coordinator, csv_of, extract_of, invitees, row


def tags(session: Session, event: Event) -> list[str]:
    session.rollback()
    query = select(JournalEntry.tag).where(JournalEntry.event_id == event.id, JournalEntry.tag.like("register:%"))
    return list(session.scalars(query.order_by(JournalEntry.id)))


def test_from_the_extract_to_the_letters(coordinator: Coordinator, event: Event, session: Session) -> None:
    page = coordinator.upload(register_csv(600))
    assert page.html.find(class_="preview")
    page = coordinator.read(page)
    extract = extract_of(session, event)
    assert extract.state is ExtractState.READ
    assert extract.problem_count == 0
    assert extract.counts["rows"] == 600
    page = coordinator.sample(40)
    drawn = invitees(session, event)
    assert [each.number for each in drawn] == list(range(1, 41))
    assert len({each.household for each in drawn}) == 40
    assert all(each.given_name and each.street and each.postal_code == "70999" for each in drawn)
    assert session.scalar(select(func.count()).select_from(InviteeCategory)) == 3 * 40
    codes = codes_of(session, REPLY)
    assert all(each.code_hash == codes.hash(codes.text(each.code_seed)) for each in drawn)
    # The list is gone as soon as the letters' addresses are known.
    extract = extract_of(session, event)
    assert (extract.state, extract.file_id, extract.found) == (ExtractState.SAMPLED, None, {})
    assert session.scalar(select(func.count()).select_from(FileChunk)) == 0
    assert "40" in page.html.find(id="stand").get_text()
    assert tags(session, event) == [
        "register:upload",
        "register:look",
        "register:start_reading",
        "register:start_sample",
        "register:sample",
    ]


def test_the_columns_are_guessed_and_shown(coordinator: Coordinator) -> None:
    page = coordinator.upload(csv_of(row(family="Đorđević")))
    assert "Đorđević" in page.html.find(class_="preview").get_text()
    form = page.forms["form"]
    assert [form[name].value for name in ("family_name", "given_name", "birth_date", "lock")] == ["0", "1", "2", "10"]


def test_a_column_that_is_needed_must_be_chosen(coordinator: Coordinator) -> None:
    form = coordinator.upload(csv_of(row())).forms["form"]
    form["postal_code"] = ""
    answer = form.submit("submit", status=422)
    assert answer.forms["form"]["city"].value == "7"


def test_whether_there_is_a_column_of_bans_must_be_said(coordinator: Coordinator) -> None:
    page = coordinator.upload(csv_of(row(), titles=";".join([*TITLES[:-1], "Unbekannt"])))
    form = page.forms["form"]
    assert form["lock"].value == ""
    form.submit("submit", status=422)
    page = coordinator.read(page, lock="-1")
    assert page.forms["shares"]


def test_people_with_a_ban_on_information_are_stored_nowhere(
    coordinator: Coordinator, event: Event, session: Session
) -> None:
    coordinator.read(coordinator.upload(csv_of(row(), row(family="Geheim", number="2", locked="x"))))
    extract = extract_of(session, event)
    assert (extract.counts["locked"], extract.counts["usable"]) == (1, 1)
    coordinator.sample(1)
    assert [each.family_name for each in invitees(session, event)] == ["Maier"]


def test_the_separator_can_be_corrected(coordinator: Coordinator, staff: Client, path: str) -> None:
    page = coordinator.upload(csv_of("a,b;c,d", titles="Familienname,x;Vorname,y"))
    form = staff.get(f"{path}/register/trennung").forms["form"]
    form["delimiter"] = ","
    page = form.submit("submit", status=303).follow()
    assert [cell.get_text() for cell in page.html.select(".preview th")] == ["Familienname", "x;Vorname", "y"]


def test_what_is_no_table_is_refused(coordinator: Coordinator, session: Session) -> None:
    coordinator.upload(b"nothing\n", status=422)
    coordinator.upload(b"\x00\x01", status=422)
    coordinator.upload(csv_of(row()), name="register.exe", status=422)
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_problems_are_listed_with_their_lines_and_can_be_left_out(
    coordinator: Coordinator, event: Event, session: Session
) -> None:
    lines = [row(number=str(number)) for number in range(10)]
    page = coordinator.read(coordinator.upload(csv_of(*lines, "kaputt", row(born="31.02.1980"), row(gender="z"))))
    table = page.html.find(id="problems").find_parent("section").find("table")
    assert [line.th.get_text() for line in table.find("tbody").find_all("tr")] == ["12", "13", "14"]
    download = coordinator.staff.get(f"{coordinator.path}/register/probleme.csv")
    assert download.content_type == "text/csv"
    assert [line.partition(";")[0] for line in download.text.splitlines()[1:]] == ["12", "13", "14"]
    # Without having said that these rows may be left out, nobody is drawn.
    form = coordinator.staff.get(f"{coordinator.path}/stichprobe/").forms["form"]
    form["size"] = "5"
    answer = form.submit("submit", status=422)
    assert answer.forms["form"]["size"].value == "5"
    coordinator.sample(5, leave_out=True)
    assert len(invitees(session, event)) == 5


def test_unknown_values_are_sorted_into_categories(coordinator: Coordinator, event: Event, session: Session) -> None:
    lines = [row(number=str(number), gender="weibl." if number % 2 else "q") for number in range(10)]
    coordinator.read(coordinator.upload(csv_of(*lines)))
    assert extract_of(session, event).problem_count == 10
    page = coordinator.staff.get(f"{coordinator.path}/register/werte")
    form = page.forms["form"]
    women = next(value for value, _chosen, title in form.fields["value_0"][0].options if title == "Frauen")
    for field in (form.fields["value_0"][0], form.fields["value_1"][0]):
        label = page.html.find("label", attrs={"for": field.id}).get_text()
        field.value = women if "weibl" in label else LEAVE_OUT
    form.submit("submit", status=303)
    coordinator.work()
    extract = extract_of(session, event)
    assert (extract.problem_count, extract.counts["usable"], extract.counts["left_out"]) == (0, 5, 5)


def test_a_quarter_in_which_nobody_lives(coordinator: Coordinator, event: Event, session: Session) -> None:
    plan = locked_plan(session, event.id)
    plan.quarters = ["Atlantis", "kernstadt"]
    session.commit()
    page = coordinator.read(coordinator.upload(csv_of(row(), row(quarter="Weiler", number="2"))))
    alert = page.html.find(class_="kern-alert").get_text()
    assert "Atlantis" in alert
    assert "Weiler" in alert
    assert extract_of(session, event).counts["outside"] == 1


def test_a_sample_larger_than_the_register(coordinator: Coordinator, event: Event, session: Session) -> None:
    coordinator.read(coordinator.upload(csv_of(row(), row(given="Ben"), row(number="2"))))
    form = coordinator.staff.get(f"{coordinator.path}/stichprobe/").forms["form"]
    form["size"] = "3"
    form.submit("submit", status=422)
    assert not invitees(session, event)
    coordinator.sample(2)
    assert len(invitees(session, event)) == 2


def test_a_second_sample_writes_to_others(coordinator: Coordinator, event: Event, session: Session) -> None:
    register = register_csv(400)
    for _time in range(2):
        coordinator.read(coordinator.upload(register))
        coordinator.sample(60)
    drawn = invitees(session, event)
    assert [each.number for each in drawn] == list(range(1, 121))
    assert len({each.household for each in drawn}) == len({each.person for each in drawn}) == 120


@pytest.mark.parametrize("discarded", [False, True])
def test_a_second_sample_leaves_out_who_wanted_to_be_forgotten(
    coordinator: Coordinator, event: Event, session: Session, discarded: bool
) -> None:
    coordinator.read(coordinator.upload(csv_of(row(), row("Haddad", "Amal", number="2"))))
    coordinator.sample(2)
    gone = next(each for each in invitees(session, event) if each.family_name == "Haddad")
    page = coordinator.staff.get(f"{coordinator.path}/antworten/{gone.id}/daten-loeschen")
    page.forms["confirm"].submit(status=303)
    if discarded:
        form = (
            coordinator.staff.get(f"{coordinator.path}/stichprobe/").click("Diese Stichprobe verwerfen").forms["form"]
        )
        form["reason"] = "Ein Ortsteil fehlte."
        form.submit("submit", status=303)
    others = [row(f"Neu {place}", number=str(2 + place)) for place in range(1, 4)]
    coordinator.read(coordinator.upload(csv_of(row(), row("Haddad", "Amal", number="2"), *others)))
    coordinator.sample(5)
    assert sorted(each.family_name or "" for each in invitees(session, event)) == [
        "", "Maier", "Neu 1", "Neu 2", "Neu 3",
    ]  # fmt: skip


def test_two_coordinators_draw_one_sample(coordinator: Coordinator, event: Event, session: Session) -> None:
    coordinator.read(coordinator.upload(register_csv(300)))
    forms = [coordinator.staff.get(f"{coordinator.path}/stichprobe/").forms["form"] for _each in range(2)]
    for form in forms:
        form["size"] = "20"
    forms[0].submit("submit", status=303)
    forms[1].submit("submit", status=409)
    coordinator.work()
    forms[1].submit("submit", status=409)
    coordinator.work()
    assert len(invitees(session, event)) == 20


def test_two_coordinators_upload_one_extract(coordinator: Coordinator, session: Session) -> None:
    form = coordinator.staff.get(f"{coordinator.path}/register/").forms["form"]
    coordinator.upload(csv_of(row()))
    form["file"] = Upload("register.csv", csv_of(row()))
    form.submit("submit", status=409)
    assert session.scalar(select(func.count()).select_from(Extract)) == 1


@pytest.mark.parametrize("kind", ["register:read_extract", "register:draw_sample"])
def test_a_worker_that_dies_in_the_middle(
    coordinator: Coordinator, event: Event, session: Session, kind: str, app: Router
) -> None:
    page = coordinator.upload(register_csv(300))
    if kind == "register:draw_sample":
        coordinator.read(page)
        form = coordinator.staff.get(f"{coordinator.path}/stichprobe/").forms["form"]
        form["size"] = "20"
        form.submit("submit", status=303)
    else:
        page.forms["form"].submit("submit", status=303)
    # A first worker claims the job and is never seen again; another one finds it when the lease is over.
    claimed = claim(app.registry.sessions, "long", "dead", app.registry.clock())
    assert claimed is not None
    assert claimed.kind == kind
    work = app.registry.jobs.kinds[kind].handler
    context = JobContext(registry=app.registry, now=app.registry.clock(), key="k", job_id=claimed.id)
    for _time in range(2):
        work(context, claimed.payload)
    assert len(invitees(session, event)) == (20 if kind == "register:draw_sample" else 0)
    assert extract_of(session, event).state is (
        ExtractState.SAMPLED if kind == "register:draw_sample" else ExtractState.READ
    )


def test_criteria_that_change_meanwhile(coordinator: Coordinator, event: Event, session: Session) -> None:
    coordinator.read(coordinator.upload(register_csv(200)))
    form = coordinator.staff.get(f"{coordinator.path}/stichprobe/").forms["form"]
    form["size"] = "20"
    plan = locked_plan(session, event.id)
    plan.least_age = 18
    session.commit()
    form.submit("submit", status=409)
    page = coordinator.staff.get(f"{coordinator.path}/register/")
    page.forms["again"].submit(status=303)
    coordinator.work()
    coordinator.sample(20)
    assert len(invitees(session, event)) == 20


def test_criteria_that_change_while_the_worker_draws(coordinator: Coordinator, event: Event, session: Session) -> None:
    coordinator.read(coordinator.upload(register_csv(200)))
    form = coordinator.staff.get(f"{coordinator.path}/stichprobe/").forms["form"]
    form["size"] = "20"
    form.submit("submit", status=303)
    extract = extract_of(session, event)
    asked = questions_of(session, event.id, today=date(2027, 1, 1), secret="")
    plan = locked_plan(session, event.id)
    plan.least_age = 18
    session.commit()
    locked_plan(session, event.id)
    invite(session, extract, asked, [], now=morning())
    assert (extract.state, extract.failure) == (ExtractState.READ, {"code": "changed"})


def test_the_extract_can_be_deleted_at_any_time(coordinator: Coordinator, event: Event, session: Session) -> None:
    coordinator.upload(register_csv(100)).forms["form"].submit("submit", status=303)
    page = coordinator.staff.get(f"{coordinator.path}/register/loeschen")
    next(form for form in page.forms.values() if form.action.endswith("loeschen")).submit(status=303)
    coordinator.work()
    extract = extract_of(session, event)
    assert (extract.state, extract.active_key) == (ExtractState.DISCARDED, None)
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


@pytest.mark.parametrize("imported", [False, True])
def test_the_page_leads_to_deleting_the_extract_and_then_to_the_next_one(
    coordinator: Coordinator, event: Event, session: Session, imported: bool
) -> None:
    columns = coordinator.upload(register_csv(100))
    page = coordinator.read(columns) if imported else coordinator.staff.get(f"{coordinator.path}/register/")
    sure = page.click("Auszug jetzt löschen")
    form = next(form for form in sure.forms.values() if form.action.endswith("loeschen"))
    page = form.submit(status=303).follow()
    assert "laden Sie einen anderen hoch" in page.text
    assert "file" in page.forms["form"].fields
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
    entry = session.query(JournalEntry).filter_by(tag="register:discard").one()
    assert "Nachname" not in str(entry.payload)
    form.submit(status=303)
    assert session.query(JournalEntry).filter_by(tag="register:discard").count() == 1


def test_the_shares_of_the_population_come_from_the_register(
    coordinator: Coordinator, event: Event, session: Session
) -> None:
    lines = [row(number=str(number), gender="w" if number < 3 else "m") for number in range(10)]
    page = coordinator.read(coordinator.upload(csv_of(*lines)))
    page.forms["shares"].submit(status=303)
    session.rollback()
    gender = criteria_of(session, event.id)[1]
    assert [each.share for each in gender.categories] == [30.0, 70.0, 0.0]


def test_only_the_team_sees_the_register(coordinator: Coordinator, make: Make, client: Client, path: str) -> None:
    coordinator.upload(csv_of(row()))
    for role in (Role.PROGRAMME_OFFICE, Role.FACILITATOR):
        place = None if role is Role.PROGRAMME_OFFICE else make.municipality()
        client.login(make.account(role, place))
        for page in ("register/", "register/spalten", "register/werte", "register/probleme.csv", "stichprobe/"):
            client.get(f"{path}/{page}", status=403)


def test_after_the_extract_categories_stay(coordinator: Coordinator, event: Event, session: Session) -> None:
    coordinator.read(coordinator.upload(register_csv(200)))
    coordinator.sample(10)
    session.rollback()
    age = criteria_of(session, event.id)[0]
    page = coordinator.staff.get(f"{coordinator.path}/kriterien/{age.id}/")
    assert "age_from" not in page.forms["form"].fields
    coordinator.staff.get(f"{coordinator.path}/kriterien/neu").forms["form"].submit("submit", status=422)
    with pytest.raises(Conflict):
        remove_criterion(session, event, age, actor=SYSTEM)


def test_the_sample_looks_like_the_population(coordinator: Coordinator, event: Event, session: Session) -> None:
    coordinator.read(coordinator.upload(register_csv(3000)))
    expected = extract_of(session, event).counts["categories"]
    coordinator.sample(300)
    query = select(InviteeCategory.category_id, func.count()).group_by(InviteeCategory.category_id)
    drawn = Counter(dict(session.execute(query).all()))
    age = criteria_of(session, event.id)[0]
    whole = sum(expected[str(each.id)] for each in age.categories)
    for each in age.categories:
        assert drawn[each.id] == pytest.approx(300 * expected[str(each.id)] / whole, abs=8)


def test_who_looks_at_the_rows_is_journalled_or_sees_nothing(
    coordinator: Coordinator, event: Event, session: Session
) -> None:
    coordinator.upload(csv_of(row()))
    assert tags(session, event)[-1] == "register:look"
    switch_on(session, morning())
    session.commit()
    page = coordinator.staff.get(f"{coordinator.path}/register/spalten", status=503)
    assert "Maier" not in page.text
    switch_off(session)
    session.commit()
    assert tags(session, event).count("register:look") == 1


def test_the_earliest_day_of_the_invitation_is_shown(client: Client, make: Make, session: Session) -> None:
    town = make.municipality()
    dialogue = make.dialogue(town)
    # Only the days count on which everybody saw it.
    dialogue.published_at = client.registry.clock() - timedelta(days=5)
    event = make.event(dialogue, format_id="buergerinnenrat", state="published")
    client.login(make.account(Role.COORDINATOR, town))
    page = make.path(event, "stichprobe")
    assert "muss warten" in client.get(page).html.find(class_="kern-alert--info").get_text()
    published = client.registry.clock() - timedelta(days=3)
    payload = {"title": event.title, "step": "x", "transition": "publish"}
    record(session, "event:step", actor=SYSTEM, event_id=event.id, payload=payload, at=published)
    session.commit()
    earliest = (published + timedelta(days=21)).astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{earliest:%d.%m.%Y}" in client.get(page).html.find(class_="kern-alert--info").get_text()


def test_another_order_of_the_criteria_asks_nothing_new_of_the_extract(
    coordinator: Coordinator, event: Event, session: Session
) -> None:
    coordinator.read(coordinator.upload(register_csv(100)))
    move_criterion(session, event, criteria_of(session, event.id)[0], up=False, actor=SYSTEM)
    session.commit()
    coordinator.sample(10)
    drawn = invitees(session, event)
    assert len(drawn) == 10
    rows = session.execute(select(InviteeCategory.criterion_id, Category.criterion_id).join(Category))
    assert all(of_invitee == of_category for of_invitee, of_category in rows)
