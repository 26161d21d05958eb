"""`fdplattform worker`: do the jobs in the outbox."""

import signal

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment


@click.command()
@click.option("--once", is_flag=True, help="Do what is due, then stop.")
@pass_deployment
def command(deployment: Deployment, once: bool) -> None:
    """Send mail, keep deadlines and do whatever else happens outside a request.

    Any number of workers on any number of hosts may share a database. SIGTERM lets the current job finish.
    """
    deployment.set_up_logging()
    run_worker(deployment, once=once)


def run_worker(deployment: Deployment, *, once: bool = False) -> None:
    """Work until SIGTERM or SIGINT, or with `once` until nothing is due."""
    from fdplattform.jobs.worker import Worker

    registry = deployment.registry
    registry.engine.dispose(close=False)  # connections opened before a fork belong to the parent
    worker = Worker(registry)
    if once:
        worker.drain()
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: worker.stop())
    worker.run()
