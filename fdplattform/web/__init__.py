"""What every page shares: the request, the resource tree, the layout and the error pages."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    for part in ("request", "database", "tree"):
        config.include(f"fdplattform.web.{part}")
