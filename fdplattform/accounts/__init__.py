"""People with an account: who they are, how they prove it, and what they are where."""

from pyramid.config import Configurator

from fdplattform.accounts.messages import _
from fdplattform.security.permissions import Permission


def includeme(config: Configurator) -> None:
    for part in ("policy", "journal", "jobs", "limits", "personal", "places", "resources", "views"):
        config.include(f"fdplattform.accounts.{part}")
    config.add_menu_item(
        "accounts", _("Accounts"), "/verwaltung/konten", permission=Permission.ACCOUNT_MANAGE, order=80
    )
