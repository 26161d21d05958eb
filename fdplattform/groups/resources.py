"""Below a dialogue: `/gruppen/{group}`."""

from dataclasses import dataclass
from functools import partial

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.findings.resources import DialogueList
from fdplattform.groups.models import Group
from fdplattform.groups.services import find_group
from fdplattform.security.permissions import Permission
from fdplattform.web.ids import by_id
from fdplattform.web.toolbar import PREPARATION
from fdplattform.web.tree import Resource

_ = TranslationStringFactory("fdplattform")

NAME = "gruppen"


@dataclass(kw_only=True)
class GroupsResource(DialogueList):
    """`/gruppen`"""

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Groups")))


@dataclass(kw_only=True)
class GroupResource(DialogueList):
    """One group."""

    group: Group

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs: the title in the reader's language."""
        return str(request.texts(self.group).get(self.group, "title"))


def _find_groups(parent: DialogueResource, name: str) -> Resource | None:
    return GroupsResource(__name__=name, __parent__=parent, request=parent.request) if name == NAME else None


def _find_group(parent: GroupsResource, name: str) -> Resource | None:
    group = by_id(name, partial(find_group, parent.request.db, parent.dialogue.id))
    if group is None:
        return None
    return GroupResource(__name__=name, __parent__=parent, request=parent.request, group=group)


def includeme(config: Configurator) -> None:
    config.add_child_finder(DialogueResource, _find_groups)
    config.add_child_finder(GroupsResource, _find_group)
    config.add_toolbar_link(
        DialogueResource, NAME, _("Groups"), permission=Permission.GROUP_EDIT, order=45, group=PREPARATION
    )
