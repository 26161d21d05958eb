"""Finding a municipality, and its page, through HTTP."""

import pytest
from sqlalchemy.orm import Session

from fdplattform.journal.models import JournalEntry
from fdplattform.municipalities.colour import contrast
from fdplattform.municipalities.loader import import_register
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.register import shipped_register
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries


@pytest.fixture
def register(session: Session) -> None:
    import_register(session, shipped_register("Baden-Württemberg"))
    session.commit()


def found(client: Client, text: str) -> list[str]:
    return [item["slug"] for item in client.get("/kommunen/suche", {"q": text}).json["items"]]


@pytest.mark.usefixtures("register")
def test_three_letters_find_a_place(client: Client) -> None:
    assert found(client, "ostf") == ["ostfildern"]
    assert found(client, "Göppingen")[0] == "goeppingen"
    assert found(client, "goeppingen")[0] == "goeppingen"
    assert found(client, "73760") == ["ostfildern"]
    # Places that begin so come before those that contain it.
    assert found(client, "ulm")[0] == "ulm"
    assert found(client, "landkreis böb") == ["landkreis-boeblingen"]


@pytest.mark.usefixtures("register")
def test_short_names_must_be_whole(client: Client) -> None:
    assert found(client, "Au") == ["au"]
    assert found(client, "st") == []
    assert "drei Buchstaben" in client.get("/kommunen", {"q": "st", "lang": "de"})


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("text", ["%", "_", "%%%", "___", "'; --", "🏘️🏘️🏘️", " "])
def test_odd_searches_find_nothing(client: Client, text: str) -> None:
    assert found(client, text) == []
    client.get("/kommunen", {"q": text})


@pytest.mark.usefixtures("register")
def test_search_pages_ask_as_often_as_short_ones(client: Client) -> None:
    def asked(text: str) -> int:
        with queries(client.registry.engine) as statements:
            client.get("/kommunen", {"q": text})
        return len(statements)

    assert asked("ostfildern") == asked("ing")


def test_list_shows_who_takes_part_only(client: Client, make: Make) -> None:
    make.municipality("Dabei")
    make.municipality("Nichtdabei", active=False)
    page = client.get("/kommunen")
    assert "Dabei" in page
    assert "Nichtdabei" not in page
    assert "Datenlizenz Deutschland" in page


def test_empty_pages_say_what_to_do_next(client: Client) -> None:
    assert "Noch macht keine Kommune mit" in client.get("/kommunen?lang=de")
    assert "Zurzeit ist kein Dialog öffentlich" in client.get("/?lang=de")


def test_page_says_that_a_place_is_fictional(client: Client, make: Make) -> None:
    make.municipality(slug="erfunden", fictional=True)
    make.municipality(slug="echt", fictional=False)
    assert "gibt es nicht" in client.get("/kommunen/erfunden?lang=de")
    assert "gibt es nicht" not in client.get("/kommunen/echt?lang=de")


def test_coordinator_edits_the_page(client: Client, make: Make, session: Session) -> None:
    place = make.municipality(slug="musterstadt")
    client.login(make.account(Role.COORDINATOR, place))
    form = client.get("/kommunen/musterstadt/bearbeiten").forms["form"]
    form["introduction"] = "Wir sind <b>da</b>."
    form["contact_email"] = "eva@example.org"
    form["colour"] = "#7a1f5c"
    shown = form.submit("submit").follow()
    assert "Wir sind &lt;b&gt;da&lt;/b&gt;." in shown
    assert "mailto:eva@example.org" in shown
    entry = session.query(JournalEntry).filter_by(tag="municipality:edit").one()
    assert entry.payload == {"fields": ["colour", "contact_email", "introduction"]}


@pytest.mark.parametrize("colour", ["#ffff00", "rot", "#12345", "#777778"])
def test_unreadable_colour_is_refused_at_its_field(client: Client, make: Make, colour: str) -> None:
    client.login(make.account(Role.COORDINATOR, make.municipality(slug="musterstadt")))
    form = client.get("/kommunen/musterstadt/bearbeiten").forms["form"]
    form["colour"] = colour
    answer = form.submit("submit", status=422)
    assert answer.html.find("input", {"name": "colour"})["aria-invalid"] == "true"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#ffffff") == pytest.approx(1)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def test_stale_edit_shows_both_versions(client: Client, make: Make) -> None:
    client.login(make.account(Role.COORDINATOR, make.municipality(slug="musterstadt")))
    first = client.get("/kommunen/musterstadt/bearbeiten").forms["form"]
    second = client.get("/kommunen/musterstadt/bearbeiten").forms["form"]
    first["contact_name"] = "Eva Erste"
    first.submit("submit", status=303)
    second["contact_name"] = "Zoe Zweite"
    answer = second.submit("submit", status=409)
    assert "Eva Erste" in answer
    assert "Zoe Zweite" in answer


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def test_logo_is_shown_replaced_and_removed(client: Client, make: Make, session: Session) -> None:
    place = make.municipality(slug="musterstadt")
    client.login(make.account(Role.COORDINATOR, place))

    def send(**values: object) -> None:
        form = client.get("/kommunen/musterstadt/bearbeiten").forms["form"]
        for name, value in values.items():
            form[name] = value
        form.submit("submit", status=303)
        session.refresh(place)

    from webtest import Upload

    send(logo=Upload("wappen.png", PNG, "image/png"))
    first = place.logo_id
    assert client.get(f"/logo/{first}").body == PNG
    send(logo=Upload("neu.png", PNG + b"\0", "image/png"))
    assert place.logo_id != first
    client.get(f"/logo/{first}", status=404)
    send(remove_logo=True)
    assert place.logo_id is None


def test_others_may_not_edit(client: Client, make: Make) -> None:
    make.municipality(slug="musterstadt")
    elsewhere = make.municipality(slug="anderswo")
    client.login(make.account(Role.COORDINATOR, elsewhere))
    client.get("/kommunen/musterstadt/bearbeiten", status=403)
    client.get("/kommunen/anderswo/bearbeiten", status=200)
    client.login(make.account(Role.FACILITATOR, elsewhere))
    client.get("/kommunen/anderswo/bearbeiten", status=403)
    client.login(make.account(Role.PROGRAMME_OFFICE))
    client.get("/kommunen/anderswo/bearbeiten", status=403)


def test_unknown_place_is_not_found(client: Client, make: Make) -> None:
    make.municipality(slug="musterstadt")
    client.get("/kommunen/nirgendwo", status=404)
    client.get("/kommunen/MUSTERSTADT", status=404)


def test_home_page_asks_as_often_for_one_municipality_as_for_many(client: Client, make: Make) -> None:
    def asked() -> int:
        with queries(client.registry.engine) as statements:
            client.get("/kommunen")
        return len(statements)

    make.municipality()
    few = asked()
    for _number in range(20):
        make.municipality()
    assert asked() == few


def test_municipality_model_knows_its_translated_fields() -> None:
    assert set(Municipality.TRANSLATED) <= set(Municipality.__mapper__.column_attrs.keys())
