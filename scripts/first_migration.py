"""Write the core's first migration anew from the models. Only until the first release."""

import tempfile
from pathlib import Path

from fdplattform.config import load_models
from fdplattform.db import make_engine
from fdplattform.db.migrate import core_migrations, write_revision


def main() -> None:
    load_models()
    migrations = core_migrations()
    for old in migrations.versions.glob("0*.py"):
        old.unlink()
    migrations.versions.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'empty.sqlite'}")
        write_revision(engine, migrations, "initial", revision_id="0001")
        engine.dispose()


if __name__ == "__main__":
    main()
