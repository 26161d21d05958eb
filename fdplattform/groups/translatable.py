"""What can be translated of groups."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.findings.translatable import scope
from fdplattform.groups.resources import GroupResource
from fdplattform.security.permissions import Permission
from fdplattform.translation.pages import Translatable, TranslatableField

_ = TranslationStringFactory("fdplattform")

GROUP = Translatable(
    thing=lambda place: place.group,
    fields=(TranslatableField("title", _("Name of the group"), 200), TranslatableField("task", _("Task"), 2000)),
    permission=Permission.GROUP_EDIT,
    journal=("group:translate", scope),
)


def includeme(config: Configurator) -> None:
    config.add_translatable(GroupResource, GROUP)
