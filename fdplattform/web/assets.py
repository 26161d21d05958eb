"""Stylesheets, scripts and fonts: built by `scripts/build_assets.py` under names that contain their hash."""

import json
from importlib.resources import files
from pathlib import Path

from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.web.locale import direction

BUILD = Path(str(files("fdplattform"))) / "static" / "build"
ONE_YEAR = 365 * 24 * 3600


class MissingAssets(RuntimeError):
    """The assets have not been built."""


def read_manifest(folder: Path = BUILD) -> dict[str, str]:
    """Name of an asset → its file. Raises MissingAssets before the first build."""
    try:
        manifest: dict[str, str] = json.loads((folder / "manifest.json").read_text())
    except FileNotFoundError:
        raise MissingAssets(f"{folder} is empty: run `python scripts/build_assets.py`") from None
    return manifest


def asset(request: Request, name: str) -> str:
    """The address of an asset. `app.css` is `app.rtl.css` for a language that is written from right to left.

    Raises KeyError for an asset that the build does not make.
    """
    if name == "app.css" and direction(request.locale_name) == "rtl":
        name = "app.rtl.css"
    manifest: dict[str, str] = request.registry.assets
    return f"/static/{manifest[name]}"


def includeme(config: Configurator) -> None:
    config.registry.assets = read_manifest()
    # The hash in the name makes it safe to keep a file for ever.
    config.add_static_view("static", str(BUILD), cache_max_age=ONE_YEAR, content_encodings=["gzip"])
    config.add_request_method(asset, "asset")
