"""What the parts of the contract share."""

from typing import Any, ClassVar

import pytest
from pyramid.router import Router

from fdplattform.plugins.format import EventFormat
from fdplattform.plugins.registry import LoadedPlugin, home
from fdplattform.workflow import State


class Contract:
    """A format of an installed plugin, looked at in an application that has loaded it."""

    #: The format under test.
    format_id: ClassVar[str]
    #: The languages into which the plugin must translate its texts.
    languages: ClassVar[tuple[str, ...]] = ("de", "ar")
    #: What to type into fields whose validators refuse the contract's own samples, by the field's name.
    answers: ClassVar[dict[str, Any]] = {}

    @pytest.fixture
    def plugin(self, migrated_app: Router) -> LoadedPlugin:
        """The plugin that brings the format."""
        found: LoadedPlugin | None = migrated_app.registry.plugins.owner(self.format_id)
        assert found is not None, f"no active plugin brings the format {self.format_id}"
        return found

    @pytest.fixture
    def format(self, migrated_app: Router, plugin: LoadedPlugin) -> EventFormat:
        """The format under test."""
        found: EventFormat = migrated_app.registry.plugins.formats[self.format_id]
        return found


def package_of(plugin: LoadedPlugin) -> str:
    """The plugin's package."""
    return home(plugin.module)


def states_of(format_: EventFormat) -> tuple[State, ...]:
    """The format's own states."""
    return format_.conduct.workflow.states
