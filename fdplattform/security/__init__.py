"""Who may do what, and the guards at the door: headers, forged requests, rate and body limits, read-only mode."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    # Of the guards the last one added stands outermost.
    for part in ("views", "jobs", "csrf", "throttle", "readonly", "body", "headers"):
        config.include(f"fdplattform.security.{part}")
