"""Every registered view, with all that may stand in an address: never a fault of ours."""

import re
from random import Random
from urllib.parse import quote

import pytest
from pyramid.router import Router
from sqlalchemy import MetaData

from fdplattform.security.permissions import Role
from fdplattform.testing import databases
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.matrix import views
from fdplattform.testing.world import World, make_world
from fdplattform.tools.draw.panel.resources import DrawDesk, DrawRecord
from fdplattform.tools.draw.replies.resources import SpentCode
from fdplattform.web.tree import Resource
from tests.functional.nonsense import KINDS, NASTY, ROUNDS, addresses, refused

#: What these pages answer until a panel is being drawn; their own tests draw one.
NOT_NOW: dict[type[Resource], set[int]] = {DrawDesk: {409}, DrawRecord: {404}}


@pytest.fixture(scope="module")
def world(migrated_app: Router, reflected: MetaData) -> World:
    """One for all: looking changes nothing."""
    databases.empty(migrated_app.registry.engine, reflected)
    with migrated_app.registry.sessions() as session:
        return make_world(Make(session, migrated_app.registry), migrated_app.registry)


@pytest.fixture(scope="module")
def admin(migrated_app: Router, world: World) -> Client:
    """May do everything."""
    client = Client(migrated_app)
    with migrated_app.registry.sessions() as session:
        client.login(Make(session, migrated_app.registry).account(Role.ADMIN, email="admin@example.org"))
    return client


def test_the_world_has_every_kind_of_resource(migrated_app: Router, world: World) -> None:
    wanted = {view.place for view in views(migrated_app.registry) if not isinstance(view.place, str)}
    assert wanted <= set(world.places)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_page_is_there(migrated_app: Router, world: World, admin: Client, kind: type[Resource]) -> None:
    answers = {
        address: admin.get(address, status="*") for _view, address in addresses(migrated_app, world, kind, "GET")
    }
    there = {200, 303} | NOT_NOW.get(kind, set()) if kind is not SpentCode else {404}
    assert {address: answer.status for address, answer in answers.items() if answer.status_int not in there} == {}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_address_is_too_strange(world: World, admin: Client, kind: type[Resource]) -> None:
    told = [address.partition("?")[0] for (place, _view), address in world.views.items() if place is kind]
    for address in [*told, world.places[kind], f"{world.places[kind]}/x"]:
        for word in NASTY:
            strange = f"{address.rpartition('/')[0]}/{quote(word[:300])}"
            refused(admin.get(strange, status="*"), strange)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_question_is_too_strange(migrated_app: Router, world: World, admin: Client, kind: type[Resource]) -> None:
    for view, address in addresses(migrated_app, world, kind, "GET"):
        random = Random(f"{kind.__name__} {view}")
        asked = set(re.findall(rb"name=\"(\w+)\"", admin.get(address, status="*").body)) | {b"page", b"lang", b"q"}
        for _round in range(ROUNDS):
            query = {name.decode(): random.choice(NASTY)[:2000] for name in sorted(asked)}
            refused(admin.get(address.partition("?")[0], query, status="*"), address, query)
