"""The journal of a place in the tree: `…/protokoll` for those who work there, `…/transparenz` for everybody."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import GUEST, Scope, read
from fdplattform.security.permissions import Permission
from fdplattform.translation.packed import unpack
from fdplattform.web.pagination import Pages
from fdplattform.web.toolbar import ADMINISTRATION
from fdplattform.web.tree import Resource

_ = TranslationStringFactory("fdplattform")

PER_PAGE = 50

#: Who did it, where it was no account with a name.
_NAMELESS = {
    "account": _("A person whose account was deleted"),
    "resident": _("A resident"),
    "unnamed": _("Somebody of the team (not recorded who)"),
    "system": _("The platform, by itself"),
    "cli": _("Administration"),
}


def title_of(request: Request, entry: JournalEntry) -> str:
    """What happened, in the reader's language. What was shredded shows as a dash."""
    title = request.registry.journal_tags.get(entry.tag).title
    zone = ZoneInfo(request.fdp.time_zone)
    payload = {key: unpack(value, request.localizer, zone) for key, value in (entry.payload or {}).items()}
    filled = {key: "–" if value is None else value for key, value in payload.items()}
    return str(request.localizer.translate(title, mapping=filled))


def actor_of(entry: JournalEntry) -> str | TranslationString:
    """Who did it."""
    if entry.actor_type == GUEST:
        return _("Link for the day: ${name}", mapping={"name": entry.actor_name})
    return entry.actor_name or _NAMELESS.get(entry.actor_type, entry.actor_type)


def reason_of(entry: JournalEntry) -> TranslationString | None:
    """Why it was done, where somebody had to write it."""
    reason = (entry.payload or {}).get("reason")
    return _("Reason: ${reason}", mapping={"reason": reason}) if reason else None


def journal_page(context: Resource, request: Request) -> dict[str, Any]:
    """Everything that happened here, with names, for those who work here."""
    return _page(context, request, _("What happened here"), only_public=False)


def transparency_page(context: Resource, request: Request) -> dict[str, Any]:
    """What everybody may know, without names."""
    return _page(context, request, _("Every step of this process"), only_public=True)


def _page(context: Resource, request: Request, title: TranslationString, *, only_public: bool) -> dict[str, Any]:
    scope: Scope = request.registry.journal_pages[type(context)](context)
    asked = Pages.of(request, 10**9, PER_PAGE)
    found = read(request.db, scope, only_public=only_public, page=asked.number, per_page=PER_PAGE)
    return {
        "title": title,
        "only_public": only_public,
        "entries": [(entry, title_of(request, entry), actor_of(entry), reason_of(entry)) for entry in found.entries],
        "pages": Pages.of(request, found.total, PER_PAGE),
        "back": request.resource_path(context),
    }


def add_journal_page(
    config: Configurator, resource: type[Resource], scope: Callable[[Any], Scope], *, public_permission: Permission
) -> None:
    """Directive: give every `resource` its journal. `scope(resource)` says which entries; whoever has
    `public_permission` there reads the public ones."""
    config.action(("journal page", resource), lambda: config.registry.journal_pages.update({resource: scope}))
    shared = {"context": resource, "request_method": "GET", "renderer": "fdplattform.templates:journal/list.pt"}
    config.add_view(journal_page, name="protokoll", permission=Permission.JOURNAL_VIEW, **shared)
    config.add_view(transparency_page, name="transparenz", permission=public_permission, **shared)
    config.add_toolbar_link(
        resource, "protokoll", _("Journal"), permission=Permission.JOURNAL_VIEW, order=90, group=ADMINISTRATION
    )


def includeme(config: Configurator) -> None:
    config.registry.journal_pages = {}
    config.add_directive("add_journal_page", add_journal_page)
