"""An author edits .po files; what is not compiled, or compiled too early, is compiled by the core."""

import gettext
import os
from pathlib import Path

import pytest

from fdplattform.plugins.catalogues import catalogues

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Close"
msgstr "{}"
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The German catalogue of a package."""
    source = tmp_path / "fdp_catalogue_test/locale/de/LC_MESSAGES/fdp_catalogue_test.po"
    source.parent.mkdir(parents=True)
    (tmp_path / "fdp_catalogue_test/__init__.py").touch()
    source.write_text(PO.format("Schließen"))
    monkeypatch.syspath_prepend(tmp_path)
    return source


def translated(folder: str) -> str:
    return gettext.translation("fdp_catalogue_test", folder, ["de"]).gettext("Close")


def test_what_is_not_compiled_is_compiled_outside_the_package(source, tmp_path):
    (folder,) = catalogues("fdp_catalogue_test", tmp_path / "var")
    assert translated(folder) == "Schließen"
    assert Path(folder).is_relative_to(tmp_path / "var")
    assert not source.with_suffix(".mo").exists()


def test_a_change_is_noticed(source, tmp_path):
    catalogues("fdp_catalogue_test", tmp_path / "var")
    source.write_text(PO.format("Abschließen"))
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    (folder,) = catalogues("fdp_catalogue_test", tmp_path / "var")
    assert translated(folder) == "Abschließen"


def test_what_the_package_has_compiled_is_used(source, tmp_path):
    (folder,) = catalogues("fdp_catalogue_test", tmp_path / "var")
    shipped = source.with_suffix(".mo")
    shipped.write_bytes((Path(folder) / "de/LC_MESSAGES/fdp_catalogue_test.mo").read_bytes())
    assert catalogues("fdp_catalogue_test", tmp_path / "var") == [str(source.parents[2])]


def test_a_package_without_texts_has_none(tmp_path):
    assert catalogues("alembic", tmp_path) == []
