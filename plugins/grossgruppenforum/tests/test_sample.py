"""A forum to which a random sample of the residents is invited too: the draw by declaration alone."""

import pytest
from sqlalchemy.orm import Session

from fdplattform.db import make_engine
from fdplattform.db.migrate import core_migrations, downgrade, upgrade
from fdplattform.security.permissions import Role
from fdplattform.testing import databases
from fdplattform.testing.draws import add_willing, draw_panel, set_criteria
from fdplattform.testing.factories import Make
from fdplattform.testing.html import choose


@pytest.fixture
def municipality(make):
    return make.municipality()


@pytest.fixture
def forum(make, municipality):
    details = {"method": "world_cafe", "fields_known": "before"}
    return make.event(make.dialogue(municipality), format_id="grossgruppenforum", state="invited", details=details)


@pytest.fixture
def team(client, make, municipality):
    client.login(make.account(Role.COORDINATOR, municipality))
    return client


def test_a_forum_does_without_the_draw_until_somebody_switches_it_on(team, make, session, forum):
    path = make.path(forum)
    assert team.get(f"{path}/auslosung/", expect_errors=True).status_int == 404
    assert "auslosung" not in team.get(path)

    form = team.get(f"{path}/bearbeiten").forms["form"]
    for tool in ("draw", "letters"):
        choose(form, tool, ticked=False)
    form.submit("submit", status=303)
    assert team.get(f"{path}/auslosung/").status_int == 200
    set_criteria(session, forum)
    add_willing(session, forum, 24)
    draw_panel(make.registry, session, forum)
    team.logout()
    page = team.get(path)
    assert "auslosung-nachweis" in page
    assert "anmelden" in page


def test_older_forums_do_without_it_too(migrated_app, backend, tmp_path):
    history = migrated_app.registry.plugins.owner("grossgruppenforum").migrations
    with databases.database(backend, tmp_path) as url:
        engine = make_engine(url)
        upgrade(engine, core_migrations())
        upgrade(engine, history)
        downgrade(engine, history, "7e4be133991b")
        with Session(engine) as session:
            forum = Make(session, migrated_app.registry).event(format_id="grossgruppenforum")
            forum.tools_off = ["registration"]
            session.commit()
            upgrade(engine, history)
            session.refresh(forum)
            assert forum.tools_off == ["draw", "letters", "registration"]
        engine.dispose()
