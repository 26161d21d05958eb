"""What residents do, in one line each."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.testing.client import Client
from fdplattform.tools.registration.models import Registration


def form_of(client: Client, path: str) -> Any:
    """The form of an event."""
    return client.get(f"{path}/anmelden").forms["form"]


def fill(form: Any, **values: Any) -> Any:
    """Type into a form; returns it."""
    for name, value in values.items():
        form[name] = str(value)
    return form


def sign_up(client: Client, path: str, **values: Any) -> Any:
    """Fill in and send the form as a fresh browser does. Returns the registration's page."""
    client.reset()
    return fill(form_of(client, path), **{"name": "Amal", **values}).submit("submit").follow()


def registrations(session: Session) -> list[Registration]:
    """All registrations as they are now."""
    session.rollback()
    query = select(Registration).order_by(Registration.event_date_id, Registration.number)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def code_on(page: Any) -> str:
    """The code that a registration's page shows."""
    return page.html.find(class_="code").get_text(strip=True)
