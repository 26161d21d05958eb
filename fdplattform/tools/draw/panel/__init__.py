"""The panel: who is drawn from those who are willing, the public record, and who sits."""

from datetime import timedelta

from pyramid.config import Configurator

from fdplattform.tools.draw.panel import retention
from fdplattform.tools.draw.panel.entries import OWN_ENTRY
from fdplattform.tools.draw.panel.forgetting import forget_invited
from fdplattform.tools.draw.panel.letters import KINDS
from fdplattform.tools.draw.panel.privacy import FIELDS
from fdplattform.tools.draw.panel.runs import JOB

#: A solver that runs into a bug of its own does so every time.
ATTEMPTS = 3


def includeme(config: Configurator) -> None:
    config.include("fdplattform.tools.draw.replies.forgetting")
    config.include("fdplattform.tools.draw.panel.journal")
    config.include("fdplattform.tools.draw.panel.resources")
    config.include("fdplattform.tools.draw.panel.views.own_entry")
    config.add_job_handler(JOB, "fdplattform.tools.draw.panel.work.run_draw", attempts=ATTEMPTS)
    config.add_periodic_job("panel:shred", every=timedelta(days=1), handler=retention.run, before_opening=True)
    config.add_personal_fields(*FIELDS)
    config.add_invitee_forgetter("panel", forget_invited)
    for kind in (OWN_ENTRY, *KINDS):
        config.add_letter_kind(kind)
