"""The roof: puts the house together. Nobody imports this but the entry points."""

import re
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from typing import Any

from pyramid.config import Configurator
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.db import make_engine
from fdplattform.db.migrate import core_migrations, upgrade
from fdplattform.plugins.loader import include_plugins, load_plugins
from fdplattform.plugins.personal import remember
from fdplattform.settings import Settings, read_settings

#: Every room with something to say to Pyramid, from the ground up. A room's `includeme` is called if it has one,
#: and the room is scanned for views and subscribers.
ROOMS = (
    "fdplattform.web",
    "fdplattform.privacy",
    "fdplattform.journal",
    "fdplattform.jobs",
    "fdplattform.forms",
    "fdplattform.files",
    "fdplattform.ops",
    "fdplattform.security",
    "fdplattform.accounts",
    "fdplattform.translation",
    "fdplattform.municipalities",
    "fdplattform.legal",
    "fdplattform.programmes",
    "fdplattform.dialogues",
    "fdplattform.plugins",
    "fdplattform.events",
    "fdplattform.findings",
    "fdplattform.groups",
    "fdplattform.formats",
    "fdplattform.daylinks",
    "fdplattform.choosing",
    "fdplattform.office",
    "fdplattform.tools.registration",
    "fdplattform.tools.agenda",
    "fdplattform.tools.letters",
    "fdplattform.tools.board",
    "fdplattform.tools.draw.criteria",
    "fdplattform.tools.draw.register",
    "fdplattform.tools.draw.replies",
    "fdplattform.tools.draw.panel",
    "fdplattform.tools.statement",
    "fdplattform.tools.draw.tool",
    "fdplattform.rest",
)


def main(_global_config: dict[str, str], **settings: Any) -> Router:
    """The WSGI application for an ini file."""
    return make_app(read_settings(settings))


def make_app(settings: Settings, found: Iterable[EntryPoint] | None = None) -> Router:
    """The WSGI application. `found` are the plugins that count as installed; None looks for them."""
    app = configure(settings, found).make_wsgi_app()
    app.registry.plugins.quarantine_unmigrated(app.registry.engine)
    return app


def configure(settings: Settings, found: Iterable[EntryPoint] | None = None) -> Configurator:
    """The configuration with core and plugins, ready to be made an application."""
    config = core(settings)
    # No commit before the plugins: a name that core and plugin both use must be a conflict.
    plugins = load_plugins(settings.plugins, strict=settings.strict, scratch=lambda: core(settings), found=found)
    config.registry.plugins = plugins
    include_plugins(config, plugins)
    return config


def core(settings: Settings) -> Configurator:
    """The core's configuration, uncommitted."""
    config = Configurator()
    config.registry.fdp = settings
    for room in ROOMS:
        module = config.maybe_dotted(room)
        if hasattr(module, "includeme"):
            config.include(module)
        # What only the worker needs is loaded with the first such job (adr/0070).
        config.scan(module, ignore=re.compile(r"\.work(\.|$)").search)
    return config


def load_models() -> None:
    """Import the models of every room, so that the core's metadata is complete."""
    for room in ROOMS:
        if find_spec(f"{room}.models"):
            import_module(f"{room}.models")


def migrate(settings: Settings, found: Iterable[EntryPoint] | None = None) -> dict[str, Exception]:
    """Bring the database to the newest revision: the core's, which must succeed, then each plugin's.

    Returns the faults of the plugins whose revisions failed; each is left at the revision that it had.
    """
    load_models()
    engine = make_engine(settings.database_url)
    try:
        upgrade(engine, core_migrations())
        faults: dict[str, Exception] = {}
        config = configure(settings, found)
        # With the catalogues, so that what is remembered of the plugins is remembered in words.
        config.commit()
        for migrations in config.registry.plugins.migrations():
            try:
                upgrade(engine, migrations)
            except Exception as fault:
                faults[migrations.name] = fault
        with Session(engine) as session, session.begin():
            remember(session, config.registry)
    finally:
        engine.dispose()
    return faults
