"""What is known about who leads an event by a link, what the journal says, and when it is deleted."""

from datetime import timedelta

from pyramid.config import Configurator

from fdplattform.daylinks.messages import _
from fdplattform.daylinks.services import forget_old_links
from fdplattform.jobs.registry import JobContext
from fdplattform.privacy import PersonalField

TAGS = {
    "day_link:add": _("Link for the day given to ${name}"),
    "day_link:open": _("Link for the day opened: ${name}"),
    "day_link:revoke": _("Link for the day revoked: ${name}"),
}


def forget(context: JobContext) -> None:
    """Forget the links of last week."""
    with context.transaction() as session:
        forget_old_links(session, context.now)


def includeme(config: Configurator) -> None:
    config.add_personal_fields(
        PersonalField(
            name="day_link.name",
            occasion=_("Leading an event with a link for the day"),
            title=_("Name, or what the link is for"),
            purpose=_("So that the team knows who has a link, and the journal who has entered something."),
            legal_basis=_("Public task, Art. 6 (1) (e) GDPR"),
            retention=_("The link: one week after the date. The journal: as long as the event is kept"),
            required=True,
        )
    )
    for tag, title in TAGS.items():
        config.add_journal_tag(tag, title, shred=("name",))
    config.add_periodic_job("day_links:forget", every=timedelta(days=1), handler=forget)
