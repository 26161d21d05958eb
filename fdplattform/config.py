"""The roof: puts the house together. Nobody imports this but the entry points."""

from typing import Any

from pyramid.config import Configurator
from pyramid.router import Router

from fdplattform.settings import Settings, read_settings

#: Every room with something to say to Pyramid, from the ground up. A room's `includeme` is called if it has one,
#: and the room is scanned for views and subscribers.
ROOMS = (
    "fdplattform.web",
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
