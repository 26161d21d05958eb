"""Links with which somebody without an account leads one event, on its day."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    for part in ("personal", "views"):
        config.include(f"fdplattform.daylinks.{part}")
