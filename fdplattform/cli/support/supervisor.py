"""Keep several processes alive: those that answer requests, and the worker."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

log = logging.getLogger(__name__)

#: Seconds that the processes have to finish what they are doing.
PATIENCE = 60.0
#: A process that dies younger than this is started again only after a rest as long.
YOUNG = 2.0


@dataclass
class Supervisor:
    """Forks one process for each of `mains`, and forks it again when it dies. Nothing is loaded twice."""

    mains: dict[str, Callable[[], None]]
    _running: dict[int, tuple[str, float]] = field(default_factory=dict)
    _stopping: bool = False

    def run(self) -> None:
        """Keep the processes running until SIGTERM or SIGINT; then stop them, and kill those that do not stop."""
        # Whoever holds the reading end sees the parent's death, however sudden, as an end of file.
        self._reader, self._writer = os.pipe()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for name in self.mains:
            self._fork(name)
        while self._running:
            self._wait()

    def _fork(self, name: str) -> None:
        pid = os.fork()
        if pid == 0:
            self._child(name)
        self._running[pid] = (name, time.monotonic())

    def _child(self, name: str) -> NoReturn:
        status = 1
        try:
            os.close(self._writer)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the parent passes on a SIGTERM
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            threading.Thread(target=_follow, args=(self._reader,), daemon=True).start()
            self.mains[name]()
            status = 0
        except SystemExit:
            status = 0
        except BaseException:
            log.exception("process %s failed", name)
        finally:
            logging.shutdown()
            os._exit(status)

    def _wait(self) -> None:
        pid, status = os.wait()
        name, since = self._running.pop(pid, ("", 0.0))
        if not name or self._stopping:
            return
        log.error("process %s (%s) ended with status %s, it is started again", name, pid, status)
        if time.monotonic() - since < YOUNG:
            time.sleep(YOUNG)
        if not self._stopping:
            self._fork(name)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        self._signal(signal.SIGTERM)
        signal.signal(signal.SIGALRM, lambda *_args: self._signal(signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)

    def _signal(self, number: signal.Signals) -> None:
        for pid in self._running:
            os.kill(pid, number)


def _follow(reader: int) -> None:
    """End this process when its parent is gone."""
    os.read(reader, 1)
    os.kill(os.getpid(), signal.SIGTERM)
