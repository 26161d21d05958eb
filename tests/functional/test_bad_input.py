"""What people type, send twice, or send wrongly."""

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import MetaData, String, or_, select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.findings.models import FindingKind
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.html import soup
from fdplattform.testing.matrix import views
from fdplattform.testing.registration import sign_up
from fdplattform.testing.world import World
from tests.functional.conftest import complete

#: Fields in which somebody or something is named.
NAMING = re.compile(r"(?:^|_)(?:name|title|client|provider|place)$")
NAMES = {
    "apostrophes": 'Ayşe O’Neill-d\'Arc "Zoë" <b>&amp;',
    "Arabic": "عائشة بنت محمد الأحمد",
    "emoji": "Kim 👩🏽‍🚀🏳️‍🌈",
}
#: Where names must be tried at least.
AT_LEAST = {
    "dialog-anlegen",
    "bearbeiten",
    "veranstaltung-anlegen",
    "verantwortung",
    "eintragen",
    "an-der-tuer",
    "anmelden",
    "anlegen",
    "termin",
}
FORMULAS = ("=1+1", "+49 711 1", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")')


@pytest.fixture
def admin(client: Client, make: Make, world: World) -> Client:
    """May do everything."""
    client.login(make.account(Role.ADMIN))
    return client


def forms_that_name(app: Router, world: World, client: Client) -> Iterator[tuple[str, Any, list[str]]]:
    """Every form with fields in which something is named: the view's name, the form, the fields' names."""
    found = {(view.place, view.name) for view in views(app.registry) if view.method == "POST"}
    for place, name in sorted(found, key=str):
        if isinstance(place, str):
            continue
        page = client.get(world.address(place, name), status="*")
        if page.status_int == 200 and page.content_type == "text/html" and "form" in page.forms:
            form = page.forms["form"]
            fields = [tag["name"] for tag in page.html.select("#form input[type=text]") if NAMING.search(tag["name"])]
            if fields:
                yield name, complete(form, page.html), fields


def name_all(form: Any, fields: list[str], name: str) -> list[str]:
    """Type `name` into all of them, in every row, each with another number: two people may have to be two."""
    controls = [control for field in fields for control in form.fields[field]]
    for number, control in enumerate(controls):
        control.value = f"{number}{name[1:]}"
    return [control.value for control in controls]


def all_written(session: Session, metadata: MetaData, names: list[str]) -> bool:
    """Whether each of these very texts stands somewhere in the database."""
    session.rollback()
    found: set[str] = set()
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, String)]
        if columns:
            rows = session.execute(select(*columns).where(or_(*(column.in_(names) for column in columns))))
            found.update(value for row in rows for value in row if value in names)
    return found == set(names)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_are_kept_as_they_are(
    app: Router, world: World, admin: Client, session: Session, reflected: MetaData, name: str
) -> None:
    tried = set()
    for number, (view, form, fields) in enumerate(forms_that_name(app, world, admin)):
        typed = name_all(form, fields, f" {name} {number}")
        answer = form.submit("submit", status="*")
        assert answer.status_int == 303, (view, fields, soup(answer).find(class_="form-errors"))
        assert all_written(session, reflected, typed), (view, fields)
        tried.add(view)
    assert tried >= AT_LEAST


def test_names_that_are_too_long_are_refused_and_kept_in_the_form(
    app: Router, world: World, admin: Client, session: Session, reflected: MetaData
) -> None:
    tried = set()
    for number, (view, form, fields) in enumerate(forms_that_name(app, world, admin)):
        typed = name_all(form, fields, f"{number:03}".rjust(300, "ä"))
        answer = form.submit("submit", status="*")
        if answer.status_int == 303:
            assert all_written(session, reflected, typed), view
        else:
            assert answer.status_int == 422, view
            again = soup(answer)
            assert [tag["value"] for field in fields for tag in again.find_all("input", {"name": field})] == typed, view
            assert again.select("[aria-invalid=true]"), view
        tried.add(view)
    assert tried >= AT_LEAST


def downloads(world: World) -> list[str]:
    """Every list that can be downloaded."""
    places = {kind.__name__: path for kind, path in world.places.items()}
    records = next(address for (_kind, view), address in world.views.items() if view == "listen-export")
    return [
        f"{places['Participants']}/liste.csv",
        f"{places['FindingsResource']}/ergebnisse.csv",
        f"{places['BoardResource']}/karten.csv",
        f"{places['Panel']}/liste.csv",
        records,
    ]


def test_no_download_calculates(app: Router, admin: Client, make: Make, world: World) -> None:
    exports = {view.name for view in views(app.registry) if "csv" in view.name or "export" in view.name}
    # The problems of an extract are numbers of lines and our own words.
    assert exports == {"liste.csv", "ergebnisse.csv", "karten.csv", "probleme.csv", "listen-export"}
    row = next(address for (_kind, view), address in world.views.items() if view == "eintrag")
    for text in FORMULAS:
        sign_up(Client(app), make.path(world.event), name=text, access_needs=text)
        make.finding(world.event, text=text, kind=FindingKind.IDEA)
        form = admin.get(row.rpartition("/")[0]).forms["form"]
        form["text"] = text
        form.submit("submit", status=303)
        form = admin.get(make.path(world.event, "brett")).forms["card"]
        form["text"] = text
        form.submit("submit", status=303)
        form = admin.get(make.path(world.event, "gremium/eintragen")).forms["form"]
        form["name"] = text
        form.submit("submit", status=303)
    for address in downloads(world):
        cells = [cell for line in csv.reader(admin.get(address).text.splitlines(), delimiter=";") for cell in line]
        assert sum("=" in cell for cell in cells) >= 2, address
        assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "\t"))] == [], address


@pytest.mark.parametrize(
    ("starts", "ends", "wrong"),
    [
        ("2027-05-02T18:00", "2027-05-01T18:00", "ends_at"),
        ("2027-05-01T18:00", "2027-05-01T17:59", "ends_at"),
        # The night in which the clock jumps forward, and the one in which an hour comes twice.
        ("2027-03-28T02:30", "2027-03-28T05:00", "starts_at"),
        ("2027-10-31T02:30", "2027-10-31T05:00", "starts_at"),
    ],
)
def test_dates_that_cannot_be(admin: Client, make: Make, world: World, starts: str, ends: str, wrong: str) -> None:
    form = admin.get(make.path(world.event, "termin?lang=de")).forms["form"]
    form["starts_at"], form["ends_at"], form["place"] = starts, ends, "Rathaus"
    answer = form.submit("submit", status=422)
    assert [tag["name"] for tag in soup(answer).select("[aria-invalid=true]")] == [wrong]
    assert answer.forms["form"]["starts_at"].value == starts
    assert answer.forms["form"]["place"].value == "Rathaus"


def test_an_evening_across_the_change_of_time_has_its_length(admin: Client, make: Make, world: World) -> None:
    form = admin.get(make.path(world.event, "termin")).forms["form"]
    form["starts_at"], form["ends_at"], form["place"] = "2027-03-27T23:00", "2027-03-28T04:00", "Rathaus"
    form.submit("submit", status=303)
    make.session.rollback()
    make.session.refresh(world.event, ["dates"])
    last = max(world.event.dates, key=lambda date: date.starts_at)
    assert last.ends_at - last.starts_at == timedelta(hours=4)


def test_an_event_in_the_past_takes_nobody(admin: Client, app: Router, make: Make, world: World) -> None:
    now = make.registry.clock()
    past = make.event(world.dialogue, state="open", starts_at=now - timedelta(days=2))
    page = soup(Client(app).get(make.path(past, "anmelden"), status="*"))
    assert page.find(id="form") is None
    announced = soup(
        admin.get(
            make.path(
                make.event(world.dialogue, starts_at=now - timedelta(days=1)), "schritt?transition=announce&lang=de"
            )
        )
    )
    assert announced.select("[role=note] li")


def test_a_dialogue_sent_twice_is_there_once(admin: Client, make: Make, session: Session) -> None:
    place = make.municipality()
    page = admin.get(make.path(place, "dialog-anlegen"))
    form = complete(page.forms["form"], page.html)
    form["title"] = "Doppelt"
    addresses = {form.submit("submit", status=303).location for _click in range(2)}
    assert len(addresses) == session.query(Dialogue).filter_by(municipality_id=place.id).count() == 1


def test_the_back_button_leads_to_a_stale_form(admin: Client, make: Make, world: World) -> None:
    path = make.path(world.dialogue, "bearbeiten?lang=de")
    form = admin.get(path).forms["form"]
    form["title"] = "Zuerst"
    form.submit("submit", status=303)
    form["title"] = "Nach dem Zurück"
    answer = form.submit("submit", status=409)
    assert "Zuerst" in answer.text
    assert "Nach dem Zurück" in answer.text


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_a_wrong_method_is_405(client: Client, make: Make, world: World, method: str) -> None:
    for path in ("/", "/anmelden", make.path(world.event), make.path(world.event, "anmelden"), "/-/health"):
        answer = getattr(client, method)(path, status="*")
        assert answer.status_int == 405, path
        assert "GET" in answer.allow


def test_a_page_that_is_only_posted_says_so(admin: Client, make: Make, world: World) -> None:
    answer = admin.get(make.path(world.dialogue, "veroeffentlichen"), status=405)
    assert set(answer.allow) == {"POST"}


@pytest.mark.parametrize("body", [b"name=\xff\xfe&submit=1", b"\xff=1", b"name=%FF%FE&submit=1"])
def test_a_body_that_is_not_utf8(client: Client, make: Make, world: World, body: bytes) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post(make.path(world.event, "anmelden"), body, kind, status="*")
    assert answer.status_int == 400
    assert soup(answer).h1


@pytest.mark.parametrize("language", ["xx", "klingon", "de_DE.UTF-8", "../../etc", "ar\x00", ""])
def test_an_unknown_language_is_nobodys_fault(client: Client, make: Make, world: World, language: str) -> None:
    for path in ("/", make.path(world.event)):
        html = client.get(path, {"lang": language}).html.find("html")
        assert html["lang"] in {"de", "en", "ar"}
        assert client.get(path, headers={"Accept-Language": language.replace("\x00", "")}).status_int == 200


def test_a_body_of_20_mb_where_none_belongs(client: Client, make: Make, world: World) -> None:
    body = b"name=" + b"x" * 20_000_000
    for path in (make.path(world.event, "anmelden"), "/barrierefreiheit"):
        assert client.post(path, body, status="*").status_int == 413
    # No view takes anything here, so there is none whose limit could be passed.
    assert client.post(make.path(world.event), body, status="*").status_int == 405


def test_an_expired_token_is_explained(client: Client, make: Make, world: World) -> None:
    form = client.get(make.path(world.event, "anmelden?lang=de")).forms["form"]
    form["name"] = "Amal"
    client.reset()
    answer = form.submit("submit", status=400)
    assert "Dieses Formular ist nicht mehr gültig" in answer.text
