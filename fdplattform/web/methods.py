"""Which methods an address accepts: Pyramid answers a wrong method with 404, the right answer is 405."""

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPMethodNotAllowed
from pyramid.interfaces import IViewDeriverInfo
from pyramid.request import Request
from pyramid.response import Response
from pyramid.util import as_sorted_tuple
from pyramid.viewderivers import INGRESS
from zope.interface import implementedBy, providedBy
from zope.interface.interfaces import IInterface

View = Callable[[Any, Request], Response]
#: What a page with a form is asked with; such a view names no method.
FORM_METHODS = ("GET", "HEAD", "POST")


def allowed_methods(request: Request) -> list[str]:
    """The methods that the views of this very address accept; empty when the method is not what is wrong."""
    route = getattr(request, "matched_route", None)
    address = (route.name if route else None, getattr(request, "view_name", ""))
    methods: set[str] = set()
    for entry in request.registry.introspector.get_category("views") or ():
        view = entry["introspectable"]
        if (view["route_name"], view["name"]) != address or not _fits(view["context"], request.context):
            continue
        if view["request_methods"] is None:
            return []
        methods.update(as_sorted_tuple(view["request_methods"]))
    if "GET" in methods:
        methods.add("HEAD")
    return [] if request.method in methods else sorted(methods)


def _fits(wanted: Any, context: Any) -> bool:
    if wanted is None:
        return True
    specification = wanted if IInterface.providedBy(wanted) else implementedBy(wanted)
    return bool(providedBy(context).isOrExtends(specification))


def form_view(view: View, info: IViewDeriverInfo) -> View:
    """View deriver: a view that names no method shows a form and takes it, and knows nothing else."""
    if info.exception_only or info.options.get("request_method"):
        return view

    def wrapper(context: Any, request: Request) -> Response:
        if request.method not in FORM_METHODS:
            raise HTTPMethodNotAllowed(headers={"Allow": ", ".join(FORM_METHODS)})
        return view(context, request)

    return wrapper


def includeme(config: Configurator) -> None:
    config.add_view_deriver(form_view, name="form_methods", under=INGRESS, over="secured_view")
