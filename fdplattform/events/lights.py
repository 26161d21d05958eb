"""The traffic light of what is due."""

from datetime import date

from translationstring import TranslationString, TranslationStringFactory

_ = TranslationStringFactory("fdplattform")

#: Days before the due date from which the light is yellow.
SOON = 14


def traffic_light(due: date | None, today: date, *, done: bool) -> tuple[str, TranslationString] | None:
    """The kind of badge and its text, or None when nothing is due."""
    if done:
        return "success", _("Done")
    if due is None:
        return None
    if due < today:
        return "danger", _("Overdue")
    return ("warning", _("Due soon")) if (due - today).days <= SOON else ("info", _("In time"))
