"""A deployment with real processes, which a test may kill."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from fdplattform.db import make_engine, session_factory
from fdplattform.jobs.models import Job
from fdplattform.testing.shell import command, environment, run_command, write_ini

#: Seconds within which something must have happened, on a busy machine.
PATIENCE = 90


def eventually(what: Callable[[], bool]) -> None:
    """Wait until `what` holds; fails after PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


class Platform:
    """A deployment whose processes a test may kill. `migrated`: the database is ready."""

    def __init__(self, folder: Path, url: str, *, migrated: bool = False) -> None:
        self.folder = folder
        self.ini = write_ini(folder, url)
        self.engine = make_engine(url)
        self.sessions = session_factory(self.engine)
        self.port = free_port()
        #: Settings that the processes get besides those of the ini file, e.g. FDPLATTFORM_SMTP.
        self.settings: dict[str, str] = {}
        self._started: list[subprocess.Popen[bytes]] = []
        if not migrated:
            run_command(self.ini, "db", "upgrade")

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command that stays."""
        process = subprocess.Popen(
            command(self.ini, *arguments), env=environment(**self.settings), stdout=subprocess.DEVNULL
        )
        self._started.append(process)
        return process

    def run(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers."""
        process = self.start("run", "--port", str(self.port), *arguments)
        eventually(lambda: self.health() is not None)
        return process

    def health(self) -> dict[str, object] | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/health", timeout=5) as answer:
                facts: dict[str, object] = json.load(answer)
                return facts
        except (OSError, urllib.error.URLError):
            return None

    def jobs(self) -> list[Job]:
        with self.sessions() as session:
            return session.query(Job).order_by(Job.id).all()

    def mail(self) -> list[Path]:
        return sorted((self.folder / "var" / "mail").glob("*.eml"))

    def close(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.wait(PATIENCE)
        self.engine.dispose()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(process: subprocess.Popen[bytes]) -> set[int]:
    """The ids of a process' children."""
    found = subprocess.run(["ps", "--ppid", str(process.pid), "-o", "pid="], capture_output=True, text=True)
    return {int(word) for word in found.stdout.split()}


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
