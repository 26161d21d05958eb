"""A deployment of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fdplattform.testing import databases
from fdplattform.testing.platform import Platform


@pytest.fixture
def platform(backend: str, tmp_path: Path) -> Iterator[Platform]:
    with databases.database(backend, tmp_path) as url:
        platform = Platform(tmp_path, url)
        yield platform
        platform.close()
