"""The outbox tidies itself up."""

from datetime import timedelta

from pyramid.config import Configurator

from fdplattform.jobs.mail import forget_unsent
from fdplattform.jobs.registry import JobContext
from fdplattform.jobs.services import forget_finished


def forget(context: JobContext) -> None:
    """Forget jobs done long ago, and mails that were given up."""
    with context.transaction() as session:
        forget_finished(session, context.now)
        forget_unsent(session, context.now)


def includeme(config: Configurator) -> None:
    config.add_periodic_job("jobs:forget", every=timedelta(days=1), handler=forget, before_opening=True)
