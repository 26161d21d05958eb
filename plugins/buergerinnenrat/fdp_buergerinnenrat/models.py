"""The plugin has no tables of its own any more: its revisions move what the first release wrote to the core's tools."""

from sqlalchemy.orm import DeclarativeBase

from fdplattform.api import PluginBase, plugin_metadata


class Base(PluginBase, DeclarativeBase):
    """The base to which the plugin's revisions belong."""

    metadata = plugin_metadata()
