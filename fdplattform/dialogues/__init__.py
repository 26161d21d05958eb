"""Dialogues: one process of one municipality, walking through the phases."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.dialogues.services import is_new
from fdplattform.journal.services import Scope
from fdplattform.security.permissions import Permission
from fdplattform.translation.pages import Translatable, TranslatableField
from fdplattform.web.toolbar import PREPARATION

_ = TranslationStringFactory("fdplattform")

TRANSLATABLE = Translatable(
    thing=lambda resource: resource.dialogue,
    fields=(
        TranslatableField("title", _("Title"), 120),
        TranslatableField("goal", _("What is this about?"), 2000),
        TranslatableField("results_promise", _("What happens with the results?"), 2000),
        TranslatableField("occasion", _("Why now?"), 2000),
    ),
    permission=Permission.DIALOGUE_EDIT,
    journal=(
        "dialogue:translate",
        lambda resource: {
            "municipality_id": resource.dialogue.municipality_id,
            "dialogue_id": resource.dialogue.id,
        },
    ),
)


def includeme(config: Configurator) -> None:
    config.include("fdplattform.dialogues.resources")
    config.include("fdplattform.dialogues.cards")
    config.add_toolbar_link(DialogueResource, "", _("Public page"), permission=Permission.MUNICIPALITY_WORK, order=0)
    for view, title, order in (("bearbeiten", _("Edit"), 10), ("phasen", _("Phases"), 20)):
        config.add_toolbar_link(
            DialogueResource, view, title, permission=Permission.DIALOGUE_EDIT, order=order, group=PREPARATION
        )
    config.add_toolbar_link(
        DialogueResource,
        "verwerfen",
        _("Discard the draft"),
        permission=Permission.DIALOGUE_PUBLISH,
        order=90,
        group=PREPARATION,
        shown=lambda place: is_new(place.dialogue),
    )
    config.add_journal_page(
        DialogueResource,
        lambda place: Scope(dialogue_id=place.dialogue.id),
        public_permission=Permission.DIALOGUE_VIEW,
    )
    config.add_access_page(DialogueResource, Permission.MUNICIPALITY_WORK)
    config.add_translatable(DialogueResource, TRANSLATABLE)
    config.add_journal_tag("dialogue:translate", _("Dialogue translated: ${language}"))
    config.add_journal_tag("dialogue:create", _("Dialogue started: ${title}"))
    config.add_journal_tag("dialogue:edit", _("Dialogue changed: ${title}"))
    config.add_journal_tag("dialogue:discard", _("Dialogue discarded: ${title}"))
    config.add_journal_tag("dialogue:publish", _("Dialogue published: ${title}"))
    config.add_journal_tag("dialogue:unpublish", _("Dialogue hidden from the public: ${title}"))
    config.add_journal_tag("dialogue:close", _("Dialogue closed: ${title}"))
    config.add_journal_tag("dialogue:reopen", _("Dialogue reopened: ${title}"))
    config.add_journal_tag("phase:edit", _("Building block ${block}: dates or status changed"))
    config.add_journal_tag("phase:move", _("Building block ${block}: order changed"))
