"""Put a server under load, and see what it does in the time and what that costs."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median

from bench.client import Browser
from bench.servers import Server

CLIENTS = 16
WARM_UP = 1.0

#: What a client does again and again.
Operation = Callable[[Browser], Awaitable[None]]


@dataclass(frozen=True)
class Result:
    """What was measured."""

    #: Operations per second.
    rate: float
    #: Milliseconds of the server's CPU for each operation, all its processes together.
    cpu: float


def visit(path: str) -> Operation:
    """Open one page."""

    async def operation(browser: Browser) -> None:
        await browser.get(path)
        # Every reader is a new one.
        browser.cookies.clear()

    return operation


def measure(server: Server, operation: Operation, seconds: float) -> Result:
    """Let CLIENTS do `operation` for so long, after a warm-up that does not count."""
    asyncio.run(_run(server.port, operation, WARM_UP))
    cpu, begun = server.cpu(), time.monotonic()
    done = asyncio.run(_run(server.port, operation, seconds))
    took = time.monotonic() - begun
    return Result(done / took, (server.cpu() - cpu) / done * 1000)


async def _run(port: int, operation: Operation, seconds: float) -> int:
    end = time.monotonic() + seconds
    return sum(await asyncio.gather(*(_client(port, operation, end) for _number in range(CLIENTS))))


async def _client(port: int, operation: Operation, end: float) -> int:
    browser, done = Browser(port), 0
    while time.monotonic() < end:
        await operation(browser)
        done += 1
    await browser.close()
    return done


def alternate(servers: list[Server], path: str, times: int) -> list[float]:
    """The median milliseconds until one visitor has the page, of each server; in turn, so that noise is shared."""
    return asyncio.run(_alternate(servers, path, times))


async def _alternate(servers: list[Server], path: str, times: int) -> list[float]:
    browsers = [Browser(server.port) for server in servers]
    operation = visit(path)
    waits: list[list[float]] = [[] for _server in servers]
    for number in range(times + 10):
        for browser, found in zip(browsers, waits, strict=True):
            begun = time.perf_counter()
            await operation(browser)
            if number >= 10:
                found.append((time.perf_counter() - begun) * 1000)
    for browser in browsers:
        await browser.close()
    return [median(found) for found in waits]
