"""What the journal records about groups: never who leads them."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")

TAGS = {
    "group:create": _("A group was made: ${title}"),
    "group:edit": _("A group was changed: ${title}"),
    "group:translate": _("A group was translated"),
    "group:extend": _("The preparation group became the steering group: ${title}"),
    "group:lead": _("The people responsible for a group were named: ${title}"),
    "group:consent": _("The person responsible for a group agreed to be named: ${title}"),
    "group:withdraw": _("The person responsible for a group no longer agrees: ${title}"),
    "group:delete": _("A group was deleted: ${title}"),
}


def includeme(config: Configurator) -> None:
    for name, title in TAGS.items():
        config.add_journal_tag(name, title)
