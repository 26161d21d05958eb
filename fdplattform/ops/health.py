"""`/-/health`: whether this process can do its work, for load balancers and people with a pager."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from fdplattform import __version__
from fdplattform.db.migrate import current, head
from fdplattform.jobs.services import backlog, last_sign_of_life
from fdplattform.ops.migrations import migration_sets

#: Seconds without a sign of life after which a worker counts as gone.
WORKER_PATIENCE = 60


@dataclass(frozen=True)
class Report:
    """What was found. Not `usable` means that requests should go elsewhere."""

    usable: bool
    facts: dict[str, Any]


def examine(registry: Registry, now: datetime) -> Report:
    """The state of the deployment as this process sees it.

    `ok`: all is well; `degraded`: people are served, but somebody should look (no worker, a plugin's tables are
    behind); `unavailable`: the database is gone or not migrated.
    """
    facts: dict[str, Any] = {"status": "ok", "version": __version__, "database": "ok"}
    try:
        with registry.sessions() as session:
            facts |= _ask(session, registry, now)
    except SQLAlchemyError as error:
        # The message may hold the address or the user's name; the class says enough to a stranger.
        facts |= {"database": type(error).__name__}
    plugins = getattr(registry, "plugins", None)
    facts["plugins"] = [
        {"id": plugin_id, "version": version, "state": state}
        for plugin_id, version, state in (plugins.states() if plugins is not None else ())
    ]
    facts["status"] = _status(facts)
    return Report(facts["status"] != "unavailable", facts)


def _ask(session: Session, registry: Registry, now: datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {"migrations": _migrations(session.connection(), registry)}
    if facts["migrations"]["core"]["current"] is None:
        return facts
    seen = last_sign_of_life(session)
    facts["worker"] = {"seconds_since_heartbeat": None if seen is None else max(0, int((now - seen).total_seconds()))}
    facts["outbox"] = {
        lane.lane: {"due": lane.due, "failed": lane.failed, "oldest_seconds": int(lane.oldest)}
        for lane in backlog(session, now)
    }
    return facts


def _migrations(connection: Connection, registry: Registry) -> dict[str, dict[str, str | None]]:
    if not hasattr(registry, "heads"):
        # Reading the revisions' files is slow, and they change only with the code.
        registry.heads = {migrations.name: head(migrations) for migrations in migration_sets(registry)}
    return {
        migrations.name: {"current": current(connection, migrations), "head": registry.heads[migrations.name]}
        for migrations in migration_sets(registry)
    }


def _status(facts: dict[str, Any]) -> str:
    revisions = facts.get("migrations", {})
    behind = {name for name, revision in revisions.items() if revision["current"] != revision["head"]}
    if "worker" not in facts or "core" in behind:
        return "unavailable"
    silence = facts["worker"]["seconds_since_heartbeat"]
    return "degraded" if behind or silence is None or silence > WORKER_PATIENCE else "ok"


@view_config(route_name="health", request_method=("GET", "HEAD"), renderer="json", permission=NO_PERMISSION_REQUIRED)
def health(request: Request) -> dict[str, Any]:
    """200 when this process can serve people, 503 when not. Needs neither a session nor a transaction."""
    report = examine(request.registry, request.registry.clock())
    request.response.status_int = 200 if report.usable else 503
    request.response.cache_control = "no-store"
    return report.facts


def includeme(config: Configurator) -> None:
    config.add_route("health", "/-/health")
