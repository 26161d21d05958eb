"""What states of dialogues and phases are called, and the kind of badge that each gets."""

from translationstring import TranslationString, TranslationStringFactory

from fdplattform.dialogues.models import DialogueState, PhaseStatus

_ = TranslationStringFactory("fdplattform")

STATE_TITLES: dict[DialogueState, TranslationString] = {
    DialogueState.DRAFT: _("Draft"),
    DialogueState.PUBLISHED: _("Running"),
    DialogueState.CLOSED: _("Closed"),
}
STATE_KINDS = {DialogueState.DRAFT: "warning", DialogueState.PUBLISHED: "success", DialogueState.CLOSED: "info"}

PHASE_STATUS_TITLES: dict[PhaseStatus, TranslationString] = {
    PhaseStatus.PLANNED: _("Planned"),
    PhaseStatus.RUNNING: _("Running"),
    PhaseStatus.DONE: _("Done"),
    PhaseStatus.SKIPPED: _("Left out"),
}
PHASE_STATUS_KINDS = {
    PhaseStatus.PLANNED: "info",
    PhaseStatus.RUNNING: "warning",
    PhaseStatus.DONE: "success",
    PhaseStatus.SKIPPED: "info",
}
