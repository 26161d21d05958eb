"""Which methods an address accepts: Pyramid answers a wrong method with 404, the right answer is 405."""

from typing import Any

from pyramid.request import Request
from pyramid.util import as_sorted_tuple
from zope.interface import implementedBy, providedBy
from zope.interface.interfaces import IInterface


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
