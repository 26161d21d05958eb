"""A real server process for tests: `python -m fdplattform.testing.server '<settings as JSON>'` prints its address."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import EntryPoint

from fdplattform.cli.support.serving import compile_templates, listen, serve
from fdplattform.config import make_app
from fdplattform.plugins.loader import GROUP, installed
from fdplattform.settings import Settings, read_settings

PROBE = EntryPoint(name="probe", value="fdplattform.testing.probe", group=GROUP)


@contextmanager
def running_servers(settings: Settings, number: int) -> Iterator[list[str]]:
    """`number` servers, each in a process of its own, on a migrated database. Yields their addresses."""
    with ExitStack() as stack:
        # All start at the same time; each stops when the block is left.
        processes = [stack.enter_context(server_process(settings)) for _number in range(number)]
        yield [address_of(process) for process in processes]


@contextmanager
def server_process(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A server that a test may kill; it stops when the block is left."""
    command = [sys.executable, "-W", "ignore", "-m", "fdplattform.testing.server", json.dumps(_raw(settings))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def address_of(process: subprocess.Popen[str]) -> str:
    """Where the server is reached. Raises RuntimeError when it did not start."""
    address = process.stdout.readline().strip() if process.stdout else ""
    if not address:
        raise RuntimeError("the server did not start; its complaint stands above")
    return address


def _raw(settings: Settings) -> dict[str, str]:
    values = {
        name: " ".join(value) if isinstance(value, tuple) else str(value) for name, value in vars(settings).items()
    }
    return {f"fdplattform.{name}": value for name, value in values.items()}


def main(settings_as_json: str) -> None:
    """Serve until terminated."""
    app = make_app(read_settings(json.loads(settings_as_json)), [*installed(), PROBE])
    compile_templates(app.registry)
    listener = listen("127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    serve(app, listener)


if __name__ == "__main__":
    main(sys.argv[1])
