"""Names go a year after the dialogue was closed; the groups stay."""

from datetime import timedelta

import pytest

from fdplattform.dialogues.services import close, reopen
from fdplattform.groups import services
from fdplattform.groups.models import Group
from fdplattform.groups.retention import KEEP
from fdplattform.groups.services import Leadership
from fdplattform.jobs.periodic import run_due
from fdplattform.journal.services import SYSTEM

NAMES = ("lead_name", "lead_contact", "lead_consented_at", "deputy_name", "deputy_contact")


@pytest.fixture
def group(make, session, dialogue, clock) -> Group:
    """A working group with everything that can be known about its leaders."""
    make.field(dialogue, "Wohnen")
    group = services.create_working_groups(session, dialogue, now=clock(), actor=SYSTEM)[0]
    leaders = Leadership(
        lead_name="Amal Haddad",
        lead_contact="amal@example.org",
        consented=True,
        public=True,
        deputy_name="Jo Kern",
        deputy_contact="0711 12345",
    )
    services.name_leaders(session, dialogue, group, leaders, version=group.version, now=clock(), actor=SYSTEM)
    session.commit()
    return group


def known(session, group) -> list[str]:
    # A new transaction: the worker's has its own.
    session.rollback()
    session.expire_all()
    return [name for name in NAMES if getattr(group, name) is not None]


def test_names_are_deleted_a_year_after_the_end(app, session, dialogue, group, clock):
    close(session, dialogue, actor=SYSTEM)
    session.commit()
    run_due(app.registry, clock() + KEEP - timedelta(days=1))
    assert known(session, group) == list(NAMES)
    run_due(app.registry, clock() + KEEP + timedelta(days=1))
    assert known(session, group) == []
    assert group.title == "Wohnen"
    assert group.lead_public is False


def test_names_stay_while_the_dialogue_goes_on(app, session, dialogue, group, clock):
    close(session, dialogue, actor=SYSTEM)
    reopen(session, dialogue, actor=SYSTEM)
    session.commit()
    run_due(app.registry, clock() + 2 * KEEP)
    assert known(session, group) == list(NAMES)
