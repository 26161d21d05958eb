"""The roof: puts the house together. Nobody imports this but the entry points."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from pyramid.config import Configurator
from pyramid.router import Router

from fdplattform.db import make_engine
from fdplattform.db.migrate import core_migrations, upgrade
from fdplattform.settings import Settings, read_settings

#: Every room with something to say to Pyramid, from the ground up. A room's `includeme` is called if it has one,
#: and the room is scanned for views and subscribers.
ROOMS = (
    "fdplattform.web",
    "fdplattform.journal",
    "fdplattform.jobs",
    "fdplattform.files",
    "fdplattform.ops",
    "fdplattform.security",
    "fdplattform.accounts",
    "fdplattform.translation",
    "fdplattform.privacy",
    "fdplattform.municipalities",
    "fdplattform.legal",
    "fdplattform.programmes",
    "fdplattform.dialogues",
)


def main(_global_config: dict[str, str], **settings: Any) -> Router:
    """The WSGI application for an ini file."""
    return make_app(read_settings(settings))


def make_app(settings: Settings) -> Router:
    """The WSGI application."""
    return configure(settings).make_wsgi_app()


def configure(settings: Settings) -> Configurator:
    """The configuration, ready to be made an application."""
    config = Configurator()
    config.registry.fdp = settings
    for room in ROOMS:
        module = config.maybe_dotted(room)
        if hasattr(module, "includeme"):
            config.include(module)
        config.scan(module)
    return config


def load_models() -> None:
    """Import the models of every room, so that the core's metadata is complete."""
    for room in ROOMS:
        if find_spec(f"{room}.models"):
            import_module(f"{room}.models")


def migrate(settings: Settings) -> None:
    """Bring the database of `settings` to the newest revision."""
    load_models()
    engine = make_engine(settings.database_url)
    upgrade(engine, core_migrations())
    engine.dispose()
