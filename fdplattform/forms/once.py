"""A form that makes something new makes it once, however often the button is pressed.

Each such form carries a token of its own. What was sent is remembered with the thing that it made, in the same
transaction; the same form with the same content leads to where it led before. Who goes back in the browser and writes
something else makes another thing.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from fdplattform.forms.fields import Hidden
from fdplattform.forms.models import SentForm
from fdplattform.jobs.registry import JobContext

TOKEN = "__once__"  # noqa: S105 - the name of a field
#: Nobody presses a button for longer.
REMEMBERED = timedelta(days=1)


def token_field() -> Hidden:
    """The field that tells this form from the same form opened another time."""
    return Hidden(name=TOKEN, title="", missing="", default=secrets.token_urlsafe(16))


def only_once(request: Request, make: Callable[[], str]) -> str:
    """Where `make` leads; for a form that was sent before, where it led then, and nothing is made."""
    session, key = request.db, _key(request)
    try:
        with session.begin_nested():
            sent = SentForm(key=key, location="", sent_at=request.now)
            session.add(sent)
    except IntegrityError:
        # Two clicks at the same moment: PostgreSQL has waited here until the first was done.
        return str(session.get_one(SentForm, key).location)
    sent.location = make()
    return sent.location


def sent_before(request: Request) -> str | None:
    """Where this very form led when it was sent before. What it offered then may be taken by itself now."""
    if TOKEN not in request.POST:
        return None
    sent = request.db.get(SentForm, _key(request))
    return None if sent is None else str(sent.location)


def _key(request: Request) -> str:
    content = "\0".join(f"{name}={value}" for name, value in request.POST.items())
    return sha256(f"{request.path}\0{content}".encode()).hexdigest()


def forget(context: JobContext) -> None:
    """Forget the forms of yesterday."""
    with context.transaction() as session:
        session.execute(delete(SentForm).where(SentForm.sent_at < context.now - REMEMBERED))


def includeme(config: Configurator) -> None:
    config.add_periodic_job("forms:forget", every=REMEMBERED, handler=forget)
