"""Below a dialogue: `/ergebnisse/{finding}`, `/handlungsfelder/{field}` and `/vorschlaege/{proposal}`."""

from dataclasses import dataclass
from functools import partial

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.toolbar import RESULTS
from fdplattform.findings.fields import find_field
from fdplattform.findings.models import FieldOfAction, Finding, Proposal
from fdplattform.findings.proposals import find_proposal
from fdplattform.findings.services import find_finding
from fdplattform.security.permissions import Permission
from fdplattform.web.ids import by_id
from fdplattform.web.toolbar import ToolbarLink, links_of
from fdplattform.web.tree import Resource, nearest

_ = TranslationStringFactory("fdplattform")


@dataclass(kw_only=True)
class DialogueList(Resource):
    """A list that belongs to a dialogue."""

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue it belongs to."""
        return nearest(self, DialogueResource).dialogue

    @property
    def href(self) -> str:
        """The address of its page, to which the names of views and children are added."""
        return str(self.request.resource_path(self)).rstrip("/")

    @property
    def parent_href(self) -> str:
        """The address of the page above it."""
        return str(self.request.resource_path(self.__parent__)).rstrip("/")


@dataclass(kw_only=True)
class FindingsResource(DialogueList):
    """`/ergebnisse`"""

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Results")))


@dataclass(kw_only=True)
class FieldsResource(DialogueList):
    """`/handlungsfelder`"""

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Fields of action")))


@dataclass(kw_only=True)
class ProposalsResource(DialogueList):
    """`/vorschlaege`"""

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Proposals")))


@dataclass(kw_only=True)
class FindingResource(DialogueList):
    """One finding."""

    finding: Finding


@dataclass(kw_only=True)
class FieldResource(DialogueList):
    """One field of action."""

    field: FieldOfAction

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs: the title in the reader's language."""
        return str(request.texts(self.field).get(self.field, "title"))


@dataclass(kw_only=True)
class ProposalResource(DialogueList):
    """One proposal."""

    proposal: Proposal

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs: the title in the reader's language."""
        return str(request.texts(self.proposal).get(self.proposal, "title"))


LISTS: dict[str, type[DialogueList]] = {
    "ergebnisse": FindingsResource,
    "handlungsfelder": FieldsResource,
    "vorschlaege": ProposalsResource,
}


def list_resource(parent: DialogueResource, name: str) -> DialogueList:
    """The list called `name`, e.g. to make addresses with."""
    return LISTS[name](__name__=name, __parent__=parent, request=parent.request)


def _find_list(parent: DialogueResource, name: str) -> Resource | None:
    return list_resource(parent, name) if name in LISTS else None


def _find_finding(parent: FindingsResource, name: str) -> Resource | None:
    finding = by_id(name, partial(find_finding, parent.request.db, parent.dialogue.id))
    if finding is None:
        return None
    return FindingResource(__name__=name, __parent__=parent, request=parent.request, finding=finding)


def _find_field(parent: FieldsResource, name: str) -> Resource | None:
    field = by_id(name, partial(find_field, parent.request.db, parent.dialogue.id))
    if field is None:
        return None
    return FieldResource(__name__=name, __parent__=parent, request=parent.request, field=field)


def _find_proposal(parent: ProposalsResource, name: str) -> Resource | None:
    proposal = by_id(name, partial(find_proposal, parent.request.db, parent.dialogue.id))
    if proposal is None:
        return None
    return ProposalResource(__name__=name, __parent__=parent, request=parent.request, proposal=proposal)


def dialogue_tools(context: Resource, request: Request) -> list[ToolbarLink]:
    """On the pages of a dialogue's lists, staff keep the dialogue's tools."""
    place = context.__parent__
    return links_of(request, place) if isinstance(context, DialogueList) and isinstance(place, DialogueResource) else []


def includeme(config: Configurator) -> None:
    config.add_toolbar_source(dialogue_tools)
    config.add_child_finder(DialogueResource, _find_list)
    config.add_child_finder(FindingsResource, _find_finding)
    config.add_child_finder(FieldsResource, _find_field)
    config.add_child_finder(ProposalsResource, _find_proposal)
    titles = {"ergebnisse": _("Results"), "handlungsfelder": _("Fields of action"), "vorschlaege": _("Proposals")}
    for order, (name, title) in enumerate(titles.items(), start=40):
        config.add_toolbar_link(
            DialogueResource, name, title, permission=Permission.FINDING_EDIT, order=order, group=RESULTS
        )
