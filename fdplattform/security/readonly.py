"""Read-only mode for upgrades: pages can be read, whoever wants to change something gets a clear 503 page.

The switch is a row in the database, so that it holds for every process on every host at once.
"""

from collections.abc import Callable
from datetime import datetime

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import INGRESS
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from fdplattform.errors import DomainError
from fdplattform.security.messages import _
from fdplattform.security.models import ReadOnly
from fdplattform.security.tweens import TRANSACTION, refuse
from fdplattform.web.database import SAFE_METHODS

#: Seconds after which a client may try again.
RETRY_AFTER = 300


class UnderMaintenance(DomainError):
    """An upgrade is going on."""

    status = 503


def is_read_only(session: Session) -> bool:
    """True while the switch is on. The worker asks too before it takes a job."""
    return session.scalar(select(ReadOnly.id)) is not None


def switch_on(session: Session, now: datetime) -> None:
    """Refuse every change from now on. Does nothing when already on."""
    if not is_read_only(session):
        session.add(ReadOnly(id=1, since=now))


def switch_off(session: Session) -> None:
    """Allow changes again."""
    session.execute(delete(ReadOnly))


def readonly_tween_factory(handler: Callable[[Request], Response], registry: Registry) -> Callable[[Request], Response]:
    """Asks the switch before every unsafe request."""

    def readonly_tween(request: Request) -> Response:
        if request.method in SAFE_METHODS:
            return handler(request)
        try:
            with Session(registry.single_statements) as session:
                stopped = is_read_only(session)
        except SQLAlchemyError as error:
            return refuse(request, error)
        if not stopped:
            return handler(request)
        response = refuse(
            request, UnderMaintenance(_("The platform is being updated. Reading works; please send this again later."))
        )
        response.retry_after = RETRY_AFTER
        return response

    return readonly_tween


def includeme(config: Configurator) -> None:
    config.add_tween("fdplattform.security.readonly.readonly_tween_factory", under=INGRESS, over=TRANSACTION)
