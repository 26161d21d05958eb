"""What people, browsers and scanners may send, and to which addresses."""

from collections.abc import Iterator
from typing import Any

from pyramid.router import Router

from fdplattform.testing.matrix import PARENTS, views
from fdplattform.testing.world import World
from fdplattform.web.tree import Resource, Root

KINDS: list[type[Resource]] = [Root, *PARENTS]
#: How many nonsensical questions and forms each view gets.
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


def addresses(app: Router, world: World, kind: type[Resource], method: str) -> Iterator[tuple[str, str]]:
    """Name and address of every view of `kind` that takes `method`."""
    for view in sorted(views(app.registry), key=lambda each: each.name):
        if view.place is kind and view.method == method:
            yield view.name, world.address(kind, view.name)


def refused(answer: Any, *what: object) -> None:
    """Fails when the fault was ours."""
    assert answer.status_int < 500, (answer.status, *what)
