"""What the texts of letters name and nobody has entered yet, and where it is entered."""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from fdplattform.legal.models import LegalPage
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.tools.letters.composing import FROM_PRIVACY, Occasion
from fdplattform.tools.letters.messages import _
from fdplattform.tools.letters.resources import KindResource
from fdplattform.web.tree import nearest


@dataclass(frozen=True)
class MissingFact:
    """A gap that letters would have."""

    #: What it is; a placeholder that nobody knows stands there as it was written.
    title: Any
    #: The page on which it is entered; None where there is none.
    href: str | None


def missing_facts(context: KindResource, request: Request, occasion: Occasion) -> list[MissingFact]:
    """What has to be entered, or taken out of the texts, before letters are made."""
    titles, pages = occasion.placeholders(), _pages(context, request)
    found = [MissingFact(titles.get(name, name), pages.get(name)) for name in occasion.missing()]
    if not occasion.head.sender.strip():
        found.insert(0, MissingFact(_("Who sends the letters"), pages["contact"]))
    return found


def _pages(context: KindResource, request: Request) -> dict[str, str]:
    event = context.event_href
    found = {each.name: f"{event}/{each.page}" for each in context.kind.placeholders if each.page}
    found |= {"contact": request.resource_path(context.__parent__, "absender"), "dates": f"{event}/termine"}
    municipality = nearest(context, MunicipalityResource)
    privacy = request.resource_path(municipality, "rechtstext", LegalPage.PRIVACY.value)
    return found | dict.fromkeys(FROM_PRIVACY, privacy)
