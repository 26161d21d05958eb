"""A database that was restarted is noticed before a page depends on it."""

import time

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from fdplattform.db import engine as engines
from fdplattform.db import make_engine

pytestmark = pytest.mark.backends("postgresql")

_OTHERS = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ANY(:pids)")


@pytest.fixture
def other(database_url):
    """An engine beside the one under test, as the admin of the database has."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def used(database_url):
    """An engine with two connections that were used and given back, and the ids of their processes."""
    engine = make_engine(database_url)
    with engine.connect() as first, engine.connect() as second:
        pids = [connection.scalar(text("SELECT pg_backend_pid()")) for connection in (first, second)]
    yield engine, pids
    engine.dispose()


def cut(other: Engine, pids: list[int]) -> None:
    with other.connect() as connection:
        connection.execute(_OTHERS, {"pids": pids})


def test_connections_that_rested_are_replaced(used, other, monkeypatch):
    engine, pids = used
    cut(other, pids)
    monkeypatch.setattr(engines, "REST", 0.0)
    with engine.connect() as first, engine.connect() as second:
        now = {connection.scalar(text("SELECT pg_backend_pid()")) for connection in (first, second)}
    assert not now & set(pids)


def test_after_one_failure_all_connections_are_new(used, other):
    engine, pids = used
    cut(other, pids)
    time.sleep(0.05)
    with pytest.raises(DBAPIError), engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    with engine.connect() as first, engine.connect() as second:
        now = {connection.scalar(text("SELECT pg_backend_pid()")) for connection in (first, second)}
    assert not now & set(pids)
