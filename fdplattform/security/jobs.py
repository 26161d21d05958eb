"""What the worker does for this room."""

from datetime import timedelta

from pyramid.config import Configurator

from fdplattform.jobs.registry import JobContext
from fdplattform.security.throttle import forget_old_counters


def forget(context: JobContext) -> None:
    """Forget rate counters whose window is over: who tried what is not kept."""
    with context.transaction() as session:
        forget_old_counters(session, context.now)


def includeme(config: Configurator) -> None:
    config.add_periodic_job("security:forget", every=timedelta(hours=1), handler=forget)
