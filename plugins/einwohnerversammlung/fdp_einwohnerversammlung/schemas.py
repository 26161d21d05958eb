"""The forms: what is asked about an assembly, its suggestions and trusted persons, and a municipality's settings."""

from fdp_einwohnerversammlung.texts import _
from fdplattform.api import Choice, Date, Flag, FormSchema, LongText, Number, Text, Url

WARN, BLOCK = "warn", "block"
SEVERITIES = (
    (WARN, _("Warn: the step is possible with a written reason")),
    (BLOCK, _("Stop: the step is not possible")),
)


class Details(FormSchema):
    """What is asked about an assembly. Most of it is asked by the step that needs it."""

    chair = Text(
        200,
        title=_("Chair"),
        description=_("A name or an office. Who may chair is said by the law of your Land."),
        required=False,
        public=True,
    )
    residents_only = Flag(title=_("Only residents take part"), public=True)
    decided_on = Date(title=_("Decided on"), required=False)
    decision_reference = Text(
        200,
        title=_("Decision"),
        description=_("Number of the paper or item of the agenda, so that everybody finds it."),
        required=False,
        public=True,
    )
    petition_received_on = Date(title=_("Petition received on"), required=False)
    population = Number(
        title=_("Residents"),
        description=_("Only if the register of municipalities does not know the number, or knows an old one."),
        min=1,
        max=20_000_000,
        required=False,
    )
    eligible = Number(
        title=_("Residents who may sign"),
        description=_("The residents' registration office knows the number on the day on which the petition came in."),
        min=1,
        max=20_000_000,
        required=False,
    )
    signatures = Number(
        title=_("Valid signatures"),
        description=_("Count them on paper. Only the number is entered here; the lists stay in the town hall."),
        max=20_000_000,
        required=False,
    )
    admitted_on = Date(title=_("Admissibility decided on"), required=False)
    admission_reference = Text(200, title=_("Decision on admissibility"), required=False)
    last_dealt_with_on = Date(
        title=_("The same subject was last dealt with on"),
        description=_(
            "The day of the assembly, if there was one. Some laws do not allow the same subject again so soon."
        ),
        required=False,
    )
    rejected_on = Date(title=_("Found not admissible on"), required=False)
    rejection_reason = LongText(
        2000, title=_("Why the petition is not admissible"), description=_("Is kept with the event."), required=False
    )
    minutes_released_on = Date(title=_("Minutes released on"), required=False, public=True)
    minutes_url = Url(title=_("Address of the minutes"), required=False, public=True)


class SuggestionRow(FormSchema):
    """A suggestion or proposal of the assembly, and what became of it."""

    text = LongText(2000, title=_("Suggestion"), rows=3, public=True)
    body = Text(
        200,
        title=_("Responsible body"),
        description=_("The body that deals with it, for example the council or an office."),
        required=False,
        public=True,
    )
    due_on = Date(title=_("Answer due on"), required=False, public=True)
    answered_on = Date(title=_("Answered on"), required=False, public=True)
    answer = LongText(
        4000,
        title=_("Answer"),
        description=_("In plain words, for everybody. Do not name who made the suggestion."),
        rows=4,
        required=False,
        public=True,
    )


class TrustedPersonRow(FormSchema):
    """Somebody who speaks for the petition."""

    name = Text(
        200,
        title=_("Name"),
        why=_("So that the town hall knows with whom to talk about the petition."),
        kept=_("six months after the assembly"),
    )
    contact = Text(
        254,
        title=_("Address, telephone or e-mail"),
        required=False,
        why=_("So that the town hall can reach the person."),
        kept=_("six months after the assembly"),
    )


class Settings(FormSchema):
    """What a municipality settles for itself, where the law leaves it open."""

    guide_days = Number(
        title=_("Days between notice and assembly"),
        description=_("Your guide value. Many laws only ask for a timely notice."),
        max=365,
        default=14,
    )
    warn_days = Number(
        title=_("Warn when fewer days are left"),
        description=_("Holds where the law names no number. A warning never stops you."),
        max=365,
        default=7,
    )
    severity = Choice(SEVERITIES, title=_("Where the law names a number"), default=WARN)
