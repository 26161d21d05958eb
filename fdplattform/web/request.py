"""What the web room adds to every request."""

from datetime import datetime

from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.db import utcnow
from fdplattform.settings import Settings


def request_now(request: Request) -> datetime:
    """The moment of this request, one for all its rules. Tests turn the clock by replacing `registry.clock`."""
    now: datetime = request.registry.clock()
    return now


def request_settings(request: Request) -> Settings:
    """The deployment's settings."""
    settings: Settings = request.registry.fdp
    return settings


def includeme(config: Configurator) -> None:
    config.registry.clock = utcnow
    config.add_request_method(request_now, "now", reify=True)
    config.add_request_method(request_settings, "fdp", reify=True)
