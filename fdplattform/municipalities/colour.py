"""Is a colour readable? Contrast as WCAG 2.2 defines it (relative luminance, success criterion 1.4.3)."""

import re

HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
#: WCAG 2.2 AA for text of normal size.
READABLE = 4.5


def contrast(first: str, second: str = "#ffffff") -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1 to 21. Raises ValueError when one is not written so."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    if not HEX_COLOUR.fullmatch(colour):
        raise ValueError(f"a colour is written #rrggbb, not {colour!r}")
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
