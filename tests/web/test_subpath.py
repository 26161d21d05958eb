"""An address ends with the name of its page; what follows it is a wrong address."""

import pytest

from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make


@pytest.mark.parametrize(
    "path", ["/impressum", "/verwaltung/plugins", "/verwaltung/konten/einladen", "/verwaltung/auftraege"]
)
def test_more_words_are_a_wrong_address(client: Client, make: Make, path: str) -> None:
    client.login(make.account(Role.ADMIN))
    client.get(path)
    client.get(f"{path}/")
    client.get(f"{path}/foo", status=404)
    client.get(f"{path}/foo/bar", status=404)


def test_who_may_not_see_the_page_is_told_the_same(client: Client) -> None:
    client.get("/verwaltung/konten/einladen/foo", status=404)


def test_a_view_may_read_what_follows(client: Client, make: Make) -> None:
    client.login(make.account(Role.ADMIN))
    path = make.path(make.dialogue(), "phase")
    client.get(f"{path}/2")
    client.get(path, status=404)
    client.get(f"{path}/2/3", status=404)
