"""What can be translated of findings, fields of action and proposals."""

from typing import Any

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.findings.resources import DialogueList, FieldResource, FindingResource, ProposalResource
from fdplattform.findings.services import MAX_TEXT
from fdplattform.security.permissions import Permission
from fdplattform.translation.pages import Translatable, TranslatableField

_ = TranslationStringFactory("fdplattform")


def scope(place: DialogueList) -> dict[str, Any]:
    """Where the journal puts what was translated."""
    return {"dialogue_id": place.dialogue.id, "municipality_id": place.dialogue.municipality_id}


FINDING = Translatable(
    thing=lambda place: place.finding,
    fields=(TranslatableField("text", _("Result"), MAX_TEXT),),
    permission=Permission.FINDING_EDIT,
    journal=("finding:translate", scope),
)
FIELD = Translatable(
    thing=lambda place: place.field,
    fields=(TranslatableField("title", _("Title"), 200), TranslatableField("description", _("Description"), 2000)),
    permission=Permission.FINDING_EDIT,
    journal=("field:translate", scope),
)
PROPOSAL = Translatable(
    thing=lambda place: place.proposal,
    fields=(
        TranslatableField("title", _("Title"), 200),
        TranslatableField("idea", _("The idea"), 4000),
        TranslatableField("problem", _("The problem"), 4000),
        TranslatableField("benefits", _("Who benefits"), 4000),
        TranslatableField("first_step", _("The first step"), 4000),
    ),
    permission=Permission.FINDING_EDIT,
    journal=("proposal:translate", scope),
)


def includeme(config: Configurator) -> None:
    config.add_translatable(FindingResource, FINDING)
    config.add_translatable(FieldResource, FIELD)
    config.add_translatable(ProposalResource, PROPOSAL)
