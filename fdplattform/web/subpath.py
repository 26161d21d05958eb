"""Words after the name of a view: an address with too many words is a wrong address, not another name for the page.

A view that reads `request.subpath` says `takes_subpath=True`; to all others the words are a 404.
"""

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.interfaces import IViewDeriverInfo
from pyramid.request import Request
from pyramid.response import Response
from pyramid.viewderivers import INGRESS

View = Callable[[Any, Request], Response]


def ending_view(view: View, info: IViewDeriverInfo) -> View:
    """View deriver: the address ends with the view's name."""
    # The pattern of a route already says what may follow.
    if info.exception_only or info.options.get("route_name"):
        return view
    takes_words = bool(info.options.get("takes_subpath"))

    def wrapper(context: Any, request: Request) -> Response:
        # Nothing is called by a NUL, and PostgreSQL would refuse to look for it.
        if request.subpath and (not takes_words or any("\x00" in word for word in request.subpath)):
            raise HTTPNotFound()
        return view(context, request)

    return wrapper


ending_view.options = ("takes_subpath",)  # type: ignore[attr-defined]


def includeme(config: Configurator) -> None:
    config.add_view_deriver(ending_view, name="subpath", under=INGRESS, over="secured_view")
