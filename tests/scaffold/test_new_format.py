"""`fdplattform new-format` writes a plugin that works as it is."""

import re

import pytest


def test_a_new_format_passes_its_own_tests(new_format, install, run_tests):
    folder = new_format("kaffee_runde", "--title", "Kaffee & Kuchen")
    site = install(folder)
    assert (site / "fdp_kaffee_runde/locale/ar/LC_MESSAGES/fdp_kaffee_runde.po").is_file()
    assert re.search(r"^\d+ passed", run_tests(folder, site), re.MULTILINE)


def test_nothing_of_the_template_is_left(new_format):
    folder = new_format("kaffee_runde")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 16
    assert not [path for path in files if "NAME" in str(path) or path.suffix == ".tmpl" or "§" in path.read_text()]


@pytest.mark.parametrize("name", ["Kaffee", "1kaffee", "kaffee-runde", "class", "k", "../kaffee", "käffchen", "a" * 31])
def test_a_name_that_is_none_is_refused(new_format, tmp_path, name):
    new_format(name, status=1)
    assert list(tmp_path.iterdir()) == []


def test_a_plugin_that_is_installed_is_not_written_again(new_format):
    new_format("grossgruppenforum", status=1)


def test_a_folder_that_exists_is_left_alone(new_format, tmp_path):
    (tmp_path / "kaffee").mkdir()
    new_format("kaffee", status=1)
    assert list((tmp_path / "kaffee").iterdir()) == []
