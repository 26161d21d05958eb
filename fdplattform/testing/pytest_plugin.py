"""Fixtures: a migrated database of each kind, the application on it, a client, a clock, factories, a live server."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from pyramid.router import Router
from sqlalchemy import Engine, MetaData
from sqlalchemy.orm import Session

from fdplattform.config import make_app, migrate
from fdplattform.plugins.loader import GROUP, installed
from fdplattform.settings import Settings, read_settings
from fdplattform.testing import databases
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.testing.loaders import make_known

# The contract suite is imported by the tests that use it; its asserts shall say what they compared.
pytest.register_assert_rewrite("fdplattform.testing.contract")
make_known()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--backend", choices=databases.BACKENDS, help="run the database tests on one engine only")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "backends(*names): the engines on which a slow test runs, not on all")
    # Authors shall notice it long before it goes away.
    config.addinivalue_line("filterwarnings", "error::fdplattform.errors.Retired")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that touches the database runs on every engine, or on those that its mark `backends` names."""
    if "backend" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("backends")
        chosen = metafunc.config.getoption("--backend")
        backends = mark.args if mark else databases.BACKENDS
        metafunc.parametrize("backend", [each for each in backends if chosen in (None, each)], scope="session")


@pytest.fixture(scope="session")
def database_url(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of the engine under test."""
    with databases.database(backend, tmp_path_factory.mktemp(backend)) as url:
        yield url


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the application under test: strict, mail into a folder."""
    return read_settings(
        {
            "fdplattform.database_url": database_url,
            "fdplattform.secret": "for tests only, for tests only, for tests only",
            "fdplattform.var": str(tmp_path_factory.mktemp("var")),
            "fdplattform.base_url": "http://localhost",
            "fdplattform.secure_cookies": "false",
            "fdplattform.strict": "true",
            # Tests change the database behind the application's back; the journal knows nothing of it.
            "fdplattform.page_cache": "0",
        }
    )


@pytest.fixture(scope="session")
def session_clock() -> Clock:
    return Clock()


def plugins_under_test() -> list[EntryPoint]:
    """Those of the environment, and the probe with a small format for tests."""
    return [*installed(), EntryPoint(name="probe", value="fdplattform.testing.probe", group=GROUP)]


@pytest.fixture(scope="session")
def plugin_points() -> list[EntryPoint]:
    """The plugins that count as installed."""
    return plugins_under_test()


@pytest.fixture(scope="session")
def migrated_app(settings: Settings, session_clock: Clock, plugin_points: list[EntryPoint]) -> Iterator[Router]:
    """The application on a database made by the migrations."""
    faults = migrate(settings, plugin_points)
    assert not faults, faults
    app = make_app(settings, plugin_points)
    app.registry.clock = session_clock
    yield app
    app.registry.engine.dispose()


@pytest.fixture(scope="session")
def reflected(migrated_app: Router) -> MetaData:
    metadata = MetaData()
    metadata.reflect(migrated_app.registry.engine)
    return metadata


@pytest.fixture
def clock(session_clock: Clock) -> Iterator[Clock]:
    """The application's clock; turned back after the test."""
    yield session_clock
    session_clock.reset()


@pytest.fixture
def app(migrated_app: Router, reflected: MetaData, clock: Clock) -> Router:
    """The application on an empty, migrated database."""
    databases.empty(migrated_app.registry.engine, reflected)
    return migrated_app


@pytest.fixture
def engine(app: Router) -> Engine:
    """The application's engine."""
    found: Engine = app.registry.engine
    return found


@pytest.fixture
def session(app: Router) -> Iterator[Session]:
    """A session of the test's own, to arrange and to look. Commit what the application is to see."""
    with app.registry.sessions() as session:
        yield session


@pytest.fixture
def make(session: Session, app: Router) -> Make:
    """Factories: `make.municipality()`, `make.dialogue()`, `make.event()` … each committed at once."""
    return Make(session, app.registry)


@pytest.fixture
def client(app: Router, session: Session) -> Client:
    """A browser without JavaScript: `client.get(...)`, `client.login(account)`."""
    return Client(app, session)


@pytest.fixture
def mailbox(settings: Settings) -> Path:
    """The folder into which the worker writes mail; empty at the start."""
    folder = settings.var / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    for message in folder.glob("*.eml"):
        message.unlink()
    return folder
