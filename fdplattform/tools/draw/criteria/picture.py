"""Small pictures of numbers that are written beside them: SVG without styles of its own, mirrored for RTL."""

from markupsafe import Markup

#: The width of a bar in its own units; the page stretches it.
WIDTH = 200
HEIGHT = 16


def quota_bar(least: int, most: int, seats: int, share: float | None, *, rtl: bool) -> Markup:
    """From the least to the most of `seats` places, and a line where the share (percent) of the population is."""
    parts = [_box("quota-range", least, most, max(seats, 1), rtl=rtl)]
    if share is not None:
        x = _mirrored(WIDTH * min(share, 100) / 100, rtl)
        parts.append(Markup('<line class="quota-share" x1="{0}" y1="0" x2="{0}" y2="{1}"/>').format(f"{x:g}", HEIGHT))
    return _svg(parts)


def amount_bar(value: float, most: float, mark: float | None = None, *, rtl: bool) -> Markup:
    """A bar for `value` out of `most`, and a line at `mark`."""
    parts = [_box("quota-range", 0, value, max(most, 1), rtl=rtl)]
    if mark is not None:
        x = _mirrored(WIDTH * min(mark / max(most, 1), 1), rtl)
        parts.append(Markup('<line class="quota-share" x1="{0}" y1="0" x2="{0}" y2="{1}"/>').format(f"{x:g}", HEIGHT))
    return _svg(parts)


def _box(kind: str, start: float, end: float, whole: float, *, rtl: bool) -> Markup:
    first, last = (WIDTH * min(max(value / whole, 0), 1) for value in (start, end))
    x = WIDTH - last if rtl else first
    # A quota of nobody is still to be seen.
    width = max(last - first, 2)
    return Markup('<rect class="{}" x="{}" y="3" width="{}" height="{}"/>').format(
        kind, f"{min(x, WIDTH - 2):g}", f"{width:g}", HEIGHT - 6
    )


def _mirrored(x: float, rtl: bool) -> float:
    x = min(max(x, 1), WIDTH - 1)
    return WIDTH - x if rtl else x


def _svg(parts: list[Markup]) -> Markup:
    return Markup(
        '<svg class="quota-bar" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true" '
        'xmlns="http://www.w3.org/2000/svg"><rect class="quota-ground" width="100%" height="100%"/>{}</svg>'
    ).format(WIDTH, HEIGHT, Markup("").join(parts))
