"""What kinds of findings are called, and the fields of action that are suggested."""

from translationstring import TranslationStringFactory

from fdplattform.findings.models import FindingKind

_ = TranslationStringFactory("fdplattform")

#: The heading over the findings of a kind.
KIND_TITLES = {
    FindingKind.VISION: _("Visions of the future"),
    FindingKind.CHALLENGE: _("Challenges"),
    FindingKind.IDEA: _("Ideas"),
    FindingKind.CONCERN: _("Concerns"),
    FindingKind.INFORMATION: _("Information and points of view"),
    FindingKind.FURTHER_ACTOR: _("Further people and organisations who should take part"),
}

#: Subjects that local dialogues often work on, by an id that stays; each can be renamed after it was taken over.
SUGGESTED_FIELDS = {
    "language": _("Language and understanding"),
    "education": _("Childcare, school and education"),
    "work": _("Training and work"),
    "housing": _("Building and housing"),
    "health": _("Health"),
    "volunteering": _("Volunteering and engagement"),
    "neighbourhood": _("Meeting people and neighbourhood"),
    "leisure": _("Leisure, sport and culture"),
    "administration": _("Administration open to all cultures"),
    "participation": _("Information and participation"),
    "safety": _("Safety, fears and conflicts"),
    "equality": _("Equal treatment and taking part"),
    "mobility": _("Infrastructure and mobility"),
    "families": _("Women, families, children and youth"),
    "values": _("Values, religion and the rule of law"),
}
