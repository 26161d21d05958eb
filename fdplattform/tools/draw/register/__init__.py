"""Stage 1 of a draw: read an extract of the residents' register, and draw by lot to whom a letter goes."""

from pyramid.config import Configurator

from fdplattform.tools.draw.register import services
from fdplattform.tools.draw.register.messages import _
from fdplattform.tools.draw.register.privacy import FIELDS

#: A fault of the program does not go away by trying for days; a person has to look at it.
ATTEMPTS = 5


def includeme(config: Configurator) -> None:
    config.include("fdplattform.tools.codes")
    config.include("fdplattform.tools.draw.register.resources")
    config.include("fdplattform.tools.draw.register.retention")
    config.include("fdplattform.tools.draw.register.discarding")
    for kind, job in ((services.READ, "read"), (services.SAMPLE, "sample")):
        config.add_job_handler(kind, f"fdplattform.tools.draw.register.work.jobs.{job}", attempts=ATTEMPTS)
    config.add_personal_fields(*FIELDS)
    titles = {
        "upload": _("Extract of the register uploaded"),
        "look": _("First rows of the extract looked at"),
        "start_reading": _("Extract of the register read"),
        "start_sample": _("Sample begun (letters: ${size})"),
        "sample": _("Drawn from the register, and the extract deleted (people: ${people})"),
        "address": _("Name or address of an invited person changed (number ${number})"),
        "discard": _("Extract of the register deleted"),
        "discard_sample": _(
            "Sample from the register discarded before any letter was made (people: ${people}). Reason: ${why}"
        ),
        "expire": _("Extract of the register deleted, because its time was over"),
        "shred": _("Names and addresses of invited people deleted, because their time was over (people: ${people})"),
    }
    for action, title in titles.items():
        config.add_journal_tag(f"register:{action}", title)
