"""A backup holds everything, fits both engines, and a torn one is never half restored."""

import json
import os
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from fdplattform.config import load_models
from fdplattform.db import Base, make_engine
from fdplattform.db.migrate import core_migrations, current, drift, head
from fdplattform.files.models import FileChunk, StoredFile
from fdplattform.jobs.services import enqueue
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import SYSTEM, record
from fdplattform.ops import backup
from fdplattform.ops.backup import write_backup
from fdplattform.ops.migrations import migration_sets
from fdplattform.ops.restore import BadBackup, restore_backup
from fdplattform.testing import databases
from fdplattform.testing.factories import Make


@pytest.fixture(params=databases.BACKENDS)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of either engine."""
    with databases.database(request.param, tmp_path) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def filled(app: Router, session: Session, make: Make) -> Session:
    """Rows of every type of column, with references among them."""
    make.account()
    place = make.municipality("Musterstädtle „am Eck“ السلام 🙂")
    record(session, "account:log_in", actor=SYSTEM, municipality_id=place.id, payload={"a": [1, None, "x"], "b": 0.5})
    record(session, "account:log_in", actor=SYSTEM)
    enqueue(session, "test:kind", {"nested": {"": "'"}}, run_at=app.registry.clock() + timedelta(days=1))
    file = StoredFile(
        name="x.png",
        media_type="image/png",
        size=512,
        sha256="0" * 64,
        created_at=app.registry.clock(),
        owner_type="municipality",
        owner_id=place.id,
    )
    session.add(file)
    session.flush()
    session.add(FileChunk(file_id=file.id, position=0, content=bytes(range(256)) * 2))
    session.commit()
    return session


def everything(engine: Engine) -> dict[str, list[Any]]:
    load_models()
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in Base.metadata.tables.values()
            if table.name != "alembic_version_core"
        }


def test_a_restored_database_is_equal(
    app: Router, filled: Session, other: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PIECE", 100)  # so that tables come in several pieces
    path = tmp_path / "backup.tar.gz"
    written = write_backup(app.registry.engine, path, app.registry.clock())
    assert written["journal_entry"] >= 2
    restored = restore_backup(other, path, migration_sets(app.registry))
    assert restored == written
    assert everything(other) == everything(app.registry.engine)
    with other.connect() as connection:
        assert current(connection, core_migrations()) == head(core_migrations())
        assert drift(connection, core_migrations()) == []
    with Session(other) as session:
        highest = max(session.scalars(select(JournalEntry.id)))
        entry = record(session, "account:log_in", actor=SYSTEM)
        session.flush()
        assert entry.id > highest
        session.rollback()
        # SQL's NULL, not JSON's.
        nulls = text("SELECT count(*) FROM journal_entry WHERE payload IS NULL")
        assert session.scalar(nulls) == filled.scalar(nulls) > 0


def test_references_hold_after_a_restore(app: Router, filled: Session, other: Engine, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar.gz"
    write_backup(app.registry.engine, path, app.registry.clock())
    restore_backup(other, path, migration_sets(app.registry))
    with Session(other) as session:
        session.delete(session.scalars(select(StoredFile)).one())
        session.commit()
        assert session.scalars(select(FileChunk)).all() == []


def test_a_full_database_is_not_overwritten_by_mistake(
    app: Router, filled: Session, other: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "backup.tar.gz"
    histories = migration_sets(app.registry)
    write_backup(app.registry.engine, path, app.registry.clock())
    restore_backup(other, path, histories)
    before = everything(other)
    with pytest.raises(BadBackup, match="--replace"):
        restore_backup(other, path, histories)
    assert everything(other) == before
    with other.begin() as connection:
        connection.execute(text("DELETE FROM journal_entry"))
    restore_backup(other, path, histories, replace=True)
    assert everything(other) == before


def rewrite(source: Path, target: Path, change: Any) -> None:
    """Copy a backup; `change(name, content)` returns the new content, or None to leave the member out."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            content = change(member.name, file.read())
            if content is not None:
                spare = target.with_suffix(".member")
                spare.write_bytes(content)
                new.add(spare, member.name)


@pytest.mark.parametrize("damage", ["torn", "no end", "missing rows", "no backup", "other format"])
def test_a_bad_backup_changes_nothing(app: Router, filled: Session, other: Engine, tmp_path: Path, damage: str) -> None:
    good, bad = tmp_path / "good.tar.gz", tmp_path / "bad.tar.gz"
    histories = migration_sets(app.registry)
    write_backup(app.registry.engine, good, app.registry.clock())
    restore_backup(other, good, histories)
    before = everything(other)
    match damage:
        case "torn":
            bad.write_bytes(good.read_bytes()[:-200])
        case "no end":
            rewrite(good, bad, lambda name, content: None if name == "end.json" else content)
        case "missing rows":
            rewrite(good, bad, lambda name, content: None if "journal_entry" in name else content)
        case "no backup":
            bad.write_bytes(b"PK")
        case "other format":
            rewrite(good, bad, lambda name, content: _newer(content) if name == "manifest.json" else content)
    with pytest.raises(BadBackup):
        restore_backup(other, bad, histories, replace=True)
    assert everything(other) == before


def _newer(manifest: bytes) -> bytes:
    return json.dumps(json.loads(manifest) | {"format": 2}).encode()


def test_data_of_a_missing_plugin_is_named_and_can_be_left_out(
    app: Router, filled: Session, other: Engine, tmp_path: Path
) -> None:
    good, path = tmp_path / "good.tar.gz", tmp_path / "backup.tar.gz"
    write_backup(app.registry.engine, good, app.registry.clock())

    def add_plugin(name: str, content: bytes) -> bytes:
        if name == "manifest.json":
            manifest = json.loads(content)
            manifest["revisions"]["gone"] = "0001"
            manifest["tables"]["fdp_gone_thing"] = ["id"]
            return json.dumps(manifest).encode()
        if name == "end.json":
            return json.dumps({"rows": json.loads(content)["rows"] | {"fdp_gone_thing": 0}}).encode()
        return content

    rewrite(good, path, add_plugin)
    histories = migration_sets(app.registry)
    with pytest.raises(BadBackup, match="--without gone"):
        restore_backup(other, path, histories)
    restore_backup(other, path, histories, without=["gone"])
    assert everything(other) == everything(app.registry.engine)


def test_only_its_owner_reads_a_backup(app: Router, filled: Session, tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        # What a broken backup left behind may be open to others.
        (tmp_path / "backup.tar.gz.part").touch(0o664)
        write_backup(app.registry.engine, tmp_path / "backup.tar.gz", app.registry.clock())
    finally:
        os.umask(before)
    assert (tmp_path / "backup.tar.gz").stat().st_mode & 0o777 == 0o600


def test_a_backup_that_cannot_be_written_leaves_nothing(app: Router, filled: Session, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_backup(app.registry.engine, tmp_path / "missing" / "backup.tar.gz", app.registry.clock())
    path = tmp_path / "backup.tar.gz"
    path.write_bytes(b"the old one")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup, "encode", lambda _value: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write_backup(app.registry.engine, path, app.registry.clock())
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]
