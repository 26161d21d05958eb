"""The tool `draw`: its rooms put together, as formats declare them by one name."""

from pyramid.config import Configurator

from fdplattform.tools.draw.tool.declaration import TOOL


def includeme(config: Configurator) -> None:
    config.add_tool(TOOL)
