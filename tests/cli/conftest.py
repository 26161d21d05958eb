"""A deployment of its own for each test."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from fdplattform.testing import databases
from fdplattform.testing.shell import Command, run_command, write_ini


@pytest.fixture
def ini(backend: str, tmp_path: Path) -> Iterator[Path]:
    """The ini file of a deployment with an empty database."""
    with databases.database(backend, tmp_path) as url:
        yield write_ini(tmp_path, url)


@pytest.fixture
def fdplattform(ini: Path) -> Command:
    """Run a command as in a shell: `fdplattform("db", "upgrade")`."""
    return partial(run_command, ini)
