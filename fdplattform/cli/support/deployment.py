"""What the commands work on: the deployment that an ini file describes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import plaster
from pyramid.registry import Registry
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.db import begin_immediate
from fdplattform.settings import BadSetting, Settings, read_settings


class Deployment:
    """The deployment of one ini file; read and put together only as far as a command needs it."""

    def __init__(self, ini: str) -> None:
        self.ini = ini

    @cached_property
    def settings(self) -> Settings:
        """The settings. Ends the command with a clear message when they cannot be read."""
        try:
            return self.read_settings()
        except BadSetting as error:
            raise click.ClickException(f"{self.ini}: {error}") from error

    def read_settings(self) -> Settings:
        """The settings of the ini file, each overridden by its variable, `FDPLATTFORM_<NAME>`. Raises BadSetting."""
        return read_settings({**self._loader().get_wsgi_app_settings("main"), **_from_environment()})

    def answer_on(self, port: int) -> None:
        """On one's own machine the address that people use follows the port. Before the application is made."""
        address = urlsplit(self.settings.base_url)
        if address.hostname == "localhost":
            self.settings = replace(self.settings, base_url=f"{address.scheme}://localhost:{port}")

    @cached_property
    def app(self) -> Router:
        """The application. Ends the command with one sentence when, in strict mode, a plugin cannot be used."""
        prepare_environment(self.settings)
        from fdplattform.config import make_app
        from fdplattform.plugins.loader import PluginFault

        try:
            return make_app(self.settings)
        except PluginFault as fault:
            raise click.ClickException(str(fault)) from fault

    @property
    def registry(self) -> Registry:
        """The registry of the application."""
        return self.app.registry

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that may write; committed at the end of the block."""
        with self.registry.sessions.begin() as session:
            begin_immediate(session)
            yield session

    def set_up_logging(self) -> None:
        """Logging as the ini file says."""
        self._loader().setup_logging()

    def _loader(self) -> Any:
        path = Path(self.ini)
        if not path.is_file():
            raise BadSetting("this file does not exist; name the ini file with --config or FDPLATTFORM_INI")
        return plaster.get_loader(f"file+ini://{path.absolute()}", protocols=["wsgi"])


pass_deployment = click.make_pass_decorator(Deployment)


def prepare_environment(settings: Settings) -> None:
    """Set what libraries read from the environment while they are imported: where caches and counters are kept."""
    for variable, folder in (("CHAMELEON_CACHE", "templates"), ("PROMETHEUS_MULTIPROC_DIR", "metrics")):
        if variable not in os.environ:
            path = settings.var.absolute() / folder
            path.mkdir(parents=True, exist_ok=True)
            os.environ[variable] = str(path)


def _from_environment() -> dict[str, str]:
    """Secrets, and what differs between hosts, need not lie in a file. Other variables with our prefix are not ours."""
    names = {f"FDPLATTFORM_{item.name.upper()}": f"fdplattform.{item.name}" for item in fields(Settings)}
    return {names[variable]: value for variable, value in os.environ.items() if variable in names}
