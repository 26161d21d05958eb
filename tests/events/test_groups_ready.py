"""A forum is closed when each working group has who leads it, also the second one of a field."""

import pytest

from fdplattform.groups.models import Group, GroupKind
from fdplattform.security.permissions import Role
from fdplattform.testing.steps import attempt, reasons, take


@pytest.mark.parametrize("deputy", ["Samir", None])
def test_every_working_group_needs_a_deputy(client, make, session, deputy):
    municipality = make.municipality()
    dialogue = make.dialogue(municipality)
    field = make.field(dialogue)
    event = make.event(dialogue, format_id="grossgruppenforum", state="held")
    make.finding(event)
    now = make.registry.clock()
    for title, second in (("Treffpunkt", "Amal"), ("Fest im Park", deputy)):
        session.add(
            Group(
                dialogue_id=dialogue.id,
                field_id=field.id,
                kind=GroupKind.WORKING_GROUP,
                title=title,
                lead_name="Vera",
                lead_consented_at=now,
                deputy_name=second,
                first_meeting_at=now,
                created_at=now,
            )
        )
    session.commit()
    client.login(make.account(Role.COORDINATOR, municipality))
    if deputy:
        take(client, make.path(event), "close")
    else:
        said = reasons(attempt(client, make.path(event), "close"))
        assert "Fest im Park" in said
        assert "Treffpunkt" not in said
