"""The guide for operators says what is: settings, commands, tables."""

import re
import runpy
from configparser import ConfigParser, RawConfigParser
from dataclasses import MISSING, fields
from pathlib import Path

import click
import pytest

from fdplattform.cli import main
from fdplattform.settings import Settings, read_settings
from fdplattform.tools.codes import REGISTRATION, REPLY, Purpose
from fdplattform.tools.draw.register.views.extract import MAX_BODY

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "betrieb"
PAGES = sorted(GUIDE.glob("*.md"))
UNITS = sorted((GUIDE / "systemd").glob("*.service"))


def shown(default: object) -> str:
    """A default as the table writes it."""
    if default is MISSING:
        return "–"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    text = " ".join(default) if isinstance(default, tuple) else str(default)
    return f"`{text}`" if text else "*(empty)*"


def test_every_setting_is_described_with_its_default() -> None:
    page = (GUIDE / "einstellungen.md").read_text("utf-8")
    described = re.findall(r"^\| `(\w+)` \| (.+?) \| .{10,} \|$", page, re.MULTILINE)
    assert described == [(item.name, shown(item.default)) for item in fields(Settings)]


def test_settings_named_elsewhere_exist() -> None:
    known = {item.name for item in fields(Settings)}
    for page in [*PAGES, *UNITS, GUIDE / "nginx.conf"]:
        text = page.read_text("utf-8")
        named = set(re.findall(r"fdplattform\.([a-z_]+) ?=", text))
        named |= {name.lower() for name in re.findall(r"FDPLATTFORM_([A-Z_]+)", text)} - {"ini"}
        assert named <= known, page.name


def test_the_ini_file_of_the_guide_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = ConfigParser(defaults={"here": "."})
    parser.read(ROOT / "production.ini", "utf-8")
    settings = read_settings({**parser["app:main"], "fdplattform.secret": "x" * 32})
    assert settings.base_url.startswith("https://")
    assert settings.secure_cookies
    assert settings.trusted_proxies == 1


def commands(line: str) -> list[list[str]]:
    """What a line tells to run: the words after `fdplattform`, where that is the program and not the user."""
    found = re.findall(r"(?:^|bin/|\w=\S+ )fdplattform((?: --?[\w-]+| [\w.-]+)+)", line)
    return [words.split() for words in found]


def check_command(words: list[str]) -> None:
    """Fails when there is no such command, or when it has no such option."""
    here: click.Command = main
    for word in words:
        if word.startswith("--"):
            options = {option for param in here.params for option in param.opts}
            assert word in options, f"{here.name} has no {word}"
        elif isinstance(here, click.Group):
            step = here.get_command(click.Context(here), word)
            assert step is not None, f"{here.name} has no command {word}"
            here = step


@pytest.mark.parametrize("page", [*PAGES, *UNITS], ids=lambda page: page.name)
def test_every_command_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    lines = (
        re.findall(r"`([^`\n]+)`", text)
        + fenced(text).splitlines()
        + re.findall(r"^ExecStart=(.*)", text, re.MULTILINE)
    )
    for line in lines:
        for words in commands(line):
            check_command(words)


def test_commands_are_found() -> None:
    found = {
        tuple(words[:2])
        for page in PAGES
        for line in fenced(page.read_text("utf-8")).splitlines()
        for words in commands(line)
    }
    assert {("readonly", "on"), ("db", "upgrade"), ("doctor",), ("user", "reset")} <= found


def fenced(text: str) -> str:
    """The blocks of code of a page."""
    return "\n".join(re.findall(r"```\w*\n(.*?)```", text, re.DOTALL))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_program_as_its_own_user(unit: Path) -> None:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(unit, "utf-8")
    service = parser["Service"]
    assert service["User"] == "fdplattform"
    assert service["ExecStart"].startswith("/opt/fdplattform/bin/fdplattform ")
    assert int(service["TimeoutStopSec"]) >= 30
    assert parser["Install"]["WantedBy"] == "multi-user.target"


def test_nginx_and_the_unit_agree() -> None:
    conf = (GUIDE / "nginx.conf").read_text("utf-8")
    unit = (GUIDE / "systemd" / "fdplattform-web.service").read_text("utf-8")
    (host,), (port,) = re.findall(r"--host (\S+)", unit), re.findall(r"--port (\d+)", unit)
    assert set(re.findall(r"proxy_pass http://(\S+);", conf)) == {f"{host}:{port}"}
    assert "X-Forwarded-For $proxy_add_x_forwarded_for" in conf
    assert conf.count("{") == conf.count("}")


def test_nginx_lets_the_largest_upload_through() -> None:
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", (GUIDE / "nginx.conf").read_text("utf-8"))
    assert int(megabytes) * 1024**2 >= MAX_BODY


@pytest.mark.parametrize("code", [REGISTRATION, REPLY])
def test_nginx_logs_no_code(code: Purpose) -> None:
    (hidden,) = re.findall(r'"~\*(\S+)" 0;', (GUIDE / "nginx.conf").read_text("utf-8"))
    assert re.match(hidden, f"{code.path}/7K3M-Q9XA-02HT/ja")
    assert not re.match(hidden, code.path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_index_names_every_page() -> None:
    index = (GUIDE / "index.md").read_text("utf-8")
    assert {page.name for page in PAGES} - {"index.md"} <= set(re.findall(r"\]\(([\w.-]+)\)", index))


def test_the_table_of_personal_fields_is_what_the_rooms_declare() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "privacy_table.py"))
    page = (GUIDE / "datenschutz.md").read_text("utf-8")
    assert script["with_table"](page) == page, "python scripts/privacy_table.py writes it anew"
