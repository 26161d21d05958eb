"""Serial letters: texts with placeholders become files to print, for everybody to whom a kind of letter goes."""

from datetime import timedelta

from pyramid.config import Configurator

from fdplattform.tools.letters import retention
from fdplattform.tools.letters.jobs import make_letters
from fdplattform.tools.letters.messages import _
from fdplattform.tools.letters.runs import JOB
from fdplattform.tools.letters.tool import TOOL

#: A fault of the program does not go away by trying for days; a person has to look at it.
ATTEMPTS = 10


def includeme(config: Configurator) -> None:
    config.include("fdplattform.tools.letters.kinds")
    config.include("fdplattform.tools.letters.offered")
    config.include("fdplattform.tools.letters.resources")
    titles = {
        "head": _("Sender of the letters changed"),
        "text": _("Text of letters changed: ${kind} (${language})"),
        "make": _("Letters ordered: ${kind} (number: ${letters})"),
        "leave_out": _("Got no letter for lack of a complete address: ${kind} (people: ${people})"),
        "incomplete": _("Looked at who has no complete address: ${kind} (people: ${people})"),
        "discard": _("Letters discarded: ${kind} (number: ${letters})"),
        "post": _("Letters posted on ${day}: ${kind} (number: ${letters})"),
        "read": _("Letters downloaded: ${kind} (number: ${letters})"),
    }
    for action, title in titles.items():
        config.add_journal_tag(f"letter:{action}", title)
    config.add_tool(TOOL)
    config.add_job_handler(JOB, make_letters, attempts=ATTEMPTS)
    config.add_periodic_job("letters:clear", every=timedelta(days=1), handler=retention.run, before_opening=True)
