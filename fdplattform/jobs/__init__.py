"""Work outside the request: an outbox of jobs in the database, the worker that does them, and mail."""

from pyramid.config import Configurator

from fdplattform.jobs.registry import JobRegistry, add_job_handler, add_periodic_job


def includeme(config: Configurator) -> None:
    config.registry.jobs = JobRegistry()
    config.add_directive("add_job_handler", add_job_handler)
    config.add_directive("add_periodic_job", add_periodic_job)
    config.include("fdplattform.jobs.mail")
    config.include("fdplattform.jobs.housekeeping")
    config.include("fdplattform.jobs.views")
