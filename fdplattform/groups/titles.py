"""What kinds of groups are called."""

from translationstring import TranslationStringFactory

from fdplattform.groups.models import GroupKind

_ = TranslationStringFactory("fdplattform")

KIND_TITLES = {
    GroupKind.PREPARATION: _("Preparation group"),
    GroupKind.STEERING: _("Steering group"),
    GroupKind.PROJECT_TEAM: _("Project team"),
    GroupKind.WORKING_GROUP: _("Working group"),
}
