"""Whose fault was it? A plugin that fails while a page is made is named on the error page; the rest goes on."""

from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response

from fdplattform.plugins.registry import Plugins

View = Callable[[Any, Request], Response]


_VIEW = "fdplattform.view"


def plugin_at_fault(request: Request, error: BaseException) -> str | None:
    """The id of the plugin whose view was asked, or whose code (a guard, a form, a model) the error passed through."""
    plugins: Plugins = request.registry.plugins
    for module in (*_modules(error.__traceback__), request.environ.get(_VIEW, "")):
        plugin = plugins.plugin_of_module(module)
        if plugin is not None:
            return plugin.id
    return None


def note_module(request: Request, module: str) -> None:
    """Remember that what follows is the affair of `module`, e.g. of the package whose template is rendered."""
    request.environ[_VIEW] = module


def note_view(view: View, info: Any) -> View:
    """View deriver: remember whose view was asked. An error in a plugin's template passes through none of its code."""
    module = _module_of(info.original_view)
    if module.partition(".")[0] in {"fdplattform", "pyramid"}:
        return view

    def noted(context: Any, request: Request) -> Response:
        note_module(request, module)
        return view(context, request)

    return noted


def _module_of(view: Any) -> str:
    while isinstance(view, partial):
        view = view.func
    return str(getattr(view, "__module__", "") or type(view).__module__)


def _modules(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        yield str(trace.tb_frame.f_globals.get("__name__", ""))
        trace = trace.tb_next


def includeme(config: Configurator) -> None:
    config.registry.plugin_at_fault = plugin_at_fault
    config.add_view_deriver(note_view, name="fdplattform_note_view")
