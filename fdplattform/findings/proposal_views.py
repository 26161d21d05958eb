"""`/vorschlaege`: read by everybody what is published; written by staff."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.findings import proposals as services
from fdplattform.findings.fields import field_options, fields_of
from fdplattform.findings.listing import field_links
from fdplattform.findings.models import Finding, Proposal
from fdplattform.findings.proposals import ProposalText
from fdplattform.findings.resources import ProposalResource, ProposalsResource
from fdplattform.findings.schemas import ProposalEditSchema, ProposalSchema
from fdplattform.findings.services import findings_of
from fdplattform.findings.views import chosen_ids, may_edit
from fdplattform.forms import Button, attributes_of, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")

PAGE = "fdplattform.templates:forms/page.pt"


@view_config(
    context=ProposalsResource,
    name="",
    permission=Permission.DIALOGUE_VIEW,
    renderer="fdplattform.templates:findings/proposals.pt",
    request_method="GET",
)
def list_proposals(context: ProposalsResource, request: Request) -> dict[str, Any]:
    """What is proposed, and from which results each proposal came."""
    place = nearest(context, DialogueResource)
    staff = may_edit(context, request)
    proposals = services.proposals_of(request.db, place.dialogue.id, drafts=staff)
    links = field_links(request, place, fields_of(request.db, place.dialogue.id))
    findings = {finding.id: finding for each in proposals for finding in _shown(each, staff)}
    texts = request.texts(*proposals, *findings.values())
    here = context.href
    return {
        "title": _("Proposals"),
        "proposals": [
            {
                "proposal": each,
                "title": texts.get(each, "title"),
                "parts": [(heading, text) for name, heading in _PARTS if (text := texts.get(each, name))],
                "field": links.get(each.field_id or 0),
                "findings": [(texts.get(finding, "text"), finding.origin) for finding in _shown(each, staff)],
                "href": f"{here}/{each.id}",
            }
            for each in proposals
        ],
        "staff": staff,
        "here": here,
        "results_href": request.resource_path(place, "ergebnisse"),
    }


_PARTS = (
    ("problem", _("The problem")),
    ("idea", _("The idea")),
    ("benefits", _("Who benefits")),
    ("first_step", _("The first step")),
)


def _shown(proposal: Proposal, staff: bool) -> list[Finding]:
    return [finding for finding in proposal.findings if staff or finding.published]


@view_config(context=ProposalsResource, name="anlegen", permission=Permission.FINDING_EDIT, renderer=PAGE)
def create(context: ProposalsResource, request: Request) -> Any:
    """A new proposal, made from the findings in the address where there are some."""
    dialogue = context.dialogue
    ids = chosen_ids(request.GET.getall("finding"))

    def save(values: dict[str, Any]) -> str:
        services.create_proposal(
            request.db, dialogue, _text(values), finding_ids=ids, now=request.now, actor=request.identity.actor
        )
        request.flash(_("The proposal is there. Residents see it as soon as you publish it."))
        return context.href

    chosen = [each for each in findings_of(request.db, dialogue.id, drafts=True) if each.id in ids] if ids else []
    form = make_form(
        ProposalSchema(),
        request,
        fields=field_options(request.db, context.dialogue.id),
        buttons=[Button(title=_("Create"))],
        cancel=context.href,
        once=True,
    )
    values = {"language": dialogue.language, "idea": "\n".join(each.text for each in chosen)}
    return handle(request, form, on_valid=save, values=values, title=_("New proposal"))


@view_config(context=ProposalResource, name="", permission=Permission.FINDING_EDIT, renderer=PAGE)
def edit(context: ProposalResource, request: Request) -> Any:
    """Change a proposal."""

    def save(values: dict[str, Any]) -> str:
        services.edit_proposal(
            request.db,
            context.dialogue,
            context.proposal,
            _text(values),
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("The proposal is saved."))
        return context.parent_href

    form = make_form(
        ProposalEditSchema(),
        request,
        fields=field_options(request.db, context.dialogue.id),
        cancel=context.parent_href,
    )
    values = attributes_of(form, context.proposal)
    return handle(request, form, on_valid=save, values=values, title=_("Change a proposal"))


def _text(values: dict[str, Any]) -> ProposalText:
    optional = {name: values[name] or None for name in ("problem", "benefits", "first_step", "field_id")}
    return ProposalText(title=values["title"], idea=values["idea"], language=values["language"], **optional)


@view_config(
    context=ProposalResource, name="veroeffentlichen", permission=Permission.FINDING_EDIT, request_method="POST"
)
def publish(context: ProposalResource, request: Request) -> HTTPSeeOther:
    """Let everybody read it."""
    return _set_published(context, request, published=True)


@view_config(context=ProposalResource, name="zurueckziehen", permission=Permission.FINDING_EDIT, request_method="POST")
def unpublish(context: ProposalResource, request: Request) -> HTTPSeeOther:
    """Take it off the public page."""
    return _set_published(context, request, published=False)


def _set_published(context: ProposalResource, request: Request, *, published: bool) -> HTTPSeeOther:
    services.set_published(
        request.db, context.dialogue, context.proposal, published=published, actor=request.identity.actor
    )
    request.flash(_("The proposal is public now.") if published else _("The proposal is no longer public."))
    return HTTPSeeOther(context.parent_href)


@view_config(
    context=ProposalResource,
    name="loeschen",
    permission=Permission.FINDING_EDIT,
    renderer="fdplattform.templates:findings/confirm.pt",
    request_method="GET",
)
def ask_before_deleting(context: ProposalResource, request: Request) -> dict[str, Any]:
    """What would be gone and what would stay."""
    return {
        "title": _("Delete the proposal?"),
        "thing": context.page_title(request),
        "explanation": _("The results from which it was made stay."),
        "here": f"{context.href}/loeschen",
        "back": context.parent_href,
    }


@view_config(context=ProposalResource, name="loeschen", permission=Permission.FINDING_EDIT, request_method="POST")
def delete(context: ProposalResource, request: Request) -> HTTPSeeOther:
    """Delete it."""
    services.delete_proposal(request.db, context.dialogue, context.proposal, actor=request.identity.actor)
    request.flash(_("The proposal is deleted."))
    return HTTPSeeOther(context.parent_href)
