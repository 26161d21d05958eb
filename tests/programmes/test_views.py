"""The programme office's work, through HTTP."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest.forms import Form, Radio

from fdplattform.accounts.models import OneTimeLink
from fdplattform.journal.models import JournalEntry
from fdplattform.programmes.models import Agreement, ContributionStatus, OwnContribution, Programme
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries


@pytest.fixture
def office(client: Client, make: Make) -> Client:
    client.login(make.account(Role.PROGRAMME_OFFICE))
    return client


def programme(session: Session, **columns: object) -> Programme:
    values = {
        "title": "Dialoge 2026",
        "client": "Ministerium",
        "provider": "Akademie",
        "planned_municipalities": 5,
        "building_blocks": [1, 2, 3],
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2027, 12, 31),
    }
    made = Programme(**{**values, **columns})
    session.add(made)
    session.commit()
    return made


def test_office_creates_a_programme(office: Client, session: Session) -> None:
    page = office.get("/verwaltung/programme/anlegen")
    form = page.forms["form"]
    form["title"] = "Wie leben wir zukünftig zusammen?"
    form["client"], form["provider"] = "Staatsministerium", "Führungsakademie"
    form["planned_municipalities"] = "5"
    form["starts_on"], form["ends_on"] = "2026-01-01", "2026-12-31"
    shown = form.submit("submit").follow()
    assert "Führungsakademie" in shown
    created = session.scalars(select(Programme)).one()
    assert created.building_blocks == [1, 2, 3]
    assert "programme:create" in session.scalars(select(JournalEntry.tag)).all()


def test_wrong_order_of_dates_is_said_at_the_field(office: Client, session: Session) -> None:
    form = office.get("/verwaltung/programme/anlegen").forms["form"]
    form["title"], form["client"], form["provider"] = "T", "C", "P"
    form["planned_municipalities"] = "1"
    form["starts_on"], form["ends_on"] = "2026-05-02", "2026-05-01"
    answer = form.submit("submit", status=422)
    field = answer.html.find("input", {"name": "ends_on"})
    assert field["aria-invalid"] == "true"
    assert answer.forms["form"]["client"].value == "C"
    assert not session.scalars(select(Programme)).all()


def test_agreement_begins_with_three_letters(office: Client, session: Session, make: Make) -> None:
    place = make.municipality("Ostfildern", slug="ostfildern", active=False, fictional=False)
    made = programme(session)
    found = office.get(f"/verwaltung/programme/{made.id}/vereinbaren", {"q": "fil"})
    form = found.click("Ostfildern").forms["form"]
    assert [box.checked for box in form.fields["blocks"]] == [True, True, True, False, False, False]
    form["coordinator_email"] = "neu@example.org"
    form.submit("submit").follow()
    agreement = session.scalars(select(Agreement)).one()
    assert (agreement.municipality_id, agreement.blocks) == (place.id, [1, 2, 3])
    contributions = session.scalars(select(OwnContribution)).all()
    assert {each.status for each in contributions} == {ContributionStatus.OPEN}
    assert len(contributions) == 5
    session.refresh(place)
    assert place.active
    link = session.scalars(select(OneTimeLink)).one()
    assert (link.email, link.role, link.municipality_id) == ("neu@example.org", Role.COORDINATOR, place.id)


def test_first_agreement_stays_within_the_programme(office: Client, session: Session, make: Make) -> None:
    make.municipality(slug="musterstadt")
    made = programme(session, building_blocks=[1, 2])
    path = f"/verwaltung/programme/{made.id}/vereinbarung/musterstadt"
    form = office.get(path).forms["form"]
    form.fields["blocks"][3].checked = True
    form.submit("submit", status=422)
    assert not session.scalars(select(Agreement)).all()


def test_further_agreement_has_further_blocks_only(office: Client, session: Session, make: Make) -> None:
    make.municipality(slug="musterstadt")
    made = programme(session, building_blocks=[1, 2])
    path = f"/verwaltung/programme/{made.id}/vereinbarung/musterstadt"
    office.get(path).forms["form"].submit("submit", status=303)
    again = office.get(path).forms["form"]
    again.submit("submit", status=422)
    for box, wanted in zip(again.fields["blocks"], (False, False, False, True, False, False), strict=True):
        box.checked = wanted
    again.submit("submit", status=303)
    assert session.scalars(select(Agreement.blocks).order_by(Agreement.id)).all() == [[1, 2], [4]]


def agreement_path(office: Client, session: Session, make: Make) -> str:
    make.municipality(slug="musterstadt")
    made = programme(session)
    path = f"/verwaltung/programme/{made.id}/vereinbarung/musterstadt"
    return str(office.get(path).forms["form"].submit("submit", status=303).location)


def first_radio(form: Form) -> str:
    return next(name for name, fields in form.fields.items() if name and isinstance(fields[0], Radio))


def test_contributions_are_kept_and_shown(office: Client, session: Session, make: Make) -> None:
    path = agreement_path(office, session, make)
    form = office.get(f"{path}eigenleistungen").forms["form"]
    # Radio buttons are named after their place in the form: the first are those of the rooms.
    form[first_radio(form)] = "promised"
    form.fields["note"][0].value = "Stadthalle"
    shown = form.submit("submit").follow()
    assert "Stadthalle" in shown
    rooms = session.scalars(select(OwnContribution).order_by(OwnContribution.id)).first()
    assert rooms is not None
    assert (rooms.status, rooms.note) == (ContributionStatus.PROMISED, "Stadthalle")


def test_stale_contributions_are_a_conflict(office: Client, session: Session, make: Make) -> None:
    path = agreement_path(office, session, make)
    first = office.get(f"{path}eigenleistungen").forms["form"]
    second = office.get(f"{path}eigenleistungen").forms["form"]
    first.fields["note"][0].value = "Stadthalle"
    first.submit("submit", status=303)
    second.fields["note"][0].value = "Turnhalle"
    answer = second.submit("submit", status=409)
    assert "Stadthalle" in answer
    assert "Turnhalle" in answer


def test_only_the_office_comes_in(client: Client, session: Session, make: Make) -> None:
    made = programme(session)
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    client.get("/verwaltung/programme", status=403)
    client.get(f"/verwaltung/programme/{made.id}", status=403)
    client.get(f"/verwaltung/programme/{made.id}/vereinbaren", status=403)


@pytest.mark.parametrize("name", ["0", "x", "%D9%A3", "99999999999999999999"])
def test_unknown_programmes_are_not_found(office: Client, name: str) -> None:
    office.get(f"/verwaltung/programme/{name}", status=404)


def test_programme_page_asks_a_constant_number_of_questions(office: Client, session: Session, make: Make) -> None:
    made = programme(session)

    def asked_with_more(count: int) -> int:
        for _number in range(count):
            place = make.municipality()
            session.add(
                Agreement(programme_id=made.id, municipality_id=place.id, blocks=[1], concluded_on=date(2026, 1, 1))
            )
        session.commit()
        with queries(office.registry.engine) as asked:
            office.get(f"/verwaltung/programme/{made.id}")
        return len(asked)

    assert asked_with_more(1) == asked_with_more(20)


def test_office_sees_drafts_and_residents_do_not(office: Client, session: Session, make: Make) -> None:
    place = make.municipality(slug="musterstadt")
    made = programme(session)
    make.dialogue(place, public=False, title="Noch geheim")
    session.add(Agreement(programme_id=made.id, municipality_id=place.id, blocks=[1], concluded_on=date(2026, 1, 1)))
    session.commit()
    assert "Noch geheim" in office.get(f"/verwaltung/programme/{made.id}")
    office.reset()
    assert "Noch geheim" not in office.get("/kommunen")


def agreed(office: Client, session: Session, make: Make, **columns: object) -> tuple[str, Agreement]:
    """An agreement whose coordinator was invited, and the address of its page."""
    place = make.municipality("Ostfildern", slug="ostfildern")
    made = programme(session, **columns)
    form = office.get(f"/verwaltung/programme/{made.id}/vereinbarung/ostfildern").forms["form"]
    form["coordinator_email"] = "neu@example.org"
    page = form.submit("submit").follow()
    assert place.slug == "ostfildern"
    return page.request.path, session.scalars(select(Agreement)).one()


def test_an_agreement_can_be_changed(office: Client, session: Session, make: Make) -> None:
    path, agreement = agreed(office, session, make)
    form = office.get(f"{path}bearbeiten").forms["form"]
    for box in form.fields["blocks"]:
        box.checked = box._value in {"1", "2"}
    form["concluded_on"], form["contact"] = "2026-02-03", "Frau Maier"
    stale = office.get(f"{path}bearbeiten").forms["form"]
    assert "Frau Maier" in form.submit("submit", status=303).follow()
    session.refresh(agreement)
    assert (agreement.blocks, agreement.concluded_on) == ([1, 2], date(2026, 2, 3))
    assert "agreement:edit" in session.scalars(select(JournalEntry.tag)).all()
    stale["contact"] = "Herr Müller"
    assert "Frau Maier" in stale.submit("submit", status=409)


def test_blocks_are_agreed_once_and_first_within_the_programme(office: Client, session: Session, make: Make) -> None:
    path, agreement = agreed(office, session, make)
    session.add(
        Agreement(
            programme_id=agreement.programme_id,
            municipality_id=agreement.municipality_id,
            blocks=[4],
            concluded_on=date(2026, 6, 1),
        )
    )
    session.commit()
    for block in ("4", "5"):
        form = office.get(f"{path}bearbeiten").forms["form"]
        next(box for box in form.fields["blocks"] if box._value == block).checked = True
        assert form.submit("submit", status=422).html.select_one("[aria-invalid=true]") is not None
    session.refresh(agreement)
    assert agreement.blocks == [1, 2, 3]


def test_an_open_invitation_is_shown_sent_again_and_withdrawn(office: Client, session: Session, make: Make) -> None:
    path, agreement = agreed(office, session, make)
    for page in (path, f"/verwaltung/programme/{agreement.programme_id}/"):
        assert "neu@example.org" in office.get(page).html.find("main").get_text()
    first = session.scalars(select(OneTimeLink)).one().token_hash
    buttons = office.get(path).html.select("main button[name=invitation]")
    data = {"csrf_token": office.get(path).html.find("input", {"name": "csrf_token"})["value"]}
    data["invitation"] = buttons[0]["value"]
    office.post(f"{path}erneut-einladen", data, status=303)
    session.rollback()
    again = session.scalars(select(OneTimeLink)).one()
    assert again.token_hash != first
    assert again.email == "neu@example.org"
    office.post(f"{path}erneut-einladen", data, status=404)
    office.post(f"{path}einladung-zurueckziehen", {**data, "invitation": str(again.id)}, status=303)
    assert "neu@example.org" not in office.get(path).html.find("main").get_text()
    session.rollback()
    assert not session.scalars(select(OneTimeLink)).all()


def test_nobody_withdraws_another_places_invitation(office: Client, session: Session, make: Make) -> None:
    path, _agreement = agreed(office, session, make)
    other = make.municipality()
    data = {"csrf_token": office.get(path).html.find("input", {"name": "csrf_token"})["value"]}
    link = session.scalars(select(OneTimeLink)).one()
    link.municipality_id = other.id
    session.commit()
    for view in ("erneut-einladen", "einladung-zurueckziehen"):
        office.post(f"{path}{view}", {**data, "invitation": str(link.id)}, status=404)
