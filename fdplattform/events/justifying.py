"""What guards object to is not done, or done with a written reason that the journal keeps."""

from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.errors import DomainError
from fdplattform.forms import LongText
from fdplattform.translation.packed import pack
from fdplattform.workflow.rules import Weighed

_ = TranslationStringFactory("fdplattform")

#: The name of the field in which the reason is written.
FIELD = "justification"


class Blocked(DomainError):
    """Something is impossible now; `weighed` says why."""

    status = 409

    def __init__(self, message: str, weighed: Weighed) -> None:
        super().__init__(message)
        self.weighed = weighed


def justify(weighed: Weighed, justification: str, blocked: str) -> dict[str, Any]:
    """What the journal keeps of warnings that `justification` overrides; nothing when there are none.

    Raises Blocked with the message `blocked`, and DomainError when a justification is missing.
    """
    if weighed.blocked:
        raise Blocked(blocked, weighed)
    if not weighed.warnings:
        return {}
    if not justification.strip():
        raise DomainError(_("Please write why you take this step all the same."), FIELD)
    return {"warnings": [pack(reason.message) for reason in weighed.warnings], "reason": justification.strip()}


def justification_field() -> LongText:
    """The field that a form has when something warns."""
    return LongText(
        2000, name=FIELD, title=_("Why do you do it all the same?"), description=_("Is kept in the journal."), rows=3
    )
