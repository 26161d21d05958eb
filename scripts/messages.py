"""Message catalogues of the core and of every plugin.

    python scripts/messages.py update          collect the messages from code and templates into the catalogues
    python scripts/messages.py missing [LANG]  print what has no translation yet, as JSON for `fill`
    python scripts/messages.py fill FILE [DOMAIN]  enter translations: {"msgid": {"de": "…", "ar": "…"}}; a plural is a
                                               list; with DOMAIN (fdp_forum) only there: words mean different things
    python scripts/messages.py check           fail when a message is missing, untranslated or loses a ${variable}

A plural is one entry whose msgid is the singular; its translations are lists in the order of the language's plural
forms (German 2, Arabic 6).
"""

import fcntl
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from lingua.extract import ExtractorOptions, get_extractor
from lingua.extractors import register_extractors

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("de", "ar")
KEYWORDS = {"_": None, "gettext": None, "pluralize": (1, 2), "ngettext": (1, 2)}
#: A date that moved with every run would be a conflict in every merge.
UNCHANGING = datetime(2026, 1, 1, tzinfo=UTC)
VARIABLE = re.compile(r"\$\{\w+\}")


@dataclass(frozen=True)
class Domain:
    """One distribution's messages."""

    name: str
    locale: Path
    sources: tuple[Path, ...]


def domains() -> list[Domain]:
    found = [Domain("fdplattform", ROOT / "fdplattform/locale", (ROOT / "fdplattform", ROOT / "templates"))]
    for package in sorted((ROOT / "plugins").glob("*/fdp_*")):
        found.append(Domain(package.name, package / "locale", (package,)))
    return found


@contextmanager
def locked() -> Iterator[None]:
    """Two people may fill the catalogues at the same time."""
    lock = ROOT / "var" / "messages.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def extract(domain: Domain) -> Catalog:
    """Every message of the domain's code and templates, without line numbers (they would change with every edit)."""
    catalog = Catalog(domain=domain.name, project=domain.name, fuzzy=False)
    for source in domain.sources:
        for path in sorted(source.rglob("*")):
            if "locale" in path.parts or "scaffold" in path.parts:
                continue
            where = (path.relative_to(ROOT).as_posix(), 1)
            if path.suffix == ".py":
                for _line, message, comments, _context in extract_from_file("python", path, KEYWORDS, ("i18n:",)):
                    catalog.add(message, locations=[where], auto_comments=comments)
            elif path.suffix == ".pt":
                for message in template_messages(path, domain.name):
                    catalog.add(message, locations=[where])
    return catalog


def template_messages(path: Path, domain: str) -> Iterator[str | tuple[str, str]]:
    options = ExtractorOptions(domain=domain, keywords=[], comment_tag=True)
    for message in get_extractor(path.name)(str(path), options):
        if message.msgid and not message.msgid_plural:
            yield message.msgid
        elif message.msgid:
            yield (message.msgid, message.msgid_plural)


def read(domain: Domain, language: str) -> Catalog:
    path = po_path(domain, language)
    if not path.exists():
        return Catalog(locale=language, domain=domain.name, project=domain.name, fuzzy=False)
    with path.open("rb") as handle:
        return read_po(handle, locale=language, domain=domain.name)


def write(domain: Domain, language: str, catalog: Catalog) -> None:
    path = po_path(domain, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.creation_date = catalog.revision_date = UNCHANGING
    with path.open("wb") as handle:
        write_po(handle, catalog, sort_output=True, include_lineno=False, ignore_obsolete=True, width=120)


def po_path(domain: Domain, language: str) -> Path:
    return domain.locale / language / "LC_MESSAGES" / f"{domain.name}.po"


def updated(domain: Domain, language: str, template: Catalog) -> Catalog:
    catalog = read(domain, language)
    catalog.update(template, no_fuzzy_matching=True)
    return catalog


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(strings) and all(strings) and not message.fuzzy


def msgid(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def update() -> int:
    with locked():
        for domain in domains():
            template = extract(domain)
            for language in LANGUAGES:
                write(domain, language, updated(domain, language, template))
    return 0


def missing(only: str | None = None) -> int:
    gaps: dict[str, dict[str, str | list[str]]] = {}
    for domain in domains():
        template = extract(domain)
        for language in LANGUAGES:
            if only and language != only:
                continue
            catalog = updated(domain, language, template)
            for message in catalog:
                if message.id and not is_translated(message):
                    plural = isinstance(message.id, (tuple, list))
                    gaps.setdefault(msgid(message), {})[language] = [""] * catalog.num_plurals if plural else ""
    print(json.dumps(gaps, ensure_ascii=False, indent=1))
    return 0


def fill(file: str, only: str | None = None) -> int:
    given = json.loads(Path(file).read_text())
    with locked():
        for domain in domains():
            if only and domain.name != only:
                continue
            template = extract(domain)
            for language in LANGUAGES:
                catalog = updated(domain, language, template)
                for message in catalog:
                    text = given.get(msgid(message), {}).get(language) if message.id else None
                    if text:
                        message.string = tuple(text) if isinstance(text, list) else text
                        message.flags.discard("fuzzy")
                write(domain, language, catalog)
    return 0


def check() -> int:
    faults = []
    for domain in domains():
        template = extract(domain)
        for language in LANGUAGES:
            stored = read(domain, language)
            for message in template:
                known = stored.get(message.id) if message.id else None
                where = f"{domain.name} {language}: {msgid(message)!r}" if message.id else ""
                if message.id and (known is None or not is_translated(known)):
                    faults.append(f"{where} has no translation")
                elif known is not None:
                    faults.extend(f"{where} loses {name}" for name in lost_variables(known))
    print("\n".join(faults) or "catalogues are complete")
    return 1 if faults else 0


def lost_variables(message: Message) -> set[str]:
    """Variables of the original that no form of the translation has, and the other way round for simple messages."""
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    wanted = set(VARIABLE.findall(" ".join(ids)))
    return wanted ^ set(VARIABLE.findall(" ".join(strings)))


COMMANDS = {"update": update, "missing": missing, "fill": fill, "check": check}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(__doc__)
        return 0 if "--help" in sys.argv else 2
    register_extractors()
    return COMMANDS[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
