"""The doctor finds what is wrong and says how to mend it."""

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyramid.router import Router
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from fdplattform.jobs.models import Job, JobState
from fdplattform.jobs.worker import Worker
from fdplattform.ops import checks
from fdplattform.ops.doctor import Finding, Level, error, examine
from fdplattform.testing.clock import Clock


@pytest.fixture
def change(app: Router, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run with other settings."""

    def apply(**settings: object) -> None:
        monkeypatch.setattr(app.registry, "fdp", replace(app.registry.fdp, **settings))

    return apply


def look(app: Router, name: str) -> list[Finding]:
    return [finding for check, finding in examine(app.registry) if check == name]


def levels(findings: list[Finding]) -> set[Level]:
    return {finding.level for finding in findings}


def test_a_good_deployment_has_no_error(app: Router, clock: Clock) -> None:
    Worker(app.registry, clock).beat()
    for name in ("settings", "folder", "database", "clock", "worker", "mail", "documents"):
        assert levels(look(app, name)) == {Level.OK}, name


def test_every_complaint_says_how_to_mend_it(app: Router, change: Callable[..., None]) -> None:
    change(base_url="http://dialog.example.org", secret="x" * 40, time_zone="Europe/Nirgends", smtp="127.0.0.1:1")
    complaints = [finding for _name, finding in examine(app.registry) if finding.level is not Level.OK]
    assert len(complaints) >= 4
    assert all(finding.mend for finding in complaints)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"base_url": "https://dialog.example.org", "secure_cookies": False}, "cookies"),
        ({"base_url": "http://dialog.example.org"}, "not encrypted"),
        ({"base_url": "http://localhost:1", "secure_cookies": True}, "nobody can sign in"),
        ({"base_url": "https://dialog.example.org", "secure_cookies": True, "secret": "ab" * 20}, "guessed"),
        (
            {"base_url": "https://x.org", "secret": "development only, never use this on a real site"},
            "published one",
        ),
    ],
)
def test_unsafe_settings(app: Router, change: Callable[..., None], changes: dict[str, object], words: str) -> None:
    change(**changes)
    errors = [finding.message for finding in look(app, "settings") if finding.level is Level.ERROR]
    assert any(words in message for message in errors)


def test_a_folder_that_cannot_be_used(app: Router, change: Callable[..., None], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    change(var=blocked / "var")
    assert levels(look(app, "folder")) == {Level.ERROR}


def test_a_disk_that_is_nearly_full(app: Router, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MINIMUM_FREE", 2**62)
    assert Level.WARNING in levels(look(app, "folder"))


def test_a_database_that_is_behind(app: Router, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version_core SET version_num = 'old' || version_num"))
    try:
        errors = [finding for finding in look(app, "database") if finding.level is Level.ERROR]
        assert [finding.mend for finding in errors] == ["fdplattform db upgrade"]
    finally:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version_core SET version_num = substr(version_num, 4)"))


def test_a_silent_worker_and_failed_jobs(app: Router, session: Session, clock: Clock) -> None:
    now = clock()
    session.add(Job(kind="test:kind", payload={}, lane="short", state=JobState.FAILED, run_at=now, created_at=now))
    session.commit()
    messages = " ".join(finding.message for finding in look(app, "worker"))
    assert "no worker was ever seen" in messages
    assert "1 jobs were given up" in messages


def test_a_dead_mail_server(app: Router, change: Callable[..., None]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    change(smtp=f"127.0.0.1:{port}")
    assert levels(look(app, "mail")) == {Level.ERROR}


def test_mail_that_nobody_gets(app: Router, change: Callable[..., None]) -> None:
    change(base_url="https://dialog.example.org")
    assert levels(look(app, "mail")) == {Level.WARNING}


def test_a_room_adds_a_check_and_a_broken_one_stops_nothing(app: Router, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_registry: object) -> list[Finding]:
        raise RuntimeError("no idea")

    mine = {"broken": broken, "mine": lambda _registry: [error("legal text missing", "write it")]}
    monkeypatch.setattr(app.registry, "doctor_checks", mine)
    found = list(examine(app.registry))
    assert [(name, finding.level) for name, finding in found] == [("broken", Level.ERROR), ("mine", Level.ERROR)]
    assert "no idea" in found[0][1].message
