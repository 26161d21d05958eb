"""Answers of the API. An answer carries an ETag, so that who asks again is told briefly that nothing has changed."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response

from fdplattform.errors import DomainError
from fdplattform.rest.collections import Collection
from fdplattform.rest.openapi import document
from fdplattform.rest.parameters import read_all

#: Seconds for which a reader need not ask again.
FRESH = 30


def answer_list(collection: Collection, request: Request) -> Response:
    """`{"items": […], "total": n}`"""
    values = _read(collection, request, request.GET)
    size = values["per_page"]
    items, total = collection.source.page(request, values, limit=size, offset=(values["page"] - 1) * size)
    return _answer(request, {"items": items, "total": total})


def answer_one(collection: Collection, request: Request) -> Response:
    """One item. What nobody sees is as little there as what does not exist."""
    _read(collection, request, request.GET, one=True)
    try:
        key = collection.key.read(request.matchdict["key"])
    except DomainError:
        raise HTTPNotFound from None
    item = collection.source.one(request, key)
    if item is None:
        raise HTTPNotFound
    return _answer(request, item)


def answer_openapi(request: Request) -> Response:
    """The description of the API."""
    return _answer(request, document(request.registry.rest_collections, request.fdp.base_url))


def _read(collection: Collection, request: Request, given: Any, *, one: bool = False) -> dict[str, Any]:
    # What is asked for decides, not who asks: no cookie and no browser's wish, so that the answer can be kept.
    request.locale_name = request.fdp.default_locale
    values = read_all(collection.parameters_of_one if one else collection.parameters, given)
    request.locale_name = values["lang"]
    return values


def _answer(request: Request, value: Any) -> Response:
    response = render_to_response("json", value, request)
    response.cache_control.public = True
    response.cache_control.max_age = FRESH
    response.md5_etag()
    response.conditional_response = True
    return response
