"""`fdplattform user` and `readonly`, as an operator types them."""

import re

import pytest

from fdplattform.testing.shell import Command


@pytest.fixture
def migrated(fdplattform: Command) -> Command:
    """On a migrated database."""
    fdplattform("db", "upgrade")
    return fdplattform


def test_from_the_first_admin_to_a_list(migrated: Command) -> None:
    first = migrated("user", "first-admin").stdout.strip()
    assert re.fullmatch(r"http://localhost:6543/zugang/\S{20,}", first)
    # The newest link counts; each is another one.
    assert migrated("user", "first-admin").stdout.strip() != first
    invited = migrated("user", "create", "--email", "ayse@example.org", "--role", "admin").stdout.strip()
    assert re.fullmatch(r"http://localhost:6543/einladung/\S{20,}", invited)
    assert migrated("user", "list").stdout == ""


#: What is typed, the exit status, and what is said about it.
MISTAKES = (
    (["--email", "a@example.org", "--role", "coordinator"], 2, "needs a --municipality"),
    (["--email", "a@example.org", "--role", "admin", "--municipality", "x"], 2, "takes no --municipality"),
    (["--email", "a@example.org", "--role", "coordinator", "--municipality", "x"], 1, "no municipality 'x'"),
    (["--email", "not an address", "--role", "admin"], 1, "Error"),
)


def test_what_cannot_be_is_said(migrated: Command) -> None:
    for arguments, status, says in MISTAKES:
        done = migrated("user", "create", *arguments, status=status)
        assert says in done.stderr
        assert "Traceback" not in done.stderr
    assert "no account 'a@example.org'" in migrated("user", "reset", "--email", "a@example.org", status=1).stderr


def test_read_only_mode_is_switched(migrated: Command) -> None:
    assert "is off" in migrated("readonly", "status").stdout
    migrated("readonly", "on")
    migrated("readonly", "on")
    assert "is on" in migrated("readonly", "status").stdout
    migrated("readonly", "off")
    assert "is off" in migrated("readonly", "status").stdout
