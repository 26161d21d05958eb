"""No municipality, dialogue or event may be called like a page."""

from typing import Any

from pyramid.interfaces import IViewClassifier
from pyramid.router import Router

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.resources import EventResource
from fdplattform.findings.resources import LISTS
from fdplattform.groups.resources import NAME as GROUPS
from fdplattform.municipalities.resources import Municipalities, MunicipalityResource
from fdplattform.web.slugs import RESERVED
from fdplattform.web.tree import Root

PLACES = (Root, Municipalities, MunicipalityResource, DialogueResource, EventResource)


def test_every_view_below_a_place_with_children_is_reserved(migrated_app: Router) -> None:
    views: list[dict[str, Any]] = [
        item["introspectable"] for item in migrated_app.registry.introspector.get_category("views") or []
    ]
    names = {
        view["name"]
        for view in views
        if view["context"] in PLACES and view["name"] and view["context"] is not IViewClassifier
    }
    assert "bearbeiten" in names
    assert names - RESERVED == set()


def test_the_lists_of_a_dialogue_are_reserved_too() -> None:
    assert {*LISTS, GROUPS} <= RESERVED
