"""What is ready before the port opens."""

import os
from importlib.resources import files
from pathlib import Path

from pyramid.renderers import get_renderer
from pyramid.router import Router

from fdplattform.cli.run import _forget_old_counters
from fdplattform.cli.support.serving import compile_templates


def test_every_template_is_compiled(app: Router) -> None:
    folder = Path(str(files("fdplattform.templates")))
    number = compile_templates(app.registry)
    assert number >= len(list(folder.rglob("*.pt")))
    for name in ("layout.pt", "macros.pt", "journal/list.pt"):
        assert get_renderer(f"fdplattform.templates:{name}", registry=app.registry).template._cooked, name
    assert app.registry.form_renderer.load("form")._cooked


def test_only_old_counters_are_forgotten(tmp_path: Path) -> None:
    for name in ("counter_1.db", f"counter_{os.getpid()}.db", "other.txt"):
        (tmp_path / name).touch()
    _forget_old_counters(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {f"counter_{os.getpid()}.db", "other.txt"}
