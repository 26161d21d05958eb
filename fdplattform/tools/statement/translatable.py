"""What can be translated of a statement and of its points."""

from typing import Any

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.events.resources import EventResource
from fdplattform.security.permissions import Permission
from fdplattform.tools.statement.models import Statement
from fdplattform.tools.statement.resources import PointResource, StatementPlace, StatementResource
from fdplattform.tools.statement.schemas import MAX_BODY, MAX_POINT, MAX_TEXT
from fdplattform.tools.statement.services import statement_of
from fdplattform.translation.pages import Translatable, TranslatableField
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")


def _statement(place: StatementResource) -> Statement:
    found = statement_of(place.request.db, place.event.id)
    # Before the first word there is nothing to translate, and the page says so.
    return found or Statement(id=0, event_id=place.event.id, language=place.event.language, text="")


def _scope(place: StatementPlace) -> dict[str, Any]:
    return {
        "municipality_id": nearest(place, EventResource).municipality_id,
        "dialogue_id": place.event.dialogue_id,
        "event_id": place.event.id,
    }


STATEMENT = Translatable(
    thing=_statement,
    fields=(
        TranslatableField("text", _("Joint statement"), MAX_TEXT),
        TranslatableField("reservations", _("Reservations"), MAX_POINT),
    ),
    permission=Permission.STATEMENT_ANSWER,
    journal=("statement:translate", _scope),
    link=_("Translate the statement"),
)
POINT = Translatable(
    thing=lambda place: place.point,
    fields=(
        TranslatableField("text", _("Point"), MAX_POINT),
        TranslatableField("body", _("Who responds?"), MAX_BODY),
        TranslatableField("response", _("Official response"), 4000),
        TranslatableField("outcome", _("What came of it"), 4000),
    ),
    permission=Permission.STATEMENT_ANSWER,
    journal=("statement:translate", _scope),
    link=_("Translate this point"),
)


def includeme(config: Configurator) -> None:
    config.add_translatable(StatementResource, STATEMENT)
    config.add_translatable(PointResource, POINT)
