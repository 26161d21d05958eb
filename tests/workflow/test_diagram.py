"""The picture of a workflow can be read, whatever its steps."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from fdplattform.workflow import State, Transition, Workflow
from fdplattform.workflow.diagram import LABEL_LINE, draw

STATES = ("draft", "open", "held", "answered", "closed")
#: Steps that pass over states or lead back, all around the same middle.
ARCS = (("draft", "held"), ("draft", "answered"), ("held", "draft"), ("answered", "open"), ("answered", "draft"))
#: What the people may do in each state; a step needs it.
ADVANCE = "event:advance"
GRANTS = {"coordinator": frozenset({ADVANCE})}


@pytest.fixture(scope="module")
def workflow() -> Workflow:
    return Workflow(
        id="much",
        initial="draft",
        states=tuple(State(id=name, title=name, final=name == "closed", grants=GRANTS) for name in STATES),
        transitions=tuple(
            Transition(
                id=f"{source}_{target}",
                title=title(source, target),
                sources=(source,),
                target=target,
                permission=ADVANCE,
            )
            for source, target in (*pairwise(STATES), *ARCS)
        ),
    )


def title(source: str, target: str) -> str:
    return f"A step that needs a good many words to say that it leads from {source} to {target}"


class Labels(HTMLParser):
    """The labels beside the arcs: on which side, and from which line to which."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[float]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "text":
            self.found.append((values.get("text-anchor") or "", []))
        elif tag == "tspan":
            self.found[-1][1].append(float(values["y"] or 0))


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("anchor", ["start", "end"])
def test_no_label_lies_on_another(workflow: Workflow, anchor: str, rtl: bool) -> None:
    labels = Labels()
    labels.feed(draw(workflow, "open", str, rtl=rtl))
    beside = sorted(lines for side, lines in labels.found if side == anchor and lines)
    assert len(beside) > 1
    for above, below in pairwise(beside):
        assert below[0] - above[-1] >= LABEL_LINE


def test_each_step_is_drawn_once_and_named(workflow: Workflow) -> None:
    picture = draw(workflow, "open", str)
    assert picture.count("<path d=") - 1 == len(workflow.transitions)
    for source, target in ARCS:
        assert (
            picture.count(
                f"<title>A step that needs a good many words to say that it leads from {source} to {target}</title>"
            )
            == 1
        )
