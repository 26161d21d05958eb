"""`fdplattform jobs`: look at the outbox, and let a failed job run again."""

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment


@click.group()
def command() -> None:
    """Look at the outbox, and let failed jobs run again."""


@command.command()
@pass_deployment
def status(deployment: Deployment) -> None:
    """Show what waits, lane by lane."""
    from fdplattform.jobs.services import backlog

    with deployment.registry.sessions() as session:
        for lane in backlog(session, deployment.registry.clock()):
            click.echo(f"{lane.lane}: {lane.due} due (oldest {lane.oldest:.0f} s), {lane.failed} given up")


@command.command()
@pass_deployment
def failed(deployment: Deployment) -> None:
    """List the jobs that were given up, newest first."""
    from fdplattform.jobs.services import failed_jobs

    with deployment.registry.sessions() as session:
        for job in failed_jobs(session):
            reason = (job.last_error or "").strip().rpartition("\n")[2]
            click.echo(f"{job.id}\t{job.kind}\t{job.finished_at:%Y-%m-%d %H:%M}\t{reason}")


@command.command()
@click.argument("job_id", type=int)
@pass_deployment
def retry(deployment: Deployment, job_id: int) -> None:
    """Let the failed job JOB_ID run again."""
    from fdplattform.jobs.services import retry as run_again

    with deployment.transaction() as session:
        if not run_again(session, job_id, deployment.registry.clock()):
            raise click.ClickException(f"no failed job has the id {job_id}")
