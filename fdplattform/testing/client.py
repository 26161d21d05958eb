"""A client of the application, as a resident's or a coordinator's browser."""

from io import BufferedRandom
from typing import Any

from pyramid.router import Router
from sqlalchemy.orm import Session
from webtest import TestApp

from fdplattform.accounts.models import Account
from fdplattform.accounts.services.sessions import open_session
from fdplattform.security.cookie import cookie_name


class Client(TestApp):
    """WebTest's client, which can sign in."""

    def __init__(self, app: Router, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(app, **kwargs)
        self.registry = app.registry
        self._session = session

    def do_request(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request. The test's own session lets go first, so that afterwards it sees what was written."""
        if self._session is not None:
            self._session.commit()
        response = super().do_request(*args, **kwargs)
        close_uploads(response.request.environ)
        return response

    def login(self, account: Account) -> None:
        """Be signed in as `account` from now on, on a device called "Test"."""
        with self.registry.sessions.begin() as session:
            token = open_session(session, account.id, "Test", self.registry.clock())
        self.set_cookie(cookie_name(self.registry.fdp), token)

    def logout(self) -> None:
        """Forget all cookies, as a browser that was never here."""
        self.reset()


def close_uploads(environ: dict[str, Any]) -> None:
    """Close the files in which large bodies and uploads lie: tests take an open file that nobody needs for a fault."""
    posted = environ.get("webob._parsed_post_vars", ({},))[0]
    files = [getattr(value, "file", None) for value in posted.values()]
    for file in (environ["wsgi.input"], *files):
        if isinstance(file, BufferedRandom):
            file.close()
