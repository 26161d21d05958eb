"""Health and metrics: true, also when the database is not there."""

import logging
from collections.abc import Iterator

import pytest
from pyramid.router import Router
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker

from fdplattform import __version__
from fdplattform.db import make_engine, session_factory
from fdplattform.jobs.services import enqueue
from fdplattform.jobs.worker import Worker
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock


@pytest.fixture
def gone(app: Router, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database server that does not answer."""
    engine: Engine = make_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=1")
    sessions: sessionmaker[Session] = session_factory(engine)
    monkeypatch.setattr(app.registry, "sessions", sessions)
    yield
    engine.dispose()


def test_a_deployment_in_good_health(app: Router, client: Client, clock: Clock) -> None:
    Worker(app.registry, clock).beat()
    answer = client.get("/-/health")
    facts = answer.json
    assert facts["status"] == "ok"
    assert facts["version"] == __version__
    assert facts["database"] == "ok"
    assert facts["migrations"]["core"]["current"] == facts["migrations"]["core"]["head"] is not None
    assert facts["worker"]["seconds_since_heartbeat"] < 5
    assert facts["outbox"]["short"] == {"due": 0, "failed": 0, "oldest_seconds": 0}
    assert all(set(plugin) == {"id", "version", "state"} for plugin in facts["plugins"])
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_worker_that_is_silent_is_noticed(app: Router, client: Client, clock: Clock) -> None:
    assert client.get("/-/health").json["status"] == "degraded"
    Worker(app.registry, clock).beat()
    assert client.get("/-/health").json["status"] == "ok"
    clock.advance(minutes=2)
    answer = client.get("/-/health", status=200).json
    assert (answer["status"], answer["worker"]["seconds_since_heartbeat"] >= 120) == ("degraded", True)


def test_waiting_jobs_are_counted(session: Session, client: Client, clock: Clock) -> None:
    enqueue(session, "test:kind", {}, run_at=clock())
    enqueue(session, "test:kind", {}, run_at=clock(), lane="long")
    session.commit()
    clock.advance(minutes=3)
    outbox = client.get("/-/health").json["outbox"]
    assert [outbox[lane]["due"] for lane in ("short", "long")] == [1, 1]
    assert 180 <= outbox["short"]["oldest_seconds"] < 240
    assert 'fdplattform_outbox_due{lane="short"} 1.0' in client.get("/-/metrics").text


def test_no_database_is_503(gone: None, client: Client) -> None:
    answer = client.get("/-/health", status=503).json
    assert (answer["status"], answer["database"]) == ("unavailable", "OperationalError")
    assert "127.0.0.1" not in str(answer)
    assert "fdplattform_database_up 0.0" in client.get("/-/metrics").text


def test_a_database_that_is_behind_is_503(engine: Engine, client: Client) -> None:
    with engine.begin() as connection:
        revision = connection.scalar(text("SELECT version_num FROM alembic_version_core"))
        connection.execute(text("DELETE FROM alembic_version_core"))
    try:
        answer = client.get("/-/health", status=503).json
        assert answer["status"] == "unavailable"
        assert answer["migrations"]["core"]["current"] is None
    finally:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO alembic_version_core VALUES (:number)"), {"number": revision})
    client.get("/-/health", status=200)


def count(page: str, line: str) -> float:
    found = [text for text in page.splitlines() if text.startswith(line)]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


def test_requests_are_counted_whatever_becomes_of_them(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    before = client.get("/-/metrics").text
    client.get("/gibt-es-nicht", status=404)
    client.request("/-/health", method="TRACE", expect_errors=True)
    after = client.get("/-/metrics").text
    missing = 'fdplattform_requests_total{method="GET",status="404"}'
    assert count(after, missing) == count(before, missing) + 1
    assert 'method="TRACE"' not in after
    assert 'method="other"' in after
    assert count(after, "fdplattform_request_seconds_count") == count(before, "fdplattform_request_seconds_count") + 3
