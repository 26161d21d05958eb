"""Dialogues in lists: on the home page, on a municipality's page, and as facts beside municipalities."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.dialogues.models import Dialogue, DialogueState, Phase
from fdplattform.dialogues.phases import current_phase
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.dialogues.services import dialogues_of, running_dialogues
from fdplattform.dialogues.titles import STATE_KINDS, STATE_TITLES
from fdplattform.method import block
from fdplattform.municipalities.facts import Fact
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import MunicipalityResource, municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import Root

_ = TranslationStringFactory("fdplattform")

ON_HOME_PAGE = 12


def phases_by_dialogue(session: Session, ids: Collection[int]) -> dict[int, list[Phase]]:
    """The phases of several dialogues, each in their order; one query."""
    found: dict[int, list[Phase]] = {key: [] for key in ids}
    if found:
        query = select(Phase).where(Phase.dialogue_id.in_(found)).order_by(Phase.dialogue_id, Phase.position)
        for phase in session.scalars(query):
            found[phase.dialogue_id].append(phase)
    return found


def make_cards(
    request: Request, dialogues: Sequence[tuple[Dialogue, Municipality]], *, with_place: bool
) -> list[dict[str, Any]]:
    """What a card shows of each dialogue; two queries for all."""
    texts = request.texts(*(dialogue for dialogue, _municipality in dialogues))
    phases = phases_by_dialogue(request.db, [dialogue.id for dialogue, _municipality in dialogues])
    return [
        {
            "title": texts.get(dialogue, "title"),
            "goal": texts.get(dialogue, "goal"),
            "href": request.resource_path(dialogue_resource(municipality_resource(request, municipality), dialogue)),
            "place": municipality.name if with_place else None,
            "fictional": municipality.fictional,
            "state": STATE_TITLES[dialogue.state],
            "state_kind": STATE_KINDS[dialogue.state],
            "phase": phase_title(phases[dialogue.id], request),
        }
        for dialogue, municipality in dialogues
    ]


def phase_title(phases: Sequence[Phase], request: Request) -> TranslationString | None:
    """The title of the phase that a dialogue is in."""
    phase = current_phase(phases, request.fmt.local(request.now).date())
    return block(phase.block).title if phase else None


def municipality_panel(context: MunicipalityResource, request: Request) -> dict[str, Any] | None:
    """The dialogues of a municipality; staff see drafts too."""
    drafts = bool(request.has_permission(Permission.DIALOGUE_VIEW, context))
    dialogues = dialogues_of(request.db, context.municipality.id, drafts=drafts)
    may_create = bool(request.has_permission(Permission.DIALOGUE_CREATE, context))
    if not dialogues and not may_create:
        return None
    return {
        "heading": _("Dialogues"),
        "cards": make_cards(request, [(each, context.municipality) for each in dialogues], with_place=False),
        "create_href": request.resource_path(context, "dialog-anlegen") if may_create else None,
    }


def home_panel(_context: Root, request: Request) -> dict[str, Any] | None:
    """The running dialogues of all municipalities."""
    dialogues = running_dialogues(request.db, limit=ON_HOME_PAGE)
    if not dialogues:
        return None
    return {
        "heading": _("Running dialogues"),
        "cards": make_cards(request, [(each, each.municipality) for each in dialogues], with_place=True),
        "create_href": None,
    }


def municipality_facts(request: Request, municipality_ids: Collection[int]) -> Mapping[int, Sequence[Fact]]:
    """The dialogues of each municipality and how far they are; the programme office sees drafts too."""
    hidden = [] if request.has_permission(Permission.PROGRAMME_VIEW, request.root) else [DialogueState.DRAFT]
    query = (
        select(Dialogue, Municipality)
        .join(Municipality, Municipality.id == Dialogue.municipality_id)
        .where(Dialogue.municipality_id.in_(municipality_ids), Dialogue.state.not_in(hidden))
        .order_by(Dialogue.municipality_id, Dialogue.created_at.desc(), Dialogue.id.desc())
    )
    pairs = [(dialogue, municipality) for dialogue, municipality in request.db.execute(query)]
    found: dict[int, list[Fact]] = {}
    for (dialogue, municipality), card in zip(pairs, make_cards(request, pairs, with_place=False), strict=True):
        facts = found.setdefault(municipality.id, [])
        facts.append(Fact(label=_("Dialogue"), value=card["title"], href=card["href"]))
        if dialogue.state is not DialogueState.PUBLISHED:
            facts.append(Fact(label=_("State"), value=card["state"]))
        elif card["phase"]:
            facts.append(Fact(label=_("Phase"), value=card["phase"]))
    return found


def includeme(config: Configurator) -> None:
    template = "fdplattform.templates:dialogues/cards.pt"
    config.add_panel(Root, "dialogues", home_panel, template, order=20)
    config.add_panel(MunicipalityResource, "dialogues", municipality_panel, template, order=20)
    config.add_municipality_facts("dialogues", municipality_facts, order=20)
