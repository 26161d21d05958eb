"""The revisions and the models agree, and a failed revision leaves nothing behind."""

import pytest
from sqlalchemy import inspect

from fdplattform.config import load_models
from fdplattform.db import make_engine
from fdplattform.db.migrate import core_migrations, current, downgrade, drift, head, upgrade
from fdplattform.testing import databases


@pytest.fixture
def empty_engine(backend, tmp_path):
    with databases.database(backend, tmp_path) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


def test_revisions_and_models_agree(empty_engine):
    load_models()
    upgrade(empty_engine, core_migrations())
    with empty_engine.connect() as connection:
        assert current(connection, core_migrations()) == head(core_migrations())
        assert drift(connection, core_migrations()) == []


def test_everything_can_be_taken_back(empty_engine):
    upgrade(empty_engine, core_migrations())
    downgrade(empty_engine, core_migrations(), "base")
    assert set(inspect(empty_engine).get_table_names()) <= {"alembic_version_core", "sqlite_sequence"}


def test_the_core_and_the_plugins_keep_their_tables_apart():
    assert core_migrations().owns("event")
    assert not core_migrations().owns("fdp_forum_table")
    assert not core_migrations().owns("alembic_version_core")
