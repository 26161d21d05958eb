"""People with an account: who they are, how they prove it, and what they are where."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    for part in ("policy", "journal", "jobs", "limits", "places", "resources", "views"):
        config.include(f"fdplattform.accounts.{part}")
