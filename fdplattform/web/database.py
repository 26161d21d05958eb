"""`request.db`: one session per request, inside the request's transaction (pyramid_tm)."""

import zope.sqlalchemy
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy.orm import Session

from fdplattform.db import begin_immediate, make_engine, session_factory

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def request_session(request: Request) -> Session:
    """The request's session. Unsafe methods take the write lock first, so that writers queue instead of failing."""
    session: Session = request.registry.sessions()
    # "changed": plain SQL would otherwise be rolled back silently.
    zope.sqlalchemy.register(session, transaction_manager=request.tm, initial_state="changed")
    if request.method not in SAFE_METHODS:
        begin_immediate(session)
    return session


def includeme(config: Configurator) -> None:
    settings = config.registry.fdp
    engine = make_engine(settings.database_url)
    config.registry.engine = engine
    config.registry.sessions = session_factory(engine)
    config.add_settings({"tm.manager_hook": "pyramid_tm.explicit_manager", "retry.attempts": 3})
    config.include("pyramid_tm")
    config.include("pyramid_retry")
    config.add_request_method(request_session, "db", reify=True)
