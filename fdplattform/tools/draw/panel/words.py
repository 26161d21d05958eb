"""The words for states, steps, ways to draw, and for what the engine says."""

from collections.abc import Callable, Mapping
from typing import Any

from fdplattform.tools.draw.engine.result import Method, Outcome
from fdplattform.tools.draw.engine.sentences import Code, Sentence
from fdplattform.tools.draw.engine.watch import Step
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import Origin, RunState

#: State → (kind of badge, word).
STATES: dict[str, tuple[str, Any]] = {
    RunState.QUEUED: ("info", _("waits for the worker")),
    RunState.RUNNING: ("info", _("is being computed")),
    RunState.OFFERED: ("warning", _("waits for your decision")),
    RunState.COMMITTED: ("success", _("record published, number not drawn yet")),
    RunState.DRAWN: ("success", _("drawn")),
    RunState.CANCELLED: ("info", _("stopped or turned down")),
    RunState.WITHDRAWN: ("warning", _("withdrawn")),
    RunState.FAILED: ("danger", _("ended without a result")),
    RunState.INFEASIBLE: ("danger", _("quotas cannot be kept")),
}

STEPS: dict[str, Any] = {
    Step.CHANCES: _("Computing fair chances"),
    Step.PANELS: _("Putting panels together"),
    Step.MIXTURE: _("Mixing panels"),
    Step.RANDOM: _("Drawing panels at random"),
}

METHODS: dict[str, Any] = {
    Method.LEXIMIN: _("as fair as the quotas allow (LEXIMIN)"),
    Method.RANDOM: _("plain random draw with quotas, for comparison"),
}

OUTCOMES: dict[str | None, Any] = {
    Outcome.EXACT: _("The fairest lottery that the quotas allow (LEXIMIN), up to rounding."),
    Outcome.STOPPED_EARLY: _("Stopped early: the best lottery so far, not the fairest one."),
    Outcome.UNFAIR: _("Plain random draw that keeps the quotas. Nobody sees to equal chances."),
}

ORIGINS: dict[str, Any] = {
    Origin.DRAWN: _("drawn by lot"),
    Origin.REPLACEMENT: _("moved up from the reserve"),
    Origin.NOMINATED: _("seat outside the sample"),
    Origin.BY_HAND: _("entered by hand"),
}

_SENTENCES = {
    Code.NOBODY_THERE: _("${size} people are to be drawn, but nobody is there to draw from."),
    Code.ONE_THERE: _("${size} people are to be drawn, but only one is there to draw from."),
    Code.FEW_THERE: _("${size} people are to be drawn, but only ${there} are there to draw from."),
    Code.FEW_HOMES_THERE: _(
        "${size} people are to be drawn, but only ${there} from different households are there to draw from."
    ),
    Code.NONE_OF_VALUE: _("“${feature}: ${value}” asks for at least ${least}, but nobody of that kind is willing."),
    Code.ONE_OF_VALUE: _(
        "“${feature}: ${value}” asks for at least ${least}, but only one person of that kind is willing."
    ),
    Code.FEW_OF_VALUE: _(
        "“${feature}: ${value}” asks for at least ${least}, but only ${there} people of that kind are willing."
    ),
    Code.FEW_HOMES_OF_VALUE: _(
        "“${feature}: ${value}” asks for at least ${least}, but only ${there} people of that kind from different "
        "households are willing."
    ),
    Code.LEAST_EXCEED_SIZE: _("The minimums of “${feature}” add up to ${sum}, but ${size} seats are drawn."),
    Code.MOST_BELOW_SIZE: _("The maximums of “${feature}” add up to ${sum}, but ${size} seats are drawn."),
    Code.CONTRADICTION: _("These demands cannot be met together: ${limits}."),
    Code.CONTRADICTION_WITH_HOMES: _(
        "These demands cannot be met together (and nobody may sit with somebody from the same household): ${limits}."
    ),
    Code.AT_LEAST: _("“${feature}: ${value}” at least ${number}"),
    Code.AT_MOST: _("“${feature}: ${value}” at most ${number}"),
    Code.OTHER_SIZE: _("${number} seats instead of ${old}"),
    Code.OTHER_LEAST: _("“${feature}: ${value}” at least ${number} instead of ${old}"),
    Code.OTHER_MOST: _("“${feature}: ${value}” at most ${number} instead of ${old}"),
    Code.TIME_IS_UP: _("The time was over before there was a lottery."),
    Code.NO_MIXTURE: _("No mixture of panels was found."),
    Code.SOLVER_FAILED: _("The solver gave up (${state})."),
}


def stored(sentence: Sentence) -> dict[str, Any]:
    """A sentence of the engine as JSON."""
    return {
        "code": sentence.code.value,
        "values": {
            name: [stored(part) for part in value] if isinstance(value, tuple) else value
            for name, value in sentence.values.items()
        },
    }


def said(sentence: Mapping[str, Any], translate: Callable[[Any], str]) -> str:
    """A stored sentence in the reader's language."""
    values = {
        name: "; ".join(said(part, translate) for part in value) if isinstance(value, list) else str(value)
        for name, value in sentence["values"].items()
    }
    return translate(_(_SENTENCES[Code(sentence["code"])], mapping=values))
