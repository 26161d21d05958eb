"""No body larger than the view allows: refused by its declared length, before a byte of it is read.

A view says `max_body=` (bytes); the default is `fdplattform.max_body`. What exceeds the largest limit of all views is
refused before anything else; the view's own limit is checked before its permission, its CSRF token and the view.
"""

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPLengthRequired, HTTPRequestEntityTooLarge
from pyramid.interfaces import IViewDeriverInfo
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import INGRESS
from pyramid.viewderivers import INGRESS as OUTERMOST

from fdplattform.security.tweens import TRANSACTION, refuse

View = Callable[[Any, Request], Response]


def check_length(request: Request, limit: int) -> None:
    """Raises HTTPRequestEntityTooLarge, or HTTPLengthRequired for a body that does not say how long it is."""
    length = request.content_length
    if length is None and request.is_body_readable:
        raise HTTPLengthRequired()
    if length is not None and length > limit:
        raise HTTPRequestEntityTooLarge()


def limited_view(view: View, info: IViewDeriverInfo) -> View:
    """View deriver: holds the view to its limit."""
    limit = info.options.get("max_body") or info.registry.fdp.max_body
    info.registry.largest_body = max(info.registry.largest_body, limit)

    def wrapper(context: Any, request: Request) -> Response:
        check_length(request, limit)
        return view(context, request)

    return view if info.exception_only else wrapper


limited_view.options = ("max_body",)  # type: ignore[attr-defined]


def body_tween_factory(handler: Callable[[Request], Response], registry: Registry) -> Callable[[Request], Response]:
    """Refuses what no view would take."""

    def body_tween(request: Request) -> Response:
        try:
            check_length(request, registry.largest_body)
        except (HTTPLengthRequired, HTTPRequestEntityTooLarge) as error:
            return refuse(request, error)
        return handler(request)

    return body_tween


def attempts(request: Request) -> int | None:
    """How often a request may be tried: once if it is large, because repeating it would mean to read it beforehand.

    Most views refuse it anyway; the few that take large files ask the person to send them again.
    """
    return 1 if (request.content_length or 0) > request.registry.fdp.max_body else None


def includeme(config: Configurator) -> None:
    config.add_settings({"retry.activate_hook": attempts})
    config.registry.largest_body = config.registry.fdp.max_body
    config.add_view_deriver(limited_view, name="body_limit", under=OUTERMOST, over="secured_view")
    config.add_tween("fdplattform.security.body.body_tween_factory", under=INGRESS, over=TRANSACTION)
