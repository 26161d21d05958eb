"""The pages of this room."""

from pyramid.config import Configurator

ROUTES = {
    "login": "/anmelden",
    "login_code": "/anmelden/code",
    "logout": "/abmelden",
    "forgotten": "/passwort-vergessen",
    "invitation": "/einladung/{token}",
    "access": "/zugang/{token}",
}


def includeme(config: Configurator) -> None:
    for name, pattern in ROUTES.items():
        config.add_route(name, pattern)
