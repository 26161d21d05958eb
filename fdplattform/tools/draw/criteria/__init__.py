"""What a panel shall look like: seats, criteria, categories and quotas; how many letters that takes."""

from typing import Any

from pyramid.config import Configurator

from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.criteria.messages import _
from fdplattform.tools.draw.criteria.resources import CriterionResource
from fdplattform.tools.draw.criteria.texts import CriterionTexts, translatable_fields
from fdplattform.translation.pages import Translatable


def includeme(config: Configurator) -> None:
    config.include("fdplattform.tools.draw.criteria.resources")
    config.add_translatable(
        CriterionResource,
        Translatable(
            thing=lambda place: CriterionTexts(place.criterion),
            fields=lambda place: translatable_fields(place.criterion),
            permission=Permission.DRAW_PLAN,
            journal=("criteria:translate", _scope),
        ),
    )
    titles = {
        "plan": _("Plan of the draw changed (places: ${seats}, least age: ${least_age})"),
        "add": _("Criterion of the draw added: ${criterion}"),
        "edit": _("Criterion of the draw changed: ${criterion}"),
        "move": _("Order of the criteria changed: ${criterion}"),
        "remove": _("Criterion of the draw deleted: ${criterion}"),
        "propose": _("Quotas proposed from the shares of the population (criteria: ${number})"),
        "shares": _("Shares of the population taken over from the register"),
        "translate": _("Criterion of the draw translated: ${language}"),
    }
    for action, title in titles.items():
        config.add_journal_tag(f"criteria:{action}", title)


def _scope(place: CriterionResource) -> dict[str, Any]:
    return {
        "municipality_id": place.dialogue.municipality_id,
        "dialogue_id": place.dialogue.id,
        "event_id": place.event.id,
    }
