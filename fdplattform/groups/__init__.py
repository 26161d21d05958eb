"""Groups of a dialogue: preparation, steering, project team and working groups, and who leads them."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    for part in ("tags", "personal", "retention", "resources", "translatable", "panels"):
        config.include(f"fdplattform.groups.{part}")
