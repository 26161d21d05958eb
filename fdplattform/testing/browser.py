"""A real browser for tests: Chromium through Playwright, and axe for accessibility."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pyramid.router import Router
from waitress.server import create_server

from fdplattform.testing.client import close_uploads

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: The rules of WCAG 2.2 at level AA, which BITV 2.0 asks for.
AXE_OPTIONS = {
    # Nobody reads what is right; to describe it takes as long as to find it.
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}


def browser_path() -> str:
    """Where Chromium is. Raises RuntimeError when there is none: a missing browser must not pass as a success."""
    path = os.environ.get("FDP_TEST_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise RuntimeError("no Chromium found: install it, or name it in FDP_TEST_BROWSER")
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(router: Router) -> Iterator[str]:
    """The address of a server for `router`, in a thread of this process."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        answer = router(environ, start_response)
        try:
            yield from answer
        finally:
            if hasattr(answer, "close"):
                answer.close()
            close_uploads(environ)

    server = create_server(application, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(timeout=10)


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds wrong with the page: rule and element."""
    results: Any = Axe().run(page, options=AXE_OPTIONS)
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


def overflows(page: Page) -> bool:
    """True when the page is wider than the screen, so that one would have to scroll sideways."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide
