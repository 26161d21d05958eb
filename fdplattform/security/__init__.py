"""Who may do what, and the guards at the door: headers, forged requests, rate and body limits, read-only mode."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    # The last one added stands outermost.
    for guard in ("csrf", "throttle", "readonly", "body", "headers"):
        config.include(f"fdplattform.security.{guard}")
