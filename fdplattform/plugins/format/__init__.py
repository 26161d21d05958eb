"""`EventFormat`: what a plugin declares about a format. The core renders everything else from it.

All parts are frozen and keyword-only, and checked when they are made: a wrong declaration stops the plugin's import.
"""

import re
import warnings
from dataclasses import dataclass, field

from fdplattform.errors import Retired
from fdplattform.plugins.format.conduct import AgendaLine, Conduct, FollowUp, LetterText, Series, ToolUse
from fdplattform.plugins.format.data import Data, PersonalField, RecordList, RetentionStart
from fdplattform.plugins.format.errors import BadFormat
from fdplattform.plugins.format.fit import Aim, Fit, Openness, Profile, Span, Suitability
from fdplattform.plugins.format.icons import ICONS
from fdplattform.plugins.format.output import Material, Note, Output

__all__ = [
    "AgendaLine",
    "Aim",
    "BadFormat",
    "Conduct",
    "Data",
    "EventFormat",
    "Fit",
    "FollowUp",
    "LetterText",
    "Material",
    "Note",
    "Openness",
    "Output",
    "PersonalField",
    "Profile",
    "RecordList",
    "RetentionStart",
    "Series",
    "Span",
    "Suitability",
    "ToolUse",
]

_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")


@dataclass(frozen=True, kw_only=True)
class EventFormat:
    """A format: who it is, where it fits, how it goes, what it knows, what comes out."""

    id: str
    title: str
    summary: str
    #: One of `plugins.format.icons.ICONS`.
    icon: str = "calendar-today"
    fit: Fit
    conduct: Conduct
    data: Data = field(default_factory=Data)
    output: Output = field(default_factory=Output)

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise BadFormat(f"{self.id!r} is not an id: 2 to 40 lower-case ASCII letters, digits and _")
        if self.icon not in ICONS:
            known = ", ".join(sorted(ICONS))
            # Until API 1.1 any icon of the design system was welcome, and none was shown.
            warnings.warn(f"{self.id}: there is no icon called {self.icon}; known are {known}", Retired, 3)
            object.__setattr__(self, "icon", "calendar-today")
        if not self.title or not self.summary:
            raise BadFormat(f"{self.id}: a format has a title and a summary")
