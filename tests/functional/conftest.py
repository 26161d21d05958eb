"""A municipality with one of everything."""

import pytest
from pyramid.router import Router

from fdplattform.testing.factories import Make
from fdplattform.testing.world import World, make_world


@pytest.fixture
def world(make: Make, app: Router) -> World:
    """A municipality with one of everything."""
    return make_world(make, app.registry)
