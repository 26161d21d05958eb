"""A municipality with one of everything."""

from typing import Any

import pytest
from pyramid.router import Router
from webtest.forms import Radio, Select

from fdplattform.testing.factories import Make
from fdplattform.testing.world import World, make_world


@pytest.fixture
def world(make: Make, app: Router) -> World:
    """A municipality with one of everything."""
    return make_world(make, app.registry)


def complete(form: Any, html: Any) -> Any:
    """Fill in what is required and still empty."""
    typical = {"email": "kim@example.org", "date": "2027-05-01", "datetime-local": "2027-05-01T18:00", "number": "1"}
    for tag in html.select("#form [aria-required=true]"):
        for field in form.fields.get(tag.get("name"), ()):
            if isinstance(field, Select):
                field.value = field.value or field.options[-1][0]
            elif not field.value:
                field.value = typical.get(tag.get("type"), "Text")
    for field in [control for controls in form.fields.values() for control in controls if isinstance(control, Radio)]:
        values = [value for value, _checked, _label in field.options]
        # A criterion of the draw that is known by age wants bands of ages that fit each other.
        field.value = field.value or ("value" if "value" in values else values[0])
    for field in form.fields.get("field_id", ()):
        field.value = field.value or field.options[-1][0]
    if "ends_at" in form.fields:
        form["starts_at"], form["ends_at"] = "2027-05-01T18:00", "2027-05-01T20:00"
    return form
