"""People who send a form to a real server, many of them at the same moment if need be."""

from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from threading import Barrier
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup


@dataclass
class Visitor:
    """A browser that has the form open and is about to send it."""

    address: str
    path: str
    cookies: str
    fields: list[tuple[str, str]]

    def send(self, start: Barrier | None = None) -> tuple[int, str]:
        """Send, together with all who wait at `start`. Returns the status and the path to which it leads.

        Raises OSError or HTTPException when the server is gone.
        """
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(self.fields)
        if start is not None:
            start.wait()
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=120)
        connection.request("POST", self.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, urlsplit(answer.headers.get("Location", "")).path


def open_form(address: str, path: str, **values: str) -> Visitor:
    """A visitor who has filled in the form with `values`."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    html = BeautifulSoup(answer.read(), "html.parser")
    cookies = SimpleCookie(", ".join(answer.headers.get_all("Set-Cookie") or []))
    connection.close()
    assert answer.status == 200
    controls = html.select("#form :is(input, select, textarea)")
    named = [(str(tag["name"]), str(tag.get("value") or "")) for tag in controls]
    fields = [(name, values.get(name, value)) for name, value in named]
    return Visitor(address, path, "; ".join(f"{name}={item.value}" for name, item in cookies.items()), fields)
