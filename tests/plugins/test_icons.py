"""What a format may call its icon, the stylesheet draws."""

import re
from pathlib import Path

from fdplattform.plugins.format.icons import ICONS

STYLES = Path(__file__).parents[2] / "assets/_icons.scss"


def test_every_icon_of_a_format_is_drawn() -> None:
    drawn = set(re.findall(r'"([a-z-]+)"', STYLES.read_text(encoding="utf-8")))
    assert drawn >= ICONS
