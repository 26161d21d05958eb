"""Whether people register is the municipality's choice, in every format."""

import pytest
from sqlalchemy.orm import Session

from fdplattform.plugins.format import EventFormat
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from tests.functional.conftest import complete


@pytest.fixture
def formats(make: Make) -> list[EventFormat]:
    """Those with registration that residents see in some state."""
    return [each for each in make.registry.plugins.formats.values() if each.conduct.tool("registration") is not None]


def test_an_event_of_every_format_can_do_without(
    client: Client, make: Make, session: Session, formats: list[EventFormat]
) -> None:
    assert len(formats) > 4
    client.login(make.account(Role.ADMIN))
    for format_ in formats:
        use = format_.conduct.tool("registration")
        assert use is not None
        assert use.states is not None
        state = next(state.id for state in format_.conduct.workflow.states if state.id in use.states)
        event = make.event(format_id=format_.id, state=state)
        page = client.get(make.path(event, "bearbeiten?lang=de"))
        form = complete(page.forms["form"], page.html)
        assert "tools_off" in form.fields, format_.id
        form.set("tools_off", True, index=[box._value for box in form.fields["tools_off"]].index("registration"))
        page = form.submit("submit", status=303).follow()
        assert "Sie müssen sich nicht anmelden: Kommen Sie einfach." in page, format_.id
        client.get(make.path(event, "schritte"), status=200)
