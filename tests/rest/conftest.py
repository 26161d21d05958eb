"""Every answer of the API is held against its own description."""

from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from fdplattform.testing.client import Client

Ask = Callable[..., Any]


@pytest.fixture
def description(client: Client) -> dict[str, Any]:
    """The API's description, which is valid OpenAPI 3.1."""
    document: dict[str, Any] = client.get("/api/v1/openapi.json").json
    OpenAPIV31SpecValidator(document).validate()
    return document


@pytest.fixture
def ask(client: Client, description: dict[str, Any]) -> Ask:
    """`ask("/api/v1/events", status=400, per_page=0)`: the answer, which fits its description."""

    def get(path: str, *, status: int = 200, **parameters: Any) -> Any:
        response = client.get(path, parameters, status=status)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response.headers
        schema = _schema(description, path, status) | {"components": description["components"]}
        Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(response.json)
        return response.json

    return get


def _schema(description: dict[str, Any], path: str, status: int) -> dict[str, Any]:
    parts = path.split("/")
    pattern = path if len(parts) == 4 else "/".join([*parts[:4], "{key}"])
    answer = description["paths"][pattern]["get"]["responses"][str(status)]
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema
