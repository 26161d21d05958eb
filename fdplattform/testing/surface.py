"""What a plugin author can name: exports, fields, options, guards and tools, one line each.

`released/` has the names of each released version of the plugin API; `make plugin-api` writes them down.
"""

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from fdplattform import api

RELEASED = Path(__file__).parent / "released"


def surface(tools: Mapping[str, Any]) -> set[str]:
    """The plugin API of an application that has these `tools`: `BoardList`, `BoardList.id`, `tool board: lists` …"""
    options = {f"tool {tool}: {option}" for tool, found in tools.items() for option in found.options}
    parts = {part for name in api.__all__ for part in _parts(name, getattr(api, name))}
    return {*api.__all__, *parts, *(f"tool {tool}" for tool in tools), *options}


@cache
def released() -> Mapping[tuple[int, int], frozenset[str]]:
    """The names of each released version, from the oldest to the newest."""
    names = {path: frozenset(path.read_text("utf-8").splitlines()) for path in RELEASED.glob("*.txt")}
    versions = {path: tuple(map(int, path.stem.split("."))) for path in names}
    return {(versions[path][0], versions[path][1]): names[path] for path in sorted(names, key=versions.__getitem__)}


def words(source: str) -> set[str]:
    """What a module of a plugin might mean of the API: what it imports, the parts that it asks for and fills in."""
    return {word for node in ast.walk(ast.parse(source)) for word in _words(node)}


def _words(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ImportFrom(module="fdplattform.api", names=names):
            yield from (found.name for found in names)
        case ast.Attribute(value=ast.Name(id=name), attr=part):
            yield f"{name}.{part}"
        case ast.Call(func=ast.Name(id=name), keywords=keywords):
            yield from (word for given in keywords for word in (f"{name}.{given.arg}", f"{name}({given.arg})"))
            values = [given.value for given in keywords if name == "ToolUse" and given.arg == "tool"]
            yield from (f"tool {value.value!s}" for value in values if isinstance(value, ast.Constant))


def _parts(name: str, exported: Any) -> Iterator[str]:
    if inspect.ismodule(exported):
        for function in functions_of(exported):
            yield f"{name}.{function.__name__}"
            yield from (f"{name}.{function.__name__}({each})" for each in inspect.signature(function).parameters)
    elif inspect.isclass(exported) and issubclass(exported, Enum):
        yield from (f"{name}.{member.name}" for member in exported)
    elif inspect.isclass(exported) and is_dataclass(exported):
        yield from (f"{name}.{field.name}" for field in fields(exported) if not field.name.startswith("_"))
        yield from _methods(name, exported)
    elif inspect.isclass(exported) and hasattr(exported, "schema_type"):
        yield from (f"{name}({each})" for each in _options(exported))


def functions_of(module: Any) -> list[Any]:
    """The functions that the module offers, those of its parts included."""
    found = [each for name, each in inspect.getmembers(module, inspect.isfunction) if not name.startswith("_")]
    return [each for each in found if f"{each.__module__}.".startswith(f"{module.__name__}.")]


def _methods(name: str, exported: type) -> Iterator[str]:
    own = vars(exported).items()
    yield from (f"{name}.{key}" for key, made in own if inspect.isfunction(made) and not key.startswith("_"))


def _options(field: type) -> set[str]:
    """What the constructors of a form's field take, by name."""
    made = [
        vars(parent)["__init__"]
        for parent in field.__mro__
        if parent.__module__.startswith("fdplattform") and "__init__" in vars(parent)
    ]
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    parameters = [each for one in made for each in inspect.signature(one).parameters.values() if each.kind in named]
    return {each.name for each in parameters} - {"self"}
