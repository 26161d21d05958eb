"""The entry points of the zoo."""

from importlib.metadata import EntryPoint
from pathlib import Path

from fdplattform.plugins.loader import GROUP

FOLDER = Path(__file__).parent
PENDING = "zoo_pending_migration"


def point(name: str) -> EntryPoint:
    return EntryPoint(name=name, value=name, group=GROUP)


def zoo() -> list[EntryPoint]:
    names = sorted({path.stem for path in FOLDER.glob("zoo_*")} - {"zoo_revisions"})
    # The healthy one stands in the middle of the alphabet; the probe comes first, so that its id is taken.
    return [EntryPoint(name="probe", value="fdplattform.testing.probe", group=GROUP), *map(point, names)]
