"""What the worker does for this room."""

from datetime import timedelta

from pyramid.config import Configurator

from fdplattform.accounts.services.access_links import SEND_RESET, send_reset
from fdplattform.accounts.services.links import forget_old_links
from fdplattform.accounts.services.sessions import forget_old_sessions
from fdplattform.jobs.registry import JobContext


def forget(context: JobContext) -> None:
    """Forget sessions and links that are over."""
    with context.transaction() as session:
        forget_old_sessions(session, context.now)
        forget_old_links(session, context.now)


def includeme(config: Configurator) -> None:
    config.add_job_handler(SEND_RESET, send_reset)
    config.add_periodic_job("accounts:forget", every=timedelta(days=1), handler=forget)
