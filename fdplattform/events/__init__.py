"""Events: what takes place in a dialogue, in a format, through its workflow."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.events.resources import EventResource
from fdplattform.journal.services import Scope
from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    for part in ("tools", "resources", "cards", "time", "toolbar", "translatable"):
        config.include(f"fdplattform.events.{part}")
    config.add_journal_page(
        EventResource, lambda place: Scope(event_id=place.event.id), public_permission=Permission.EVENT_VIEW
    )
    _add_toolbar(config)
    config.add_access_page(EventResource, Permission.EVENT_VIEW)
    config.add_journal_tag("event:create", _("Event created: ${title}"))
    config.add_journal_tag("event:edit", _("Event changed: ${title}"))
    config.add_journal_tag("event:date", _("Date of the event changed: ${title}"))
    config.add_journal_tag("event:series", _("Series of events changed: ${title}"))
    config.add_journal_tag("event:step", _("${title}: ${step}"))
    config.add_journal_tag("event:hide", _("Event taken off the public pages: ${title}"))
    config.add_journal_tag("event:show", _("Event put back on the public pages: ${title}"))
    config.add_journal_tag("record:add", _("Entry added to the list ${list}"))
    config.add_journal_tag("record:edit", _("Entry changed in the list ${list}"))
    config.add_journal_tag("record:delete", _("Entry deleted from the list ${list}"))


def _add_toolbar(config: Configurator) -> None:
    for order, (view, title, permission) in enumerate(
        (
            ("", _("Public page"), Permission.JOURNAL_VIEW),
            ("schritte", _("What comes next"), Permission.JOURNAL_VIEW),
            ("bearbeiten", _("Edit"), Permission.EVENT_EDIT),
            ("termine", _("Dates"), Permission.EVENT_EDIT),
        )
    ):
        config.add_toolbar_link(EventResource, view, title, permission=permission, order=order)
    config.add_toolbar_link(
        EventResource, "listen", _("Lists"), permission=Permission.RECORD_EDIT, order=10, shown=_keeps_lists
    )


def _keeps_lists(place: EventResource) -> bool:
    return place.format is not None and bool(place.format.data.lists)
