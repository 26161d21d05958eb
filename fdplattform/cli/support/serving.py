"""Serve the application with waitress, in one process."""

import logging
import signal
import socket
import sys
from importlib.resources import files
from pathlib import Path
from types import FrameType

import waitress
from pyramid.path import AssetResolver
from pyramid.registry import Registry
from pyramid.renderers import get_renderer
from pyramid.router import Router

log = logging.getLogger(__name__)

#: What was measured to keep a server alive under a town's load; waitress' defaults stall at 100 connections.
WAITRESS = {
    "asyncore_use_poll": True,
    "connection_limit": 2000,
    # More threads only quarrel about the interpreter while one of them holds a lock of the database.
    "threads": 4,
    # Views have their own, smaller limits; this one only bounds what waitress buffers.
    "max_request_body_size": 64 * 1024 * 1024,
    "ident": None,
    # A slow reader must not hold more than this in memory.
    "outbuf_overflow": 1024 * 1024,
}

#: Seconds after which a thread lets the others run. Who registers holds the lock of a date and comes back from the
#: database a dozen times: with Python's 5 ms each time the whole queue waits for a page that is being rendered.
SWITCH_INTERVAL = 0.0005


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, for one process or to be shared by several. Raises OSError when the port is taken."""
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen(1024)
    listener.setblocking(False)
    return listener


def serve(app: Router, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; requests that are being answered are answered."""
    app.registry.engine.dispose(close=False)  # connections opened before a fork belong to the parent
    sys.setswitchinterval(SWITCH_INTERVAL)
    server = waitress.create_server(app, sockets=[listener], **WAITRESS)
    signal.signal(signal.SIGTERM, _stop)
    server.run()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def compile_templates(registry: Registry) -> int:
    """Compile every page template, so that the first visitors do not wait for it. Returns their number.

    Besides the core's own, the templates beside those that any view names are compiled: a plugin's.
    """
    specs = set()
    for package, folder in _template_folders(registry):
        for path in sorted(folder.rglob("*.pt")):
            specs.add(f"{package}:{path.relative_to(folder).as_posix()}")
    for spec in specs:
        get_renderer(spec, registry=registry).template.cook_check()
    return len(specs) + _compile_widgets(registry)


def _compile_widgets(registry: Registry) -> int:
    """Deform keeps the templates of forms apart from Pyramid's."""
    names = [path.stem for path in (Path(str(files("fdplattform.templates"))) / "forms").glob("*.pt")]
    for name in names:
        registry.form_renderer.load(name).cook_check()
    return len(names)


def _template_folders(registry: Registry) -> list[tuple[str, Path]]:
    resolver = AssetResolver()
    packages = {"fdplattform.templates"}
    for item in registry.introspector.get_category("templates", default=()):
        package, colon, _path = str(item["introspectable"].get("name", "")).partition(":")
        if colon:
            packages.add(package)
    return [(package, Path(resolver.resolve(f"{package}:").abspath())) for package in sorted(packages)]
