"""Who works for one municipality reaches nothing of another: not by an address, not by an id in a form."""

from collections.abc import Iterator
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session

from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.html import soup
from fdplattform.testing.matrix import PARENTS, views
from fdplattform.testing.world import World, make_world
from fdplattform.tools.draw.replies.resources import ReplyResource
from fdplattform.tools.registration.resources import RegistrationResource

#: A row: table and id.
Row = tuple[str, int]
#: The names under which views and forms take ids, and of what. Radio buttons are named by Deform.
ID_NAMES = {
    "id": "event_date",
    "date": "event_date",
    "termin": "event_date",
    "membership": "membership",
    "invitation": "one_time_link",
    "report": "barrier_report",
    "finding": "finding",
    "findings": "finding",
    "field": "field_of_action",
    "fields": "field_of_action",
    "field_id": "field_of_action",
    "others": "field_of_action",
    "card": "board_card",
    "deformField1": "membership",
    "deformField2": "membership",
}


@pytest.fixture
def foreign(world: World, make: Make, app: Router) -> World:
    """The other municipality."""
    return make_world(make, app.registry)


@pytest.fixture
def coordinator(client: Client, world: World) -> Client:
    """Works for `world`."""
    client.login(world.coordinator)
    return client


def token(client: Client) -> str:
    return str(soup(client.get("/barrierefreiheit")).find("input", {"name": "csrf_token"})["value"])


def named_by_id(world: World, foreign: World) -> Iterator[str]:
    """Addresses in `world` that name something of `foreign`."""
    for kind, parent in PARENTS.items():
        if kind in {MunicipalityResource, RegistrationResource, ReplyResource}:
            # Everybody may see the one; whoever has their code, the others.
            continue
        name = foreign.places[kind].rpartition("/")[2]
        if name != world.places[kind].rpartition("/")[2] and world.places[parent]:
            yield f"{world.places[parent]}/{name}"
    for key, address in foreign.views.items():
        own = world.views[key]
        yield own[: len(own.rpartition("/")[0])] + address[len(address.rpartition("/")[0]) :]


def test_no_address_leads_across(world: World, foreign: World, coordinator: Client) -> None:
    proof = token(coordinator)
    # A page that does not say what it is about, such as the second phase, is the same in both.
    addresses = sorted(set(named_by_id(world, foreign)) - set(world.views.values()))
    assert len(addresses) >= 12
    for address in addresses:
        assert coordinator.get(address, status="*").status_int in {403, 404, 405}, address
        assert coordinator.post(address, {"csrf_token": proof}, status="*").status_int in {403, 404, 405}, address


def test_elsewhere_one_is_a_guest(app: Router, make: Make, foreign: World, coordinator: Client) -> None:
    """What a guest may not open, the coordinator of another municipality may not open either."""
    guest, proof = Client(app), token(coordinator)
    for view in views(app.registry):
        if isinstance(view.place, str) or not foreign.places[view.place].startswith("/kommunen/"):
            continue
        address = foreign.address(view.place, view.name)
        if view.method == "GET":
            if coordinator.get(address, status="*").status_int == 200:
                assert guest.get(address, status="*").status_int == 200, address
        elif guest.get(address, status="*").status_int != 200:
            refused = coordinator.post(address, {"csrf_token": proof}, status="*").status_int
            assert refused in {403, 404}, (address, refused)


def rows(session: Session, metadata: MetaData) -> dict[Row, Any]:
    """Every row of the database that has an id."""
    session.rollback()
    return {
        (table.name, row["id"]): dict(row)
        for table in metadata.sorted_tables
        if list(table.primary_key.columns.keys()) == ["id"]
        for row in session.execute(select(table)).mappings()
    }


def crossing(session: Session, metadata: MetaData, theirs: set[Row]) -> list[tuple[str, Any]]:
    """Rows that are not theirs and refer to rows that are."""
    return [
        (table.name, dict(row))
        for table in metadata.sorted_tables
        for row in session.execute(select(table)).mappings()
        if (table.name, row.get("id")) not in theirs
        for key in table.foreign_keys
        if (key.column.table.name, row[key.parent.name]) in theirs
        and not all((other.column.table.name, row[other.parent.name]) in theirs for other in table.foreign_keys)
    ]


def test_no_form_reaches_across(
    app: Router, world: World, make: Make, session: Session, reflected: MetaData, coordinator: Client
) -> None:
    before = set(rows(session, reflected))
    make_world(make, app.registry)
    after = rows(session, reflected)
    theirs = set(after) - before
    ids = dict(sorted(theirs, reverse=True))
    proof = token(coordinator)
    forms = [view for view in views(app.registry) if view.method == "POST" and not isinstance(view.place, str)]
    for view in sorted(forms, key=lambda each: (str(each.place), each.name)):
        if world.places[view.place].startswith("/kommunen/"):
            send_foreign_ids(coordinator, world.address(view.place, view.name), ids, proof)
    now = rows(session, reflected)
    assert {row: after[row] for row in theirs if now.get(row) != after[row]} == {}
    assert crossing(session, reflected, theirs) == []


def send_foreign_ids(client: Client, address: str, ids: dict[str, int], proof: str) -> None:
    """Send the form at `address` with their ids wherever one might be taken."""
    page = client.get(address, status="*")
    form = page.forms.get("form") if page.status_int == 200 and page.content_type == "text/html" else None
    typed = [pair for pair in form.submit_fields("submit") if isinstance(pair[1], str)] if form else []
    forged = [(name, str(ids.get(ID_NAMES.get(name, ""), "")) or value) for name, value in typed]
    more = [(name, str(ids.get(table, 1))) for name, table in ID_NAMES.items() if not name.startswith("deform")]
    for sent in (forged, [*forged, *more]):
        answer = client.post(address, [*sent, ("csrf_token", proof)], status="*")
        assert answer.status_int < 500, address
