"""An event with people to write to, and the coordinator who writes."""

from collections.abc import Callable
from datetime import date

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.legal.models import LegalPage, LegalText
from fdplattform.testing.client import Client
from fdplattform.testing.draws import set_criteria, work
from fdplattform.testing.factories import Make
from fdplattform.tools.letters.lookup import runs_of
from fdplattform.tools.letters.models import LetterHead, LetterRun


@pytest.fixture
def event(make: Make, session: Session) -> Event:
    """Everything is known that the standard text of the invitation names."""
    event = make.event(state="open")
    set_criteria(session, event, reply_until=date(2999, 12, 31))
    municipality_id = session.get_one(Dialogue, event.dialogue_id).municipality_id
    gaps = {"controller": "Die Stadt", "officer": "Frau Schutz", "authority": "Der Landesbeauftragte"}
    session.add(
        LegalText(page=LegalPage.PRIVACY, municipality_id=municipality_id, gaps=gaps, updated_at=make.registry.clock())
    )
    session.add(LetterHead(event_id=event.id, sender="Stadt Musterstadt · Markt 1", contact="Frau Kurz\n0711 22"))
    session.commit()
    return event


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event, "briefe", "invitation")


@pytest.fixture
def coordinator(make: Make, event: Event) -> Account:
    return make.coordinator_of(event)


@pytest.fixture
def staff(client: Client, coordinator: Account) -> Client:
    client.login(coordinator)
    return client


@pytest.fixture
def order(staff: Client, path: str, app: Router, session: Session, event: Event) -> Callable[..., LetterRun]:
    """Orders the letters as the coordinator does, and lets the worker make them."""

    def ordered(*, made: bool = True, leave_out: bool = False) -> LetterRun:
        form = staff.get(f"{path}/").forms["make"]
        if leave_out:
            form["leave_out"] = True
        form.submit(status=303)
        if made:
            work(app.registry, session)
        return newest(session, event)

    return ordered


def newest(session: Session, event: Event) -> LetterRun:
    session.rollback()
    return runs_of(session, event.id)[0]
