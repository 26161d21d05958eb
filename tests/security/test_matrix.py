"""Every registered view × role × state, compared with what has been agreed."""

import csv
from pathlib import Path

import pytest
from pyramid.config import Configurator
from pyramid.router import Router

from fdplattform.security.permissions import Role
from fdplattform.testing.matrix import Unlisted, matrix
from fdplattform.web.tree import Resource, Root

AGREED = Path(__file__).with_name("matrix.csv")


def test_everybody_may_do_exactly_what_was_agreed(migrated_app: Router) -> None:
    now = matrix(migrated_app.registry).splitlines()
    agreed = AGREED.read_text("utf-8").splitlines()
    missing = sorted(set(now) - set(agreed))
    gone = sorted(set(agreed) - set(now))
    assert now == agreed, "make matrix writes it anew; now but not agreed:\n{}\nagreed but not now:\n{}".format(
        "\n".join(missing), "\n".join(gone)
    )


def test_nobody_but_the_admin_has_everything() -> None:
    rows = list(csv.DictReader(AGREED.read_text("utf-8").splitlines()))
    for role in set(Role) - {Role.ADMIN}:
        assert any(row[role] == "" for row in rows), role
    assert all(row[Role.ADMIN] for row in rows)


@pytest.mark.parametrize(
    ("view", "method"),
    [
        ("mitglieder", "GET"),
        ("mitglied-einladen", "POST"),
        ("mitglied-beenden", "POST"),
        ("uebergeben", "POST"),
        ("bearbeiten", "POST"),
    ],
)
def test_what_changes_a_municipality_is_closed_to_outsiders(view: str, method: str) -> None:
    rows = csv.DictReader(AGREED.read_text("utf-8").splitlines())
    row = next(
        row for row in rows if (row["place"], row["view"], row["method"]) == ("MunicipalityResource", view, method)
    )
    for role in (Role.ANONYMOUS, Role.PARTICIPANT, Role.DAY_LINK, Role.PROGRAMME_OFFICE):
        assert row[role] == ""


def test_a_view_for_an_unknown_kind_of_resource_fails(migrated_app: Router) -> None:
    class Elsewhere(Resource):
        """Nobody has entered it."""

    with pytest.raises(Unlisted, match="Elsewhere"):
        matrix(_with_view(context=Elsewhere, permission="site:view"))


def test_a_view_without_a_permission_fails() -> None:
    with pytest.raises(Unlisted, match="names no permission"):
        matrix(_with_view(context=Root, permission=None))


def _with_view(**options: object) -> object:
    config = Configurator()
    config.include("fdplattform.accounts.policy")
    config.add_view(lambda _request: None, **options)
    config.commit()
    return config.registry
