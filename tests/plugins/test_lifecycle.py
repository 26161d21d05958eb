"""Install → offer → use → withdraw → uninstall: nothing breaks, nothing is lost, and what is personal goes in time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from fdp_grossgruppenforum.models import ForumTable
from fdplattform.config import make_app, migrate
from fdplattform.events.models import Event
from fdplattform.formats.retention import run
from fdplattform.jobs.registry import JobContext
from fdplattform.plugins.loader import GROUP
from fdplattform.plugins.offers import offer
from fdplattform.security.permissions import Role
from fdplattform.testing import databases
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make

PROBE = EntryPoint(name="probe", value="fdplattform.testing.probe", group=GROUP)
FORUM = EntryPoint(name="grossgruppenforum", value="fdp_grossgruppenforum", group=GROUP)
HOSTS = text("SELECT host FROM fdp_grossgruppenforum_table")


@pytest.fixture
def url(backend: str, tmp_path: Path) -> Iterator[str]:
    with databases.database(backend, tmp_path) as url:
        yield url


@pytest.fixture
def deployed(settings, url):
    """The deployment with what is installed at the moment: migrated and started."""
    opened = []

    def start(*found):
        own = replace(settings, database_url=url)
        assert migrate(own, found) == {}
        app = make_app(own, found)
        session = app.registry.sessions()
        opened.append((session, app.registry.engine))
        return app, Client(app, session), Make(session, app.registry)

    yield start
    for session, engine in opened:
        session.close()
        engine.dispose()


def test_a_plugin_comes_and_goes(deployed):
    # Not installed: nobody can choose it.
    app, client, make = deployed(PROBE)
    municipality = make.municipality()
    coordinator = make.account(Role.COORDINATOR, municipality)
    dialogue = make.dialogue(municipality)
    client.login(coordinator)
    choose = make.path(dialogue, "veranstaltung-anlegen?format=grossgruppenforum")
    assert client.get(choose, status=404)

    # Installed: offered from the start, and used.
    app, client, make = deployed(PROBE, FORUM)
    client.login(coordinator)
    assert client.get(choose).status_int == 200
    event = make.event(dialogue, format_id="grossgruppenforum", state="invited", details={"method": "world_cafe"})
    make.session.add(ForumTable(event_id=event.id, number=1, topic="Wohnen", host="Mona Muster"))
    make.session.commit()
    assert event.title in client.get(make.path(event))
    ends_at = event.dates[0].ends_at

    # Withdrawn: no new events, the old ones go on.
    offer(make.session, municipality.id, "grossgruppenforum", offered=False)
    make.session.commit()
    assert client.get(choose, status=403)
    assert client.get(make.path(event, "schritte")).status_int == 200

    # Uninstalled: the team reads the event, residents do not see it, nothing can be done with it.
    app, client, make = deployed(PROBE)
    address = make.path(make.session.get_one(Event, event.id))
    client.get(address, status=404)
    assert event.title not in client.get(make.path(dialogue))
    client.login(coordinator)
    for page in (address, f"{address}/protokoll", make.path(dialogue), "/verwaltung", "/-/health"):
        assert client.get(page).status_int == 200
    assert event.title in client.get(address)
    assert client.get(f"{address}/schritte", status=404)
    assert client.get(f"{address}/listen/tables", status=403)

    # What is personal in its tables is deleted all the same.
    forget(app, ends_at + timedelta(days=89))
    assert make.session.scalar(HOSTS) == "Mona Muster"
    make.session.commit()
    forget(app, ends_at + timedelta(days=91))
    assert make.session.scalar(HOSTS) is None

    # And the event can be deleted, with its rows.
    make.session.execute(delete(Event).where(Event.id == event.id))
    make.session.commit()
    assert make.session.execute(HOSTS).all() == []

    # Installed again: nothing stands in the way.
    app, client, make = deployed(PROBE, FORUM)
    assert [state for _id, _version, state in app.registry.plugins.states()] == ["active", "active"]


def forget(app, now):
    run(JobContext(registry=app.registry, now=now, key="test"))
