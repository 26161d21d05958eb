"""Registration: places and waiting list, without an account; attendance; the call list for who has no e-mail."""

from datetime import timedelta

from pyramid.config import Configurator

from fdplattform.tools.registration import retention
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.privacy import FIELDS
from fdplattform.tools.registration.tasks import call_tasks
from fdplattform.tools.registration.tool import TOOL


def includeme(config: Configurator) -> None:
    config.include("fdplattform.tools.codes")
    _add_journal_tags(config)
    config.include("fdplattform.tools.registration.resources")
    config.add_tool(TOOL)
    config.add_task_source("registration", call_tasks)
    _add_rate_limits(config)
    config.add_personal_fields(*FIELDS)
    config.add_periodic_job("registration:shred", every=timedelta(days=1), handler=retention.run, before_opening=True)


def _add_rate_limits(config: Configurator) -> None:
    settings = config.registry.fdp
    # A whole town hall may sit behind one address: registering is limited generously, guessing codes strictly.
    config.add_rate_limit(
        "registration", limit=settings.limit_registration, pattern=r"/kommunen/[^/]+/[^/]+/[^/]+/anmelden"
    )
    config.add_rate_limit(
        "registration code",
        limit=settings.limit_code,
        pattern="/anmeldung",
        methods=("GET", "POST"),
        only_failures=True,
    )


def _add_journal_tags(config: Configurator) -> None:
    titles = {
        "enter": _("Registration entered (people: ${people})"),
        "change": _("Registration changed (people: ${people})"),
        "move": _("Registration moved to another date (people: ${people})"),
        "cancel": _("Registration cancelled (people: ${people})"),
        "promote": _("Moved up from the waiting list (people: ${people})"),
        "reissue": _("New code given to a registration"),
        "attend": _("Attendance noted (people: ${people})"),
        "tell": _("Person called and told"),
        "erase": _("Personal data of a registration deleted on request"),
    }
    for action, title in titles.items():
        config.add_journal_tag(f"registration:{action}", title)
    config.add_journal_tag(
        "registration:promote_early",
        _("Given a place before its turn (people: ${people})"),
        shred=("reason",),
    )
