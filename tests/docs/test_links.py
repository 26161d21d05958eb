"""Whatever the documentation links to exists, and every picture is used."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PICTURES = sorted((ROOT / "docs/handbuch/bilder").glob("*.png"))


def targets(page: Path) -> list[str]:
    found = (target.split("#")[0] for target in LINK.findall(page.read_text()))
    return [target for target in found if target and ":" not in target]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert [target for target in targets(page) if not (page.parent / target).exists()] == []


def test_pictures_are_used_and_small() -> None:
    used = {(page.parent / target).resolve() for page in PAGES for target in targets(page)}
    assert PICTURES
    assert [picture.name for picture in PICTURES if picture not in used] == []
    assert [picture.name for picture in PICTURES if picture.stat().st_size > 150_000] == []
