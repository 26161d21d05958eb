"""Events: what takes place in a dialogue, in a format, through its workflow."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.events.facts import DATE_TAG, SHOW_TAG
from fdplattform.events.resources import EventResource
from fdplattform.events.toolbar import RESULTS
from fdplattform.journal.services import Scope
from fdplattform.security.permissions import Permission
from fdplattform.web.toolbar import PREPARATION

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    for part in ("tools", "resources", "series_resources", "cards", "time", "follow_ups", "toolbar", "translatable"):
        config.include(f"fdplattform.events.{part}")
    config.add_journal_page(
        EventResource, lambda place: Scope(event_id=place.event.id), public_permission=Permission.EVENT_VIEW
    )
    _add_toolbar(config)
    config.add_access_page(EventResource, Permission.EVENT_VIEW)
    config.add_journal_tag("event:create", _("Event created: ${title}"))
    config.add_journal_tag("event:edit", _("Event changed: ${title}"))
    config.add_journal_tag("event:discard", _("Event discarded: ${title}"))
    config.add_journal_tag(DATE_TAG, _("Date of the event changed: ${title}"))
    config.add_journal_tag("event:series", _("Series of events changed: ${title}"))
    config.add_journal_tag("event:step", _("${title}: ${step}"))
    config.add_journal_tag("event:hide", _("Event taken off the public pages: ${title}"))
    config.add_journal_tag(SHOW_TAG, _("Event put back on the public pages: ${title}"))
    config.add_journal_tag("record:add", _("Entry added to the list ${list}"))
    config.add_journal_tag("record:edit", _("Entry changed in the list ${list}"))
    config.add_journal_tag("record:delete", _("Entry deleted from the list ${list}"))


def _add_toolbar(config: Configurator) -> None:
    config.add_toolbar_link(EventResource, "", _("Public page"), permission=Permission.JOURNAL_VIEW, order=0)
    for view, title, order in (("bearbeiten", _("Edit"), 10), ("termine", _("Dates"), 20)):
        config.add_toolbar_link(
            EventResource, view, title, permission=Permission.EVENT_EDIT, order=order, group=PREPARATION
        )
    config.add_toolbar_link(
        EventResource,
        "listen",
        _("Lists"),
        permission=Permission.RECORD_EDIT,
        order=30,
        group=RESULTS,
        shown=_keeps_lists,
    )


def _keeps_lists(place: EventResource) -> bool:
    return place.format is not None and bool(place.format.data.lists)
