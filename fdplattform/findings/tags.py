"""What the journal records about findings, fields of action and proposals: never their text, which may be deleted."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")

TAGS = {
    "finding:add": _("Findings were entered: ${count}"),
    "finding:edit": _("A finding was changed"),
    "finding:translate": _("A finding was translated"),
    "finding:publish": _("Findings were published: ${count}"),
    "finding:unpublish": _("Findings were taken off the public page: ${count}"),
    "finding:delete": _("Findings were deleted: ${count}"),
    "field:create": _("A field of action was made: ${title}"),
    "field:edit": _("A field of action was changed: ${title}"),
    "field:translate": _("A field of action was translated"),
    "field:move": _("The order of the fields of action was changed"),
    "field:attach": _("Findings were put into a field of action: ${title}"),
    "field:detach": _("A finding was taken out of a field of action: ${title}"),
    "field:merge": _("Fields of action were merged: ${titles} into ${title}"),
    "field:delete": _("A field of action was deleted: ${title}"),
    "proposal:create": _("A proposal was made: ${title}"),
    "proposal:edit": _("A proposal was changed: ${title}"),
    "proposal:translate": _("A proposal was translated"),
    "proposal:publish": _("A proposal was published: ${title}"),
    "proposal:unpublish": _("A proposal was taken off the public page: ${title}"),
    "proposal:delete": _("A proposal was deleted: ${title}"),
}


def includeme(config: Configurator) -> None:
    for name, title in TAGS.items():
        config.add_journal_tag(name, title)
