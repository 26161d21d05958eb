"""Results on the pages of a dialogue and of an event."""

from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.resources import EventResource
from fdplattform.events.toolbar import RESULTS
from fdplattform.events.views import RESULTS as EVENT_RESULTS
from fdplattform.findings.fields import fields_of
from fdplattform.findings.listing import field_links
from fdplattform.findings.proposals import count_published
from fdplattform.findings.services import by_kind, findings_of
from fdplattform.findings.titles import KIND_TITLES
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")

#: A dialogue's page shows so many results of each kind; the others are one click away.
SHOWN = 3


def dialogue_results(place: DialogueResource, request: Request) -> dict[str, Any] | None:
    """The results with the most dots of each kind, and the fields of action."""
    findings = findings_of(request.db, place.dialogue.id, drafts=False)
    fields = fields_of(request.db, place.dialogue.id)
    if not findings and not fields:
        return None
    kinds = by_kind(findings)
    shown = {kind: each[:SHOWN] for kind, each in kinds.items()}
    texts = request.texts(*(finding for each in shown.values() for finding in each))
    return {
        "kinds": [
            {
                "title": KIND_TITLES[kind],
                "texts": [texts.get(finding, "text") for finding in each],
                "more": len(kinds[kind]) - len(each),
                "href": f"{request.resource_path(place, 'ergebnisse')}#{kind}",
            }
            for kind, each in shown.items()
        ],
        "fields": list(field_links(request, place, fields).values()),
        "results_href": request.resource_path(place, "ergebnisse"),
        "proposals": count_published(request.db, place.dialogue.id),
        "proposals_href": request.resource_path(place, "vorschlaege"),
    }


def event_results(place: EventResource, request: Request) -> dict[str, Any] | None:
    """What came out of the event, as far as it is published."""
    findings = findings_of(request.db, place.event.dialogue_id, drafts=False, event_id=place.event.id)
    if not findings:
        return None
    texts = request.texts(*findings)
    return {
        "kinds": [
            {"title": KIND_TITLES[kind], "rows": [(texts.get(each, "text"), each.weight) for each in found]}
            for kind, found in by_kind(findings).items()
        ],
        "results_href": request.resource_path(nearest(place, DialogueResource), "ergebnisse"),
    }


def includeme(config: Configurator) -> None:
    folder = "fdplattform.templates:findings"
    config.add_panel(DialogueResource, "results", dialogue_results, f"{folder}/dialogue_panel.pt", order=60)
    config.add_panel(EventResource, "results", event_results, f"{folder}/event_panel.pt", part=EVENT_RESULTS)
    config.add_toolbar_link(
        EventResource, "ergebnisse", _("Enter results"), permission=Permission.FINDING_EDIT, order=40, group=RESULTS
    )
