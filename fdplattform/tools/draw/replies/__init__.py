"""The answers to the invitation: by code on a phone, or by a card that staff enter. Both are equal."""

from datetime import timedelta

from pyramid.config import Configurator

from fdplattform.tools.draw.replies import retention
from fdplattform.tools.draw.replies.invitation import INVITATION
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.draw.replies.privacy import FIELDS


def includeme(config: Configurator) -> None:
    config.include("fdplattform.tools.codes")
    config.include("fdplattform.tools.draw.register.retention")
    config.include("fdplattform.tools.draw.register.discarding")
    config.include("fdplattform.tools.draw.replies.forgetting")
    config.include("fdplattform.tools.draw.replies.resources")
    config.add_letter_kind(INVITATION)
    config.add_invitee_keeper("replies", retention.may_move_up)
    config.add_sample_keeper("replies", retention.somebody_answered)
    titles = {
        "give": _("Reply given with a code"),
        "enter": _("Reply card entered"),
        "correct": _("Reply corrected"),
        "erase": _("Data of an invited person deleted on request"),
        "read": _("Replies looked at"),
        "export": _("Replies exported (people: ${people})"),
        "shred": _("Data in replies deleted, because its time is over (people: ${people})"),
    }
    for action, title in titles.items():
        config.add_journal_tag(f"reply:{action}", title)
    # A letter holds the code: guessing is slowed down strictly, answering is not.
    config.add_rate_limit(
        "reply code",
        limit=config.registry.fdp.limit_code,
        pattern="/antwort",
        methods=("GET", "POST"),
        only_failures=True,
    )
    config.add_personal_fields(*FIELDS)
    config.add_periodic_job("replies:shred", every=timedelta(days=1), handler=retention.run, before_opening=True)
