"""The commands, as an admin types them."""

import importlib
import pkgutil
import sqlite3
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fdplattform import cli
from fdplattform.cli import main
from fdplattform.cli.support.deployment import Deployment
from fdplattform.settings import BadSetting
from fdplattform.testing.shell import Command, run_command, write_ini


def test_help_names_every_command() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    names = [module.name for module in pkgutil.iter_modules(cli.__path__) if not module.ispkg]
    commands = [name for name in names if not name.startswith("_")]
    assert {"run", "worker", "db", "doctor", "backup", "restore", "jobs"} <= set(commands)
    for name in commands:
        assert isinstance(importlib.import_module(f"fdplattform.cli.{name}").command, click.Command)
        assert f"  {name.replace('_', '-')} " in shown


def test_an_ini_file_that_is_missing_or_wrong_is_named(tmp_path: Path) -> None:
    missing = CliRunner().invoke(main, ["-c", str(tmp_path / "none.ini"), "jobs", "status"])
    assert missing.exit_code == 1
    assert "does not exist" in missing.output
    wrong = tmp_path / "wrong.ini"
    wrong.write_text("[app:main]\nuse = egg:fdplattform\nfdplattform.databse_url = x\n")
    result = CliRunner().invoke(main, ["-c", str(wrong), "jobs", "status"])
    assert result.exit_code == 1
    assert "unknown setting fdplattform.databse_url" in result.output
    assert CliRunner().invoke(main, ["-c", str(wrong), "doctor"]).exit_code == 1


def test_from_an_empty_database_to_a_healthy_one(fdplattform: Command) -> None:
    assert "doctor" in fdplattform("jobs", "status", status=1).stderr
    assert "core: empty" in fdplattform("db", "status", status=1).stdout
    assert "fdplattform db upgrade" in fdplattform("run", "--port", "1", status=1).stderr
    assert "→ fdplattform db upgrade" in fdplattform("doctor", status=1).stdout
    fdplattform("db", "upgrade")
    fdplattform("db", "upgrade")
    fdplattform("db", "status")
    assert "agree" in fdplattform("db", "check").stdout
    fdplattform("worker", "--once")
    assert "short: 0 due" in fdplattform("jobs", "status").stdout
    assert "no failed job" in fdplattform("jobs", "retry", "1", status=1).stderr


def test_backup_and_restore(fdplattform: Command, ini: Path, tmp_path: Path) -> None:
    fdplattform("db", "upgrade")
    fdplattform("worker", "--once")
    path = tmp_path / "backup.tar.gz"
    assert "rows of" in fdplattform("backup", str(path)).stdout
    other = tmp_path / "other"
    other.mkdir()
    target = other / "other.ini"
    text = ini.read_text()
    line = next(line for line in text.splitlines() if "database_url" in line)
    target.write_text(text.replace(line, f"fdplattform.database_url = sqlite:///{other / 'db.sqlite'}"))
    assert "retention runs" in run_command(target, "restore", str(path)).stdout
    run_command(target, "db", "status")
    with closing(sqlite3.connect(other / "db.sqlite")) as database:
        # So that retention is due again, and done before the port opens.
        assert database.execute("SELECT count(*) FROM periodic_run").fetchone() == (0,)
    path.write_bytes(path.read_bytes()[:-50])
    assert "no complete backup" in run_command(target, "restore", str(path), "--replace", status=1).stderr
    run_command(target, "db", "status")


@pytest.mark.parametrize("arguments", [["run", "--processes", "0"], ["restore", "missing.tar.gz"], ["nonsense"]])
def test_wrong_arguments_are_refused(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_the_environment_overrides_the_ini_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ini = write_ini(tmp_path, "sqlite:////nowhere.sqlite")
    assert Deployment(str(ini)).read_settings().database_url == "sqlite:////nowhere.sqlite"
    monkeypatch.setenv("FDPLATTFORM_DATABASE_URL", "sqlite:///%2F.sqlite")
    monkeypatch.setenv("FDPLATTFORM_UNHEARD_OF", "x")
    deployment = Deployment(str(ini))
    assert deployment.settings.database_url == "sqlite:///%2F.sqlite"
    deployment.answer_on(7000)
    assert deployment.settings.base_url == "http://localhost:7000"
    monkeypatch.setenv("FDPLATTFORM_BASE_URL", "https://dialog.example.org")
    elsewhere = Deployment(str(ini))
    elsewhere.answer_on(7000)
    assert elsewhere.settings.base_url == "https://dialog.example.org"


def test_the_example_for_production_needs_only_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    example = Deployment("production.ini")
    with pytest.raises(BadSetting, match="secret is missing"):
        example.read_settings()
    monkeypatch.setenv("FDPLATTFORM_SECRET", "x" * 40)
    assert example.read_settings().secure_cookies
    assert not Deployment("development.ini").read_settings().secure_cookies
