"""What came out: findings with their origin, and the fields of action and proposals made from them."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    for part in ("tags", "notes", "resources", "translatable", "panels"):
        config.include(f"fdplattform.findings.{part}")
