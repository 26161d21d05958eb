"""Every registered view, with everything that people, browsers and scanners may send: never a fault of ours."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from pyramid.router import Router
from webtest.forms import Form

from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.html import soup
from fdplattform.testing.matrix import PARENTS, View, views
from fdplattform.testing.world import World, make_world
from fdplattform.web.tree import Resource, Root

KINDS: list[type[Resource]] = [Root, *PARENTS]
#: How many nonsensical forms each view gets.
ROUNDS = 5
NASTY = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\r\nBcc: all@example.org",
    "'; DROP TABLE account; --",
    "<script>alert(1)</script>",
    "=1+1",
    "O’Brien d'Arc",
    "عائشة بنت محمد",
    "👩🏽‍🚀🏳️‍🌈",
    "e\u0301" * 120,
    "x" * 2500,
    "\u202e\ufeff\u200b",
    "٣",
    "0",
    "-1",
    "99999999999999999999",
    "1e400",
    "NaN",
    "0000-00-00",
    "2027-02-30",
    "0001-01-01",
    "9999-12-31T23:59",
    "2027-03-28T02:30",
    "null",
    "${title}",
    "../../etc/passwd",
    "%ff",
)
NAMES = ("__start__", "__end__", "__formid__", "id", "ids", "job", "version", "name", "unknown", "upload")


def addresses(app: Router, world: World, kind: type[Resource], method: str) -> Iterator[tuple[str, str]]:
    """Name and address of every view of `kind` that takes `method`."""
    for view in sorted(views(app.registry), key=lambda each: each.name):
        if view.place is kind and view.method == method:
            yield view.name, world.address(kind, view.name)


def refused(answer: Any, *what: object) -> None:
    """Fails when the fault was ours."""
    assert answer.status_int < 500, (answer.status, *what)


@pytest.fixture
def admin(client: Client, make: Make, world: World) -> Client:
    """May do everything."""
    client.login(make.account(Role.ADMIN))
    return client


def test_the_world_has_every_kind_of_resource(app: Router, world: World) -> None:
    wanted = {view.place for view in views(app.registry) if not isinstance(view.place, str)}
    assert wanted <= set(world.places)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_page_is_there(app: Router, world: World, admin: Client, kind: type[Resource]) -> None:
    answers = {address: admin.get(address, status="*") for _view, address in addresses(app, world, kind, "GET")}
    assert {address: answer.status for address, answer in answers.items() if answer.status_int not in {200, 303}} == {}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_address_is_too_strange(world: World, admin: Client, kind: type[Resource]) -> None:
    told = [address.partition("?")[0] for (place, _view), address in world.views.items() if place is kind]
    for address in [*told, world.places[kind], f"{world.places[kind]}/x"]:
        for word in NASTY:
            strange = f"{address.rpartition('/')[0]}/{quote(word[:300])}"
            refused(admin.get(strange, status="*"), strange)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_question_is_too_strange(app: Router, world: World, admin: Client, kind: type[Resource]) -> None:
    for view, address in addresses(app, world, kind, "GET"):
        random = Random(f"{kind.__name__} {view}")
        asked = set(re.findall(r"name=\"(\w+)\"", admin.get(address, status="*").text)) | {"page", "lang", "q"}
        for _round in range(ROUNDS):
            query = {name: random.choice(NASTY)[:2000] for name in sorted(asked)}
            refused(admin.get(address.partition("?")[0], query, status="*"), address, query)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_form_is_too_strange(app: Router, make: Make, admin: Client, kind: type[Resource]) -> None:
    for view, _address in addresses(app, make_world(make, app.registry), kind, "POST"):
        random = Random(f"{kind.__name__} {view}")
        address = make_world(make, app.registry).address(kind, view)
        form = form_at(admin, address)
        for _round in range(ROUNDS):
            sent = nonsense(random, form)
            answer = admin.post(address, sent, status="*")
            refused(answer, address, sent)


def form_at(client: Client, address: str) -> list[tuple[str, str]]:
    """What a browser would send from the page at this address; where there is no page, the token alone."""
    page = client.get(address, status="*")
    token = [("csrf_token", soup(client.get("/barrierefreiheit")).find("input", {"name": "csrf_token"})["value"])]
    if page.status_int != 200 or page.content_type != "text/html" or "form" not in page.forms:
        return token
    form: Form = page.forms["form"]
    return [(name, value) for name, value in form.submit_fields("submit") if isinstance(value, str)]


def nonsense(random: Random, form: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The form with some values replaced, left out or added, and some names that are none of its."""
    sent = []
    for name, value in form:
        if name == "csrf_token":
            sent.append((name, value))
            continue
        fate = random.random()
        if fate < 0.1:
            continue
        sent.append((name, random.choice(NASTY) if fate < 0.5 else value))
        if fate > 0.95:
            sent.append((name, random.choice(NASTY)))
    for _more in range(random.randrange(3)):
        sent.insert(random.randrange(len(sent) + 1), (random.choice(NAMES), random.choice(NASTY)))
    return sent


def place_of(view: View) -> str:
    """An address for a view that has a route of its own."""
    return re.sub(r"\{[^}]*\}+", "1", str(view.place))


def test_no_form_with_a_route_is_too_strange(app: Router, admin: Client) -> None:
    routes = {view for view in views(app.registry) if isinstance(view.place, str) and "*" not in view.place}
    assert routes
    for view in sorted(routes, key=str):
        address = place_of(view)
        random = Random(address)
        form = form_at(admin, address)
        for _round in range(ROUNDS):
            sent = nonsense(random, form)
            refused(admin.get(address, dict(sent), status="*"), address)
            refused(admin.post(address, sent, status="*"), address, sent)
