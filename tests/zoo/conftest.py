"""One application with the whole zoo in it: a healthy plugin among many that are broken, each in its own way."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from pyramid.router import Router

from fdplattform.config import make_app, migrate
from fdplattform.plugins import loader, registry
from fdplattform.settings import Settings
from fdplattform.testing import databases

# Here the plugins count as installed, and so does the list of them.
sys.path.insert(0, str(Path(__file__).parent / "plugins"))

from menagerie import PENDING, zoo


@pytest.fixture(scope="session")
def impatient() -> Iterator[None]:
    """The platform waits for a sleeping plugin for a moment only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "LOAD_PATIENCE", 1.0)
        patch.setattr(registry, "HOOK_PATIENCE", 0.2)
        yield


@pytest.fixture(scope="session")
def plugin_points() -> list[EntryPoint]:
    return zoo()


@pytest.fixture(scope="session")
def database_url(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with databases.database(backend, tmp_path_factory.mktemp(f"zoo-{backend}")) as url:
        yield url


@pytest.fixture(scope="session")
def migration_faults(settings: Settings, impatient: None) -> dict[str, Exception]:
    """What went wrong when the tables were made; one plugin was installed only afterwards."""
    return migrate(replace(settings, strict=False), [each for each in zoo() if each.name != PENDING])


@pytest.fixture(scope="session")
def migrated_app(
    settings: Settings, session_clock, plugin_points: list[EntryPoint], migration_faults: dict[str, Exception]
) -> Iterator[Router]:
    app = make_app(replace(settings, strict=False), plugin_points)
    app.registry.clock = session_clock
    yield app
    app.registry.engine.dispose()


@pytest.fixture
def app(app: Router) -> Router:
    """What failed in another test is asked again."""
    for plugin in app.registry.plugins.all:
        plugin.suspended.clear()
    return app
