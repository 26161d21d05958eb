"""The page "who may do what here", for the places that want one: `config.add_access_page(EventResource, …)`."""

from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.security.access import who_may
from fdplattform.security.messages import _
from fdplattform.web.toolbar import ADMINISTRATION

NAME = "wer-darf-was"


def access_page(context: Any, _request: Request) -> dict[str, Any]:
    """The table for this very place, in its present state."""
    return {"title": _("Who may do what here?"), "access": who_may(context)}


def add_access_page(config: Configurator, context: type, permission: str) -> None:
    """Directive: resources of class `context` get the page, for those who have `permission`."""
    config.add_view(
        access_page,
        context=context,
        name=NAME,
        permission=permission,
        request_method="GET",
        renderer="fdplattform.templates:security/access.pt",
    )
    config.add_toolbar_link(
        context, NAME, _("Who may do what here?"), permission=permission, order=90, group=ADMINISTRATION
    )


def includeme(config: Configurator) -> None:
    config.add_directive("add_access_page", add_access_page)
