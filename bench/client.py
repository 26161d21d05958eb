"""A browser that costs little: HTTP/1.1 over one kept connection, with cookies, for asyncio."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlencode


class Unexpected(AssertionError):
    """An answer that is not what the measurement is about: then there is nothing to measure."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """The first header called `name` (lower case), or an empty text."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass
class Browser:
    """One visitor."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, expect: int = 200) -> Answer:
        """Open a page. Raises Unexpected."""
        return await self._send("GET", path, b"", expect)

    async def post(self, path: str, values: list[tuple[str, str]], expect: int = 303) -> Answer:
        """Send a form. Raises Unexpected."""
        return await self._send("POST", path, urlencode(values).encode(), expect)

    async def close(self) -> None:
        """Leave."""
        if self._streams:
            self._streams[1].close()
            await self._streams[1].wait_closed()

    async def _send(self, method: str, path: str, body: bytes, expect: int) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        writer.write(self._head(method, path, body) + body)
        answer = await _read(reader)
        for key, value in answer.headers:
            if key == "set-cookie":
                name, _equals, rest = value.partition("=")
                self.cookies[name] = rest.partition(";")[0]
        if answer.status != expect:
            raise Unexpected(f"{method} {path}: {answer.status} instead of {expect}\n{answer.body[:2000].decode()}")
        return answer

    def _head(self, method: str, path: str, body: bytes) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Accept-Language: de"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return ("\r\n".join([*lines, "", ""])).encode()


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = []
    for line in head[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers.append((name.lower(), value.strip()))
    length = int(next((value for name, value in headers if name == "content-length"), "0"))
    return Answer(int(head[0].split(" ")[1]), headers, await reader.readexactly(length))
