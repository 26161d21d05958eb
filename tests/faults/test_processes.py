"""kill -9, a database that goes away, a port that is taken: nothing acknowledged is lost, and everything comes back."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fdplattform.db import make_engine, session_factory
from fdplattform.jobs.mail import send_mail
from fdplattform.jobs.models import Job, JobState
from fdplattform.testing import databases
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
    """A migrated deployment whose processes a test may kill."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.ini = write_ini(folder, url)
        self.engine = make_engine(url)
        self.sessions = session_factory(self.engine)
        self.port = free_port()
        self._started: list[subprocess.Popen[bytes]] = []
        run_command(self.ini, "db", "upgrade")

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command that stays."""
        process = subprocess.Popen(command(self.ini, *arguments), env=environment(), stdout=subprocess.DEVNULL)
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


@pytest.fixture
def platform(backend: str, tmp_path: Path) -> Iterator[Platform]:
    with databases.database(backend, tmp_path) as url:
        platform = Platform(tmp_path, url)
        yield platform
        platform.close()


def test_mail_outlives_a_killed_worker(platform: Platform) -> None:
    with platform.sessions.begin() as session:
        for number in range(30):
            send_mail(session, f"p{number}@example.org", "x", "y", dedup_key=f"mail-{number}")
    first = platform.start("worker")
    eventually(lambda: len(platform.mail()) >= 1)
    first.kill()
    first.wait(PATIENCE)
    # What the dead worker held is taken over when its lease has ended; here the test ends it.
    with platform.sessions.begin() as session:
        for job in session.query(Job).filter_by(state=JobState.RUNNING):
            job.lease_until = job.created_at
    platform.start("worker")
    eventually(lambda: {job.state for job in platform.jobs()} == {JobState.DONE})
    assert len(platform.mail()) == 30
    assert not list((platform.folder / "var" / "mail").glob("*.part"))


def test_a_stopped_worker_leaves_no_job_running(platform: Platform) -> None:
    with platform.sessions.begin() as session:
        for number in range(200):
            send_mail(session, f"p{number}@example.org", "x", "y", dedup_key=f"mail-{number}")
    worker = platform.start("worker")
    eventually(lambda: len(platform.mail()) >= 5)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 0
    states = [job.state for job in platform.jobs()]
    assert JobState.RUNNING not in states
    assert states.count(JobState.DONE) == len(platform.mail())


def test_a_killed_process_is_started_again(platform: Platform) -> None:
    server = platform.run("--processes", "2", "--worker")
    eventually(lambda: len(children(server)) == 3)
    before = children(server)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(children(server) - before) == 3)
    eventually(lambda: platform.health() is not None)
    with platform.sessions.begin() as session:
        send_mail(session, "a@example.org", "x", "y")
    eventually(lambda: len(platform.mail()) == 1)


def test_nobody_is_left_when_the_parent_is_killed(platform: Platform) -> None:
    server = platform.run("--processes", "2", "--worker")
    eventually(lambda: len(children(server)) == 3)
    orphans = children(server)
    server.kill()
    server.wait(PATIENCE)
    eventually(lambda: not any(map(alive, orphans)))
    platform.run()


def test_a_stop_ends_everything(platform: Platform) -> None:
    server = platform.run("--worker")
    running = children(server)
    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE) == 0
    assert not any(map(alive, running))


def test_a_taken_port_is_named(platform: Platform) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", platform.port))
        taken.listen()
        done = run_command(platform.ini, "run", "--port", str(platform.port), status=1)
    assert f"port {platform.port}" in done.stderr


def test_a_locked_database_is_waited_for(tmp_path: Path) -> None:
    """SQLite only: somebody holds the write lock for a while, as a backup tool may."""
    platform = Platform(tmp_path, f"sqlite:///{tmp_path / 'db.sqlite'}")
    try:
        with platform.sessions.begin() as session:
            send_mail(session, "a@example.org", "x", "y")
        with closing(sqlite3.connect(tmp_path / "db.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            platform.start("worker")
            # Longer than the worker waits for the lock, so that its statements fail.
            time.sleep(15)
            other.execute("ROLLBACK")
        eventually(lambda: len(platform.mail()) == 1)
    finally:
        platform.close()
