"""`fdplattform municipalities import`"""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from fdplattform.cli import main
from fdplattform.cli.support.deployment import Deployment
from fdplattform.municipalities.models import Municipality
from fdplattform.testing.client import Client


@pytest.fixture
def deployment(client: Client) -> Deployment:
    made = Deployment("unused.ini")
    made.__dict__["app"] = client.app
    made.__dict__["settings"] = client.registry.fdp
    return made


def test_one_state_is_loaded_and_can_be_loaded_again(client: Client, deployment: Deployment) -> None:
    command = main.get_command(None, "municipalities")
    for expected in ("1136 added, 0 updated, 0 unchanged", "0 added, 0 updated, 1136 unchanged"):
        result = CliRunner().invoke(command, ["import", "--state", "Baden-Württemberg"], obj=deployment)
        assert result.exit_code == 0
        assert "1101 municipalities and 44 districts" in result.output
        assert expected in result.output
    with client.registry.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Municipality)) == 1136


def test_without_a_file_all_of_germany_is_loaded(client: Client, deployment: Deployment) -> None:
    result = CliRunner().invoke(main.get_command(None, "municipalities"), ["import"], obj=deployment)
    assert "10773 municipalities and 400 districts" in result.output
    with client.registry.sessions() as session:
        slugs = session.scalars(select(Municipality.slug)).all()
    assert len(set(slugs)) == len(slugs) == 10773 + 400 - 106


def test_unreadable_file_is_explained(deployment: Deployment, tmp_path: Path) -> None:
    path = tmp_path / "falsch.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    result = CliRunner().invoke(main.get_command(None, "municipalities"), ["import", str(path)], obj=deployment)
    assert result.exit_code == 1
    assert "Line 2 of the register cannot be read" in result.output
