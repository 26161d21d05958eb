"""The worker: one thread for each lane, one for the clockwork, one that keeps the leases and shows that it lives.

The work itself happens outside any transaction of the worker's. A stop lets each thread finish the job it has.
"""

import logging
import os
import secrets
import socket
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import partial

from pyramid.registry import Registry

from fdplattform.db import begin_immediate, utcnow
from fdplattform.db.sql import insert_for
from fdplattform.jobs import periodic, queue
from fdplattform.jobs.models import WorkerHeartbeat
from fdplattform.jobs.queue import Claim
from fdplattform.jobs.registry import GiveUp, JobContext, JobKind, JobRegistry
from fdplattform.jobs.services import LANES
from fdplattform.security.readonly import is_read_only

log = logging.getLogger(__name__)

#: Seconds between two looks into an empty outbox.
IDLE = 1.0
#: Seconds between two signs of life; a lease lasts several of them.
HEARTBEAT = 10.0
#: Seconds between two looks at the clockwork.
CLOCKWORK = 20.0


class Worker:
    """Does the jobs of a deployment. Many workers on many hosts may share one database."""

    def __init__(self, registry: Registry, clock: Callable[[], datetime] = utcnow) -> None:
        self.registry = registry
        self.clock = clock
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.started_at = clock()
        self._jobs: JobRegistry = registry.jobs
        self._held: dict[str, Claim] = {}
        self._stop = threading.Event()
        self._idle = threading.Event()

    def run(self) -> None:
        """Work until `stop` is called, from a signal handler for instance."""
        working = [self._thread(f"lane-{lane}", partial(self.work_once, lane), IDLE, self._stop) for lane in LANES]
        working.append(self._thread("clockwork", self.tick, CLOCKWORK, self._stop))
        # Outlives the others: the last jobs still need their leases.
        heartbeat = self._thread("heartbeat", self.beat, HEARTBEAT, self._idle)
        for thread in (*working, heartbeat):
            thread.start()
        _wait_for(working)
        self._idle.set()
        _wait_for([heartbeat])
        log.info("worker %s stopped", self.name)

    def stop(self) -> None:
        """Take no further job; `run` returns when the current ones are done."""
        self._stop.set()

    def work_once(self, lane: str) -> bool:
        """Do the next due job of `lane`. False when there is none, or nothing may be changed now."""
        sessions = self.registry.sessions
        if self._paused():
            return False
        held = queue.claim(sessions, lane, self.name, self.clock())
        if held is None:
            return False
        self._held[lane] = held
        try:
            self._do(held)
        finally:
            self._held.pop(lane, None)
        return True

    def drain(self) -> None:
        """Do everything that is due, then return: for tests and for a single run."""
        self.tick()
        for lane in LANES:
            while self.work_once(lane):
                pass

    def tick(self) -> bool:
        """Do the periodic work that is due, unless nothing may be changed now."""
        if not self._paused():
            periodic.run_due(self.registry, self.clock())
        return False

    def beat(self) -> bool:
        """Keep the leases and show that this worker lives."""
        now = self.clock()
        queue.keep(self.registry.sessions, list(self._held.values()), now)
        with self.registry.sessions.begin() as session:
            begin_immediate(session)
            alive = insert_for(session, WorkerHeartbeat).values(
                worker=self.name, started_at=self.started_at, seen_at=now
            )
            session.execute(alive.on_conflict_do_update(index_elements=["worker"], set_={"seen_at": now}))
        return False

    def _paused(self) -> bool:
        """True during an upgrade: what is due waits. Work that was begun before is finished."""
        with self.registry.sessions() as session:
            return is_read_only(session)

    def _do(self, held: Claim) -> None:
        sessions = self.registry.sessions
        kind = self._jobs.kinds.get(held.kind)
        context = JobContext(
            registry=self.registry, now=self.clock(), key=held.key, job_id=held.id, attempt=held.attempt
        )
        try:
            self._call(kind, context, held)
        except GiveUp as error:
            log.error("job %s (%s) failed for good: %s", held.id, held.kind, error)
            mine = queue.give_up(sessions, held, str(error), self.clock())
        except Exception as error:
            mine = self._failed(kind, held, error)
        else:
            mine = queue.finish(sessions, held, self.clock())
        if not mine:
            log.warning("job %s (%s) took so long that another worker has it", held.id, held.kind)

    def _call(self, kind: JobKind | None, context: JobContext, held: Claim) -> None:
        if kind is None:
            # Its plugin may be switched on again.
            raise LookupError(f"nobody here does jobs of kind {held.kind}")
        if held.attempt > kind.attempts:
            raise GiveUp(f"every one of {kind.attempts} attempts ended with the worker's death")
        kind.handler(context, held.payload)

    def _failed(self, kind: JobKind | None, held: Claim, error: Exception) -> bool:
        text = "".join(traceback.format_exception(error))
        now = self.clock()
        if kind is not None and held.attempt >= kind.attempts:
            log.error("job %s (%s) failed %s times, given up", held.id, held.kind, held.attempt, exc_info=error)
            return queue.give_up(self.registry.sessions, held, text, now)
        log.warning("job %s (%s) failed, attempt %s: %s", held.id, held.kind, held.attempt, error)
        return queue.put_back(self.registry.sessions, held, text, now)

    def _thread(self, name: str, step: Callable[[], bool], rest: float, until: threading.Event) -> threading.Thread:
        return threading.Thread(target=_loop, name=name, args=(step, rest, until))


def _loop(step: Callable[[], bool], rest: float, until: threading.Event) -> None:
    """Call `step` until the event: again at once while it returns True, otherwise after `rest` seconds."""
    while not until.is_set():
        try:
            busy = step()
        except Exception:
            # The database may be gone for a minute; a thread that died would never come back.
            log.exception("%s failed, tries again", threading.current_thread().name)
            busy = False
        if not busy:
            until.wait(rest)


def _wait_for(threads: list[threading.Thread]) -> None:
    for thread in threads:
        # A join without a timeout would keep signals from being handled.
        while thread.is_alive():
            thread.join(0.5)
