"""Whom a rate limit counts."""

from types import SimpleNamespace

import pytest
from webob import Request

from fdplattform.security.client import client_address, client_network


def request(remote: str, forwarded: str = "", proxies: int = 0) -> Request:
    made = Request.blank("/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    made.remote_addr = remote
    made.fdp = SimpleNamespace(trusted_proxies=proxies)
    return made


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("", 0, "192.0.2.1"),
        ("198.51.100.7", 0, "192.0.2.1"),
        ("198.51.100.7", 1, "198.51.100.7"),
        ("invented, 198.51.100.7", 1, "198.51.100.7"),
        ("invented, 198.51.100.7, 203.0.113.5", 2, "198.51.100.7"),
        ("198.51.100.7", 2, "192.0.2.1"),
        ("", 1, "192.0.2.1"),
    ],
)
def test_believes_trusted_proxies_only(forwarded: str, proxies: int, address: str) -> None:
    assert client_address(request("192.0.2.1", forwarded, proxies)) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("unknown", "unknown"),
    ],
)
def test_a_household_is_one_source(address: str, network: str) -> None:
    assert client_network(request(address)) == network
