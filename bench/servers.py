"""Real servers in processes of their own: how soon they answer, what they cost, how large they are."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PATIENCE = 60.0

INI = """
[app:main]
use = egg:fdplattform
fdplattform.database_url = {url}
fdplattform.secret = for the bench only, for the bench only, for it
fdplattform.var = {folder}/var
fdplattform.base_url = http://localhost:{port}
fdplattform.secure_cookies = false
fdplattform.limit_registration = 100000000

[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = ERROR
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(levelname)s %(name)s: %(message)s
"""


@dataclass(frozen=True)
class Server:
    """Running processes that answer on one port."""

    port: int
    process: psutil.Process
    #: Seconds from the command to the first answer.
    start: float

    def _family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def cpu(self) -> float:
        """Seconds of CPU that its processes have used so far."""
        return float(sum(sum(each.cpu_times()[:2]) for each in self._family()))

    def largest(self) -> float:
        """Resident memory of the largest process, in MB."""
        return float(max(each.memory_info().rss for each in self._family()) / 1e6)


@contextmanager
def platform(url: str, folder: Path) -> Iterator[Server]:
    """`fdplattform run` with two processes on a migrated database."""
    port = free_port()
    ini = folder / f"{port}.ini"
    ini.write_text(INI.format(url=url.replace("%", "%%"), folder=folder, port=port))
    with _running([sys.executable, "-m", "fdplattform.cli", "-c", str(ini), *_RUN, str(port)], port) as server:
        yield server


_RUN = ("run", "--processes", "2", "--port")


@contextmanager
def minimal(url: str, folder: Path) -> Iterator[Server]:
    """The yardstick, with two processes as well."""
    port = free_port()
    with _running([sys.executable, "-m", "bench.minimal", str(port), url, str(folder)], port) as server:
        yield server


@contextmanager
def _running(command: list[str], port: int) -> Iterator[Server]:
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _first_answer(port, process)
            yield Server(port, psutil.Process(process.pid), time.monotonic() - begun)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _first_answer(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise RuntimeError(f"the server on port {port} did not answer; its complaint stands above")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
