"""The API's description (OpenAPI 3.1), made from the same declarations that answer."""

from collections.abc import Iterable
from typing import Any

from fdplattform import __version__
from fdplattform.rest.collections import Collection
from fdplattform.rest.schemas import SCHEMAS

ABOUT = (
    "What everybody sees on the pages of this site, for other programs: read only and without personal data. "
    "Moments are written with their offset from UTC. Answers carry an ETag."
)


def document(collections: Iterable[Collection], base_url: str) -> dict[str, Any]:
    """The description of the API that answers below `base_url`."""
    paths: dict[str, Any] = {}
    for collection in collections:
        paths[collection.path] = {"get": _list_operation(collection)}
        paths[collection.path_of_one] = {"get": _one_operation(collection)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "fdplattform", "version": __version__, "description": ABOUT},
        "servers": [{"url": base_url}],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _list_operation(collection: Collection) -> dict[str, Any]:
    found = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": _reference(collection.schema)},
            "total": {"type": "integer", "minimum": 0, "description": "Of all pages together."},
        },
        "required": ["items", "total"],
        "additionalProperties": False,
    }
    return {
        "operationId": f"list_{collection.name}",
        "summary": collection.summary,
        "parameters": [parameter.describe("query") for parameter in collection.parameters],
        "responses": {"200": _answer("A page of the list.", found), "400": _problem("A parameter is wrong.")},
    }


def _one_operation(collection: Collection) -> dict[str, Any]:
    in_query = [parameter.describe("query") for parameter in collection.parameters_of_one]
    return {
        "operationId": f"get_{collection.name}",
        "summary": f"One of: {collection.summary}",
        "parameters": [collection.key.describe("path"), *in_query],
        "responses": {
            "200": _answer("The item.", _reference(collection.schema)),
            "400": _problem("A parameter is wrong."),
            "404": _problem("There is no such item, or not everybody sees it."),
        },
    }


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problem(description: str) -> dict[str, Any]:
    return _answer(description, _reference("Problem"))
