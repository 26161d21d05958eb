"""`fdplattform run`: serve the platform."""

import gc
import linecache
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from socket import socket

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", envvar="PORT", default=6543, show_default=True, help="Port to listen on (environment: PORT).")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option("--worker", "with_worker", is_flag=True, help="Run a worker beside them.")
@pass_deployment
def command(deployment: Deployment, host: str, port: int, processes: int, with_worker: bool) -> None:
    """Serve the platform until SIGTERM or Ctrl-C."""
    deployment.set_up_logging()
    deployment.answer_on(port)
    serve_deployment(deployment, host, port, processes=processes, with_worker=with_worker)


def serve_deployment(
    deployment: Deployment, host: str, port: int, *, processes: int = 1, with_worker: bool = False
) -> None:
    """Make ready, open the port, serve. Raises ClickException when the database is behind or the port is taken."""
    from fdplattform.cli.support.serving import listen

    make_ready(deployment)
    try:
        listener = listen(host, port)
    except OSError as error:
        raise click.ClickException(f"port {port} on {host} cannot be opened: {error.strerror}") from error
    click.echo(f"fdplattform answers on http://{'localhost' if host.startswith('127.') else host}:{port}")
    _run(deployment, listener, processes, with_worker)


def make_ready(deployment: Deployment) -> None:
    """All that must be true before the port opens: migrated, templates compiled, overdue retention done."""
    from fdplattform.cli.support.serving import compile_templates
    from fdplattform.db.migrate import current, head
    from fdplattform.jobs.periodic import run_due
    from fdplattform.ops.migrations import migration_sets

    registry = deployment.registry
    _forget_old_counters(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]))
    with registry.engine.connect() as connection:
        behind = [item.name for item in migration_sets(registry) if current(connection, item) != head(item)]
    if behind:
        raise click.ClickException(
            f"the database is not at the newest revision of: {', '.join(behind)}. Run: fdplattform db upgrade"
        )
    compile_templates(registry)
    _settle()
    run_due(registry, registry.clock(), only_before_opening=True)


def _settle() -> None:
    """What is in memory now stays for good, and every process that is forked can share it.

    The garbage collector would otherwise write into each object while it looks for garbage, and so give each process a
    copy of everything: 40 MB more for each.
    """
    # Pyramid has looked up where each view was declared; for that it read the source of every module.
    linecache.clearcache()
    gc.collect()
    gc.freeze()


def _forget_old_counters(folder: Path) -> None:
    """Counters of an earlier run would be added to ours. Our own may be in use already."""
    for path in folder.glob("*.db"):
        if not path.stem.endswith(f"_{os.getpid()}"):
            path.unlink(missing_ok=True)


def _run(deployment: Deployment, listener: socket, processes: int, with_worker: bool) -> None:
    from fdplattform.cli.support.serving import serve
    from fdplattform.cli.support.supervisor import Supervisor
    from fdplattform.cli.worker import run_worker

    answer: Callable[[], None] = partial(serve, deployment.app, listener)
    if processes == 1 and not with_worker:
        answer()
        return
    mains = {f"web-{number}": answer for number in range(1, processes + 1)}
    if with_worker:
        mains["worker"] = partial(run_worker, deployment)
    Supervisor(mains).run()
