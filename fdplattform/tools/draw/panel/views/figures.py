"""The fairness of a draw as a page shows it: picture, table, groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from pyramid.request import Request

from fdplattform.tools.draw.engine.fairness import GroupChances
from fdplattform.tools.draw.panel.fairness import Fairness, read
from fdplattform.tools.draw.panel.models import Run
from fdplattform.tools.draw.panel.picture import chances_picture, table_of


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is shown. Chances are shares from 0 to 1."""

    fairness: Fairness
    picture: Markup
    #: How many people have a chance between which two.
    rows: Sequence[tuple[int, float, float]]
    groups: Sequence[GroupChances]
    #: A draw of the same event by the other method, to compare with.
    other: Run | None = None
    other_fairness: Fairness | None = None


def figures_of(request: Request, run: Run, others: Sequence[Run] = (), *, public: bool = False) -> Figures | None:
    """The figures of `run`, beside the newest of `others` that was computed by the other method."""
    if run.fairness is None:
        return None
    other = next((each for each in others if each.method != run.method and each.fairness), None)
    fairness = read(run.fairness)
    compared = read(other.fairness) if other is not None and other.fairness else None
    picture = chances_picture(
        fairness, compared, request.localizer.translate, lambda share: request.fmt.percent(share, 2)
    )
    return Figures(
        fairness=fairness,
        picture=Markup(picture),  # noqa: S704 - our own markup, which escapes
        rows=table_of(fairness),
        groups=fairness.public_groups if public else fairness.groups,
        other=other,
        other_fairness=compared,
    )
