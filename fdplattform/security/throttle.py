"""Rate limits. Counters live in the database and are counted in a transaction of their own, above the request's: a
refused login does not roll its count back, and the request's write lock is not held meanwhile.

A room says what it limits::

    config.add_rate_limit("login", limit=30, pattern="/anmelden")
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.traversal import split_path_info
from pyramid.tweens import INGRESS
from sqlalchemy import Executable, bindparam, case, delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from fdplattform.db import begin_immediate
from fdplattform.db.sql import insert_on
from fdplattform.errors import TooMany
from fdplattform.security.client import client_network
from fdplattform.security.messages import _
from fdplattform.security.models import RateCounter
from fdplattform.security.tweens import TRANSACTION, refuse

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class RateLimit:
    """One rule. `source` names who is counted, or None when the rule does not apply to the request."""

    name: str
    #: Matches the beginning of the path, up to a slash or the end: what follows a view's name is the view's still.
    pattern: re.Pattern[str]
    limit: int
    source: Callable[[Request], str | None]
    methods: frozenset[str]
    #: Count only answers that refuse (status 400 and above), after the fact; otherwise every attempt, beforehand.
    only_failures: bool
    window: timedelta = HOUR

    def applies(self, request: Request) -> bool:
        """True when the rule is about this request."""
        return request.method in self.methods and self.pattern.fullmatch(plain_path(request)) is not None


def plain_path(request: Request) -> str:
    """The path as traversal understands it: `//anmelden`, `/./anmelden` and `/x/../anmelden` are the same door."""
    return "/" + "/".join(split_path_info(request.environ.get("PATH_INFO", "")))


def add_rate_limit(
    config: Configurator,
    name: str,
    *,
    limit: int,
    pattern: str,
    source: Callable[[Request], str | None] = client_network,
    methods: tuple[str, ...] = ("POST",),
    only_failures: bool = False,
) -> None:
    """Directive: at most `limit` requests per source and hour to paths that match `pattern` (a regular expression)."""
    rule = RateLimit(
        name=name,
        pattern=re.compile(f"(?:{pattern})(?:/.*)?", re.DOTALL),
        limit=limit,
        source=source,
        methods=frozenset(methods),
        only_failures=only_failures,
    )
    config.action(("rate limit", name), lambda: config.registry.rate_limits.append(rule))


def throttle_tween_factory(handler: Callable[[Request], Response], registry: Registry) -> Callable[[Request], Response]:
    """Holds every request to the rules that apply to it."""

    def throttle_tween(request: Request) -> Response:
        rules = [rule for rule in registry.rate_limits if rule.applies(request)]
        if not rules:
            return handler(request)
        try:
            _admit(request, rules)
        except (SQLAlchemyError, TooMany) as error:
            return refuse(request, error)
        response = handler(request)
        failed = [rule for rule in rules if rule.only_failures]
        if failed and response.status_code >= 400:
            for rule in failed:
                _count(request, rule)
        return response

    return throttle_tween


def _admit(request: Request, rules: list[RateLimit]) -> None:
    """Raises TooMany. Repeating a request after a database conflict is not a second attempt."""
    for rule in rules:
        if rule.only_failures:
            _check(request, rule)
        elif not request.environ.get("retry.attempt"):
            _count(request, rule)


def _check(request: Request, rule: RateLimit) -> None:
    source = _hashed_source(request, rule)
    if source is None:
        return
    with Session(request.registry.single_statements) as session:
        counter = session.get(RateCounter, (rule.name, source))
    if counter is not None and counter.count >= rule.limit and counter.started_at > request.now - rule.window:
        raise _too_many(counter.started_at, rule, request.now)


def _count(request: Request, rule: RateLimit) -> None:
    source = _hashed_source(request, rule)
    if source is None:
        return
    with Session(request.registry.single_statements) as session:
        begin_immediate(session)
        count, started_at = count_up(session, rule, source, request.now)
        session.commit()
    if count > rule.limit and not rule.only_failures:
        raise _too_many(started_at, rule, request.now)


def count_up(session: Session, rule: RateLimit, source: str, now: datetime) -> tuple[int, datetime]:
    """Count one more; a window that is over starts anew. Returns the count and the window's start."""
    values = {"rule": rule.name, "source": source, "now": now, "window_start": now - rule.window}
    count, started_at = session.execute(_counting(session.get_bind().dialect.name), values).one()
    return count, started_at


@cache
def _counting(dialect: str) -> Executable:
    """Built once for each engine: it is executed before every request that has a limit."""
    now = bindparam("now", type_=RateCounter.started_at.type)
    over = RateCounter.started_at <= bindparam("window_start", type_=RateCounter.started_at.type)
    first = {"rule": bindparam("rule"), "source": bindparam("source"), "started_at": now, "count": 1}
    again = {
        "count": case((over, 1), else_=RateCounter.count + 1),
        "started_at": case((over, now), else_=RateCounter.started_at),
    }
    statement = insert_on(dialect, RateCounter).values(**first)
    statement = statement.on_conflict_do_update(index_elements=[RateCounter.rule, RateCounter.source], set_=again)
    return statement.returning(RateCounter.count, RateCounter.started_at)


def forget_old_counters(session: Session, now: datetime) -> None:
    """Remove counters whose window is over."""
    session.execute(delete(RateCounter).where(RateCounter.started_at <= now - HOUR))


def _hashed_source(request: Request, rule: RateLimit) -> str | None:
    source = rule.source(request)
    if source is None:
        return None
    return hmac.new(request.fdp.secret.encode(), f"{rule.name}:{source}".encode(), hashlib.sha256).hexdigest()


def _too_many(started_at: datetime, rule: RateLimit, now: datetime) -> TooMany:
    wait = max(1, int((started_at + rule.window - now).total_seconds()))
    return TooMany(_("Too many attempts. Please wait a little and try again."), wait)


def includeme(config: Configurator) -> None:
    config.registry.rate_limits = []
    config.add_directive("add_rate_limit", add_rate_limit)
    config.add_tween("fdplattform.security.throttle.throttle_tween_factory", under=INGRESS, over=TRANSACTION)
