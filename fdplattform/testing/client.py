"""A client of the application, as a resident's or a coordinator's browser."""

from typing import Any

from pyramid.router import Router
from webtest import TestApp


class Client(TestApp):
    """WebTest's client, which can sign in."""

    def __init__(self, app: Router, **kwargs: Any) -> None:
        super().__init__(app, **kwargs)
        self.registry = app.registry
