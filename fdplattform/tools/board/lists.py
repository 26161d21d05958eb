"""The lists of a board: what a format declares, and those of Dynamic Facilitation, which it gets otherwise."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fdplattform.findings.models import FindingKind
from fdplattform.plugins.format import BadFormat, ToolUse
from fdplattform.tools.board.messages import _

#: Each list is chosen by a digit on the keyboard.
MOST = 9
#: What the tool's facts are called besides the lists.
TAKEN = frozenset({"cards"})

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LETTER = re.compile(r"[A-Z]{1,2}")


@dataclass(frozen=True, kw_only=True)
class BoardList:
    """A list of a board. `letter` (one or two, A to Z) stands before the numbers of its cards: L7.

    `kind` is what its cards become when results are made from them. Raises BadFormat.
    """

    #: Kept for ever in the cards; facts for guards are called so, too.
    id: str
    letter: str
    #: Translatable.
    title: str
    kind: FindingKind = FindingKind.IDEA

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id) or self.id in TAKEN:
            raise BadFormat(f"{self.id!r} is not the id of a list: lower-case letters, digits and _, and not 'cards'")
        if not _LETTER.fullmatch(self.letter):
            raise BadFormat(f"the list {self.id} has the letter {self.letter!r}: take one or two of A to Z")
        if not self.title:
            raise BadFormat(f"the list {self.id} has no title")


#: J. Rough's four lists, and the turning points that a group marks when they come.
DYNAMIC_FACILITATION = (
    BoardList(id="challenges", letter="H", title=_("Challenges and questions"), kind=FindingKind.CHALLENGE),
    BoardList(id="solutions", letter="L", title=_("Solutions and ideas"), kind=FindingKind.IDEA),
    BoardList(id="concerns", letter="B", title=_("Concerns and objections"), kind=FindingKind.CONCERN),
    BoardList(id="information", letter="I", title=_("Information and points of view"), kind=FindingKind.INFORMATION),
    BoardList(id="breakthroughs", letter="D", title=_("Breakthroughs"), kind=FindingKind.IDEA),
)


def lists_of(use: ToolUse) -> tuple[BoardList, ...]:
    """The lists with which the format uses the board."""
    return tuple(use.options.get("lists", DYNAMIC_FACILITATION))


def check_options(use: ToolUse) -> None:
    """Raises BadFormat when the options contradict themselves."""
    lists: Sequence[object] = use.options.get("lists", DYNAMIC_FACILITATION)
    if not isinstance(lists, tuple) or not all(isinstance(each, BoardList) for each in lists):
        raise BadFormat("the lists of a board are a tuple of BoardLists")
    if not 1 <= len(lists) <= MOST:
        raise BadFormat(f"a board has 1 to {MOST} lists, not {len(lists)}")
    for name in ("id", "letter"):
        if len({getattr(each, name) for each in lists}) < len(lists):
            raise BadFormat(f"two lists of a board have the same {name}")
    if not isinstance(use.options.get("public", False), bool):
        raise BadFormat("whether a board is public is True or False")
