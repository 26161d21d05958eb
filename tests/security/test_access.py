"""The page "who may do what here" says what the ACLs decide."""

import pytest
from pyramid.router import Router

from fdplattform.security.access import may, who_may
from fdplattform.security.permissions import Permission, Role
from fdplattform.security.titles import PERMISSIONS, ROLES
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.matrix import PARENTS, Variant, sample
from fdplattform.web.tree import Resource, Root


def test_every_permission_and_every_role_has_a_name() -> None:
    assert set(PERMISSIONS) == set(Permission)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("kind", [Root, *PARENTS], ids=lambda kind: kind.__name__)
def test_the_table_agrees_with_the_policy(app: Router, kind: type[Resource]) -> None:
    formats = app.registry.plugins.formats
    variant = Variant("probe", formats["probe"].conduct.workflow.initial)
    place = sample(app.registry, kind, variant)
    table = who_may(place)
    listed = {row.permission: row.roles for row in table.rows}
    for permission in Permission:
        holders = {role for role in Role if may(place, role, permission)}
        assert listed.get(permission, holders & {Role.ADMIN}) == holders


def test_the_page_is_for_those_who_work_here(client: Client, make: Make) -> None:
    place, other = make.municipality(), make.municipality()
    client.login(make.account(Role.FACILITATOR, place))
    page = client.get(f"/kommunen/{place.slug}/wer-darf-was")
    rows = {row.th.text: [item.text for item in row.select("li")] for row in page.html.select("tbody tr")}
    assert rows["Team verwalten"] == ["Koordination", "Vertretung"]
    assert rows["Kommune sehen"] == ["Alle"]
    client.get(f"/kommunen/{other.slug}/wer-darf-was", status=403)
