"""`request.db`: one session per request, inside the request's transaction (pyramid_tm)."""

import zope.sqlalchemy
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy.orm import Session

from fdplattform.db import lock_on_write, make_engine, session_factory, single_statements

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def request_session(request: Request) -> Session:
    """The request's session. Unsafe methods take the write lock when they lock or write, so that writers queue for as
    short a time as can be, and never fail because they read first."""
    session: Session = request.registry.sessions()
    # "changed": plain SQL would otherwise be rolled back silently.
    zope.sqlalchemy.register(session, transaction_manager=request.tm, initial_state="changed")
    if request.method not in SAFE_METHODS:
        lock_on_write(session)
    return session


def includeme(config: Configurator) -> None:
    settings = config.registry.fdp
    engine = make_engine(settings.database_url)
    config.registry.engine = engine
    config.registry.single_statements = single_statements(engine)
    config.registry.sessions = session_factory(engine)
    config.add_settings({"tm.manager_hook": "pyramid_tm.explicit_manager", "retry.attempts": 3})
    config.include("pyramid_tm")
    config.include("pyramid_retry")
    config.add_request_method(request_session, "db", reify=True)
