"""Write the core's revision of the coming release anew: what the models have beyond the revisions that are in use.

Older revisions than `NEXT` stand in databases out there and are never touched again.
"""

import tempfile
from pathlib import Path

from fdplattform.config import load_models
from fdplattform.db import make_engine
from fdplattform.db.migrate import core_migrations, upgrade, write_revision

NEXT = "0002"


def main() -> None:
    load_models()
    migrations = core_migrations()
    for draft in migrations.versions.glob(f"{NEXT}_*.py"):
        draft.unlink()
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'in_use.sqlite'}")
        upgrade(engine, migrations)
        write_revision(engine, migrations, "next", revision_id=NEXT)
        engine.dispose()


if __name__ == "__main__":
    main()
