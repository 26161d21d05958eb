"""Write the .mo files beside the .po files that are newer."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    for po in [*ROOT.glob("fdplattform/locale/*/*/*.po"), *ROOT.glob("plugins/*/fdp_*/locale/*/*/*.po")]:
        target = po.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= po.stat().st_mtime:
            with po.open("rb") as source, target.open("wb") as handle:
                write_mo(handle, read_po(source, locale=po.parts[-3]))


if __name__ == "__main__":
    main()
