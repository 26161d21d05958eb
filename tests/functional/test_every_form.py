"""Every registered view that takes a form, with all that may be sent: never a fault of ours."""

import re
from random import Random

import pytest
from pyramid.router import Router
from webtest.forms import Form

from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.html import soup
from fdplattform.testing.matrix import View, views
from fdplattform.testing.world import make_world
from fdplattform.web.tree import Resource
from tests.functional.nonsense import KINDS, NASTY, ROUNDS, addresses, refused

#: Names that no form asked for.
NAMES = ("__start__", "__end__", "__formid__", "id", "ids", "job", "version", "name", "unknown", "upload")


@pytest.fixture
def admin(client: Client, make: Make) -> Client:
    """May do everything."""
    client.login(make.account(Role.ADMIN))
    return client


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_form_is_too_strange(app: Router, make: Make, admin: Client, kind: type[Resource]) -> None:
    world = make_world(make, app.registry)
    for view, _address in addresses(app, world, kind, "POST"):
        form = form_at(admin, world.address(kind, view))
        if form is None:
            # An earlier form was sensible after all, and took away what this one is about.
            world = make_world(make, app.registry)
            form = form_at(admin, world.address(kind, view))
        bombard(admin, world.address(kind, view), form, Random(f"{kind.__name__} {view}"))


def bombard(client: Client, address: str, form: list[tuple[str, str]] | None, random: Random) -> None:
    """Send nonsense. A view without a page of its own gets the token, and what comes to mind."""
    token = [("csrf_token", soup(client.get("/barrierefreiheit")).find("input", {"name": "csrf_token"})["value"])]
    for _round in range(ROUNDS):
        sent = nonsense(random, form or token)
        refused(client.post(address, sent, status="*"), address, sent)


def form_at(client: Client, address: str) -> list[tuple[str, str]] | None:
    """What a browser would send from the page at this address, if there is a form."""
    page = client.get(address, status="*")
    if page.status_int != 200 or page.content_type != "text/html" or "form" not in page.forms:
        return None
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


def test_no_form_with_a_route_is_too_strange(app: Router, make: Make, admin: Client) -> None:
    make_world(make, app.registry)
    routes = {view for view in views(app.registry) if isinstance(view.place, str) and "*" not in view.place}
    assert routes
    for view in sorted(routes, key=str):
        address = place_of(view)
        form, random = form_at(admin, address), Random(address)
        for _round in range(ROUNDS):
            refused(admin.get(address, dict(nonsense(random, form or [])), status="*"), address)
        bombard(admin, address, form, random)
