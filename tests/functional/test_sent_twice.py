"""Forms of staff that make something new, sent twice by two clicks, make it once."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.findings.models import FieldOfAction, Proposal
from fdplattform.programmes.models import Agreement, Programme
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.tools.registration.models import Registration
from tests.functional.conftest import complete


@pytest.fixture
def admin(client: Client, make: Make) -> Client:
    client.login(make.account(Role.ADMIN))
    return client


def sent_twice(admin: Client, session: Session, path: str, model: type, **values: str) -> int:
    """How many more there are after two clicks."""
    page = admin.get(path)
    form = complete(page.forms["form"], page.html)
    for name, value in values.items():
        form[name] = value
    before = _count(session, model)
    first, second = (form.submit("submit", status=303).location for _click in range(2))
    assert first == second
    return _count(session, model) - before


def _count(session: Session, model: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("view", ["teilnehmende/eintragen", "an-der-tuer"])
def test_a_registration_that_staff_enter(admin: Client, make: Make, session: Session, view: str) -> None:
    path = make.path(make.event(state="open", capacity=20), view)
    assert sent_twice(admin, session, path, Registration, name="Paula Papier") == 1


@pytest.mark.parametrize(("view", "model"), [("handlungsfelder", FieldOfAction), ("vorschlaege", Proposal)])
def test_what_comes_out_of_a_dialogue(admin: Client, make: Make, session: Session, view: str, model: type) -> None:
    path = f"{make.path(make.dialogue(), view)}/anlegen"
    assert sent_twice(admin, session, path, model, title="Bänke") == 1


def test_suggested_fields(admin: Client, make: Make, session: Session) -> None:
    path = f"{make.path(make.dialogue(), 'handlungsfelder')}/vorlagen"
    form = admin.get(path).forms["form"]
    form.fields["suggestions"][0].checked = True
    assert form.submit("submit", status=303).location == form.submit("submit", status=303).location
    assert _count(session, FieldOfAction) == 1


def test_a_row_of_a_list_of_the_format(admin: Client, make: Make, session: Session) -> None:
    forum = make.event(format_id="grossgruppenforum")
    tables = make.registry.plugins.formats["grossgruppenforum"].data.record_list("tables")
    assert sent_twice(admin, session, make.path(forum, "eintrag/tables"), tables.model, number="1", topic="Wohnen") == 1


def test_an_agreement(admin: Client, make: Make, session: Session) -> None:
    programme = Programme(
        title="Dialoge",
        client="Ministerium",
        provider="Akademie",
        planned_municipalities=5,
        building_blocks=[1, 2, 3],
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    session.add(programme)
    place = make.municipality()
    session.commit()
    path = f"/verwaltung/programme/{programme.id}/vereinbarung/{place.slug}"
    assert sent_twice(admin, session, path, Agreement) == 1
