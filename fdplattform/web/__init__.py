"""What every page shares: the request, the resource tree, the layout and the error pages."""

from pyramid.config import Configurator

PARTS = (
    "request",
    "database",
    "tree",
    "subpath",
    "methods",
    "locale",
    "formats",
    "assets",
    "flash",
    "menu",
    "panels",
    "toolbar",
    "tasks",
    "theme",
    "layout",
    "shared_pages",
)


def includeme(config: Configurator) -> None:
    for part in PARTS:
        config.include(f"fdplattform.web.{part}")
