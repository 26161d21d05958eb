"""Between the forms' values and the services' `Entry`."""

from collections.abc import Mapping
from typing import Any

from fdplattform.tools.registration.models import Registration
from fdplattform.tools.registration.services import Entry


def entry_from(values: Mapping[str, Any], language: str) -> Entry:
    """What a checked form says. `language` holds where the form does not ask for it."""
    needs = values["needs"]
    return Entry(
        name=values["name"],
        people=values["people"],
        email=values["email"],
        phone=values["phone"],
        language=values.get("language") or language,
        interpreter=needs["interpreter"],
        children=needs["children"] or 0,
        access_needs=needs["access_needs"] or None,
    )


def values_of(registration: Registration) -> dict[str, Any]:
    """A registration as its form shows it."""
    return {
        "name": registration.name or "",
        "people": registration.people,
        "email": registration.email,
        "phone": registration.phone,
        "language": registration.language,
        "version": registration.version,
        "needs": {
            "interpreter": registration.interpreter,
            "children": registration.children or None,
            "access_needs": registration.access_needs or "",
        },
    }
