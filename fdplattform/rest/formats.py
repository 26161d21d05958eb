"""Formats for machines. They come from the loaded plugins, not from the database."""

from typing import Any

from pyramid.request import Request

from fdplattform.events.transitions import workflow_of
from fdplattform.plugins.format import EventFormat


class FormatSource:
    """The formats of the loaded plugins, by id."""

    def page(
        self, request: Request, _values: dict[str, Any], *, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        """As `collections.Source.page`."""
        formats = sorted(request.registry.plugins.formats.values(), key=lambda format_: format_.id)
        return [_item(request, format_) for format_ in formats[offset : offset + limit]], len(formats)

    def one(self, request: Request, key: str) -> dict[str, Any] | None:
        """As `collections.Source.one`."""
        format_ = request.registry.plugins.formats.get(key)
        return None if format_ is None else _item(request, format_)


def _item(request: Request, format_: EventFormat) -> dict[str, Any]:
    translate = request.localizer.translate
    return {
        "id": format_.id,
        "title": translate(format_.title),
        "summary": translate(format_.summary),
        "building_blocks": sorted(format_.fit.blocks),
        "follows": sorted(format_.fit.follows),
        "tools": [use.tool for use in format_.conduct.tools],
        "states": [
            {"id": state.id, "title": translate(state.title)} for state in workflow_of(format_).states if state.public
        ],
    }
