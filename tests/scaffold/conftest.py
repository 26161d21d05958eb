"""A plugin outside the repository, installed as an author does it, without the network."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def run(*words: str | Path, folder: Path, status: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done


@pytest.fixture
def new_format(tmp_path: Path) -> Callable[..., Path]:
    """Write a new format with the command; returns its folder."""

    def write(name: str, *options: str, status: int = 0) -> Path:
        run("-m", "fdplattform.cli", "new-format", name, *options, folder=tmp_path, status=status)
        return tmp_path / name

    return write


@pytest.fixture
def install(tmp_path: Path) -> Callable[[Path], Path]:
    """Build the distribution in a folder and install it into another one, which is returned."""

    def install(folder: Path) -> Path:
        site = tmp_path / "site"
        pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--upgrade")
        run(*pip, "--target", site, folder, folder=tmp_path)
        return site

    return install


@pytest.fixture
def run_tests() -> Callable[[Path, Path], str]:
    """Run the tests of the distribution in `folder` against what is installed in `site`."""

    def run_tests(folder: Path, site: Path) -> str:
        return run(
            "-m", "pytest", "-q", "-p", "no:cacheprovider", "--backend", "sqlite", folder=folder, PYTHONPATH=str(site)
        ).stdout

    return run_tests
