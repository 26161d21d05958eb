"""A web process loads what pages need, and nothing of what only the worker needs."""

import subprocess
import sys
from pathlib import Path

import pytest
from pyramid.router import Router

from fdplattform.testing.shell import environment, write_ini

#: Together about 50 MB in every process.
ONLY_FOR_JOBS = ("numpy", "highspy", "openpyxl", "weasyprint")

LOADED = f"""
import sys
from fdplattform.cli.support.deployment import Deployment
Deployment(sys.argv[1]).app
print([name for name in {ONLY_FOR_JOBS} if name in sys.modules])
"""


def test_the_application_starts_without_the_libraries_of_the_worker(tmp_path: Path) -> None:
    ini = write_ini(tmp_path, f"sqlite:///{tmp_path}/test.sqlite")
    ini.write_text(ini.read_text().replace("fdplattform.plugins =", "fdplattform.plugins = *"))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADED, str(ini)],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.backends("sqlite")
def test_every_kind_of_job_has_somebody_who_does_it(migrated_app: Router) -> None:
    kinds = migrated_app.registry.jobs.kinds
    assert any(isinstance(kind.done_by, str) for kind in kinds.values())
    assert all(callable(kind.handler) for kind in kinds.values())
