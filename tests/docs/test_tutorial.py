"""The tutorial works as it stands: its files are written, its changes applied and its commands run, in their order."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fdplattform.testing.shell import environment

TUTORIAL = Path(__file__).parents[2] / "docs/plugin-api/tutorial.md"
BLOCK = re.compile(r"^```(\w*)(?: (file|append)=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Author:
    """Somebody who follows the tutorial, in `folder`."""

    folder: Path
    site: Path
    done: list[str] = field(default_factory=list)

    def follow(self, kind: str, action: str, target: str, text: str) -> None:
        """Do what one block says."""
        if action:
            path = self.folder / target
            path.write_text((path.read_text() + "\n" if action == "append" else "") + text)
        elif kind == "diff":
            self._call(["git", "apply", "--unidiff-zero", "-"], text)
        elif kind == "console":
            for line in text.splitlines():
                self._command(shlex.split(line.removeprefix("$ ")))

    def _command(self, words: list[str]) -> None:
        match words:
            case ["cd", folder]:
                self.folder /= folder
            case ["pip", "install", "-e", ".[testing]"]:
                self._install()
            case ["pytest", *rest]:
                self._python("pytest", "-q", "-p", "no:cacheprovider", "--backend", "sqlite", *rest)
            case ["fdplattform", *rest]:
                self._python("fdplattform.cli", *rest)
            case _:
                raise AssertionError(f"the tutorial says {words}, which nobody tries")
        self.done.append(" ".join(words))

    def _install(self) -> None:
        """As an editable install does it, but beside the environment: metadata here, code from the folder."""
        self._python("pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-t", self.site, ".")
        for package in self.site.glob("fdp_*/"):
            package.rename(self.site / f"not_{package.name}")

    def _python(self, module: str, *words: object) -> None:
        self._call([sys.executable, "-m", module, *map(str, words)])

    def _call(self, words: list[str], text: str | None = None) -> None:
        path = f"{self.folder}:{self.site}"
        done = subprocess.run(
            words,
            cwd=self.folder,
            input=text,
            capture_output=True,
            text=True,
            timeout=600,
            env=environment(PYTHONPATH=path, GIT_CEILING_DIRECTORIES="/"),
        )
        assert done.returncode == 0, f"{words}\n{text or ''}\n{done.stdout}{done.stderr}"


def blocks() -> Iterator[tuple[str, str, str, str]]:
    return (match.groups(default="") for match in BLOCK.finditer(TUTORIAL.read_text()))


def test_the_tutorial_works(tmp_path: Path) -> None:
    author = Author(tmp_path, tmp_path / "site")
    for block in blocks():
        author.follow(*block)
    assert author.done[0].startswith("fdplattform new-format")
    assert author.done.count("pytest") == 2
    assert len(list((author.folder / "fdp_dorfgespraech/migrations").glob("*_things_to_bring.py"))) == 1


@pytest.mark.parametrize("part", ["guards=(guards.date_ahead(), enough_helpers)", 'id="things"', "PRESS"])
def test_the_tutorial_shows_a_guard_a_list_and_a_permission(part: str) -> None:
    assert any(part in text for kind, _action, _target, text in blocks() if kind == "diff")
