"""kill -9, a database that goes away, a port that is taken: nothing acknowledged is lost, and everything comes back."""

import os
import signal
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from fdplattform.jobs.mail import send_mail
from fdplattform.jobs.models import Job, JobState
from fdplattform.testing.platform import PATIENCE, Platform, alive, children, eventually
from fdplattform.testing.shell import run_command


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
