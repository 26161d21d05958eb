"""A plugin's translations. An author edits .po files and nothing else: what is not compiled yet is compiled here."""

from importlib.util import find_spec
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def catalogues(package: str, var: Path) -> list[str]:
    """The folders with the package's catalogues, ready for use; none when it has no `locale`.

    Catalogues without an up-to-date .mo file are compiled below `var`: an installed package may not be writable.
    """
    shipped = _folder(package) / "locale"
    if not shipped.is_dir():
        return []
    sources = sorted(shipped.glob("*/LC_MESSAGES/*.po"))
    if all(_is_fresh(source.with_suffix(".mo"), source) for source in sources):
        return [str(shipped)]
    compiled = var.absolute() / "locale" / package
    for source in sources:
        _compile(source, compiled / source.relative_to(shipped).with_suffix(".mo"))
    return [str(compiled)]


def _folder(name: str) -> Path:
    """Where the package lies; a plugin that is a single module has no folder, and no catalogues."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name=name)
    return Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin).with_suffix("")


def _is_fresh(target: Path, source: Path) -> bool:
    return target.exists() and target.stat().st_mtime >= source.stat().st_mtime


def _compile(source: Path, target: Path) -> None:
    if _is_fresh(target, source):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".half")
    with source.open("rb") as po, half.open("wb") as mo:
        write_mo(mo, read_po(po, locale=source.parts[-3]))
    # Several processes may do this at once; none may read half a file.
    half.replace(target)
