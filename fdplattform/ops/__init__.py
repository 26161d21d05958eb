"""What the people who run a deployment need: health, metrics, the doctor, backup and restore."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    for part in ("metrics", "health", "doctor"):
        config.include(f"fdplattform.ops.{part}")
