"""The words for states and sources, as staff read them."""

from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Source, Status

#: Status → (kind of badge, word).
STATES = {
    Status.CONFIRMED: ("success", _("has a place")),
    Status.WAITING: ("warning", _("waits")),
    Status.CANCELLED: ("info", _("cancelled")),
}

SOURCES = {
    Source.ONLINE: _("online"),
    Source.PAPER: _("on paper"),
    Source.TELEPHONE: _("by telephone"),
    Source.WALK_IN: _("at the door"),
}
