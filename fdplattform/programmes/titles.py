"""What contributions and their states are called."""

from translationstring import TranslationString, TranslationStringFactory

from fdplattform.programmes.models import ContributionKind, ContributionStatus

_ = TranslationStringFactory("fdplattform")

CONTRIBUTION_TITLES: dict[ContributionKind, TranslationString] = {
    ContributionKind.ROOMS: _("Rooms"),
    ContributionKind.MATERIAL: _("Material"),
    ContributionKind.PUBLICITY: _("Publicity"),
    ContributionKind.CATERING: _("Catering"),
    ContributionKind.CO_MODERATORS: _("Co-moderators"),
}

STATUS_TITLES: dict[ContributionStatus, TranslationString] = {
    ContributionStatus.OPEN: _("Still open"),
    ContributionStatus.PROMISED: _("Promised"),
    ContributionStatus.DONE: _("Provided"),
}
