"""A deployment as an admin has it: an ini file and a shell. For tests that must run in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

INI = """\
[app:main]
use = egg:fdplattform
fdplattform.database_url = {url}
fdplattform.secret = for tests only, for tests only, for tests only
fdplattform.var = %(here)s/var
fdplattform.secure_cookies = false
fdplattform.plugins =

[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = WARNING
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(levelname)s %(name)s: %(message)s
"""

Command = Callable[..., subprocess.CompletedProcess[str]]


def write_ini(folder: Path, url: str) -> Path:
    """An ini file for the database at `url`."""
    path = folder / "test.ini"
    path.write_text(INI.format(url=url.replace("%", "%%")))
    return path


#: What commands set for the libraries they load, as it was when the tests began: `make test` names one folder for the
#: compiled templates, so that not every server of every test compiles them anew.
_OF_COMMANDS = {name: os.environ.get(name) for name in ("CHAMELEON_CACHE", "PROMETHEUS_MULTIPROC_DIR")}


def environment(**more: str) -> dict[str, str]:
    """The environment without what another test or process may have set."""
    found = {**os.environ, **_OF_COMMANDS, "PYTHONUNBUFFERED": "1", **more}
    return {name: text for name, text in found.items() if text is not None}


def run_command(ini: Path, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run `fdplattform` to its end. Fails the test when it ends with another status."""
    done = subprocess.run(command(ini, *arguments), capture_output=True, text=True, env=environment(), timeout=120)
    assert done.returncode == status, f"{arguments}: {done.stdout}{done.stderr}"
    return done


def command(ini: Path, *arguments: str) -> list[str]:
    """The words that run `fdplattform` with `arguments`."""
    return [sys.executable, "-m", "fdplattform.cli", "-c", str(ini), *arguments]
