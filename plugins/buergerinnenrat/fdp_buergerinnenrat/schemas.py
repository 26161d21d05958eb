"""The forms of the council: what is asked about it, a row of each of its lists, a municipality's settings."""

from fdp_buergerinnenrat.guide import guide
from fdp_buergerinnenrat.texts import _
from fdplattform.api import Choice, Date, FormSchema, LongText, Number, Text

WARN, BLOCK = "warn", "block"
SEVERITIES = (
    (WARN, _("Warn: the step is possible with a written reason")),
    (BLOCK, _("Stop: the step is not possible")),
)
DRAW_METHODS = (
    ("pots", _("By lot from pots, one for each combination of criteria")),
    ("plain", _("By lot from all who were willing")),
    ("software", _("By lot with a program that keeps the quotas")),
    ("other", _("In another way that is described in the record")),
)
UNANIMITY = (
    ("unanimous", _("Unanimous")),
    ("reservations", _("With reservations")),
)


class Details(FormSchema):
    """What is asked about a council. Most of it is asked by the step that needs it."""

    question = Text(
        300,
        title=_("Question"),
        description=_("The one question on which the council is asked for advice, in plain words."),
        at_creation=True,
        public=True,
    )
    mandate = LongText(
        2000,
        title=_("Mandate"),
        description=_("Who asks the council, what for, and what it may leave open."),
        rows=4,
        required=False,
        public=True,
    )
    places = Number(
        title=_("Members"),
        description=_("Twelve to fifteen are usual, twenty are the most."),
        min=3,
        max=200,
        required=False,
        public=True,
    )
    facilitation = Text(200, title=_("Facilitation"), required=False, public=True)
    mandated_on = Date(title=_("Mandate given on"), required=False, public=True)
    mandate_reference = Text(
        200,
        title=_("Decision"),
        description=_("Number of the paper or item of the agenda, so that everybody finds it."),
        required=False,
        public=True,
    )
    letters = Number(title=_("Letters sent"), max=1_000_000, required=False, public=True)
    willing = Number(title=_("Answers of people who are willing"), max=1_000_000, required=False, public=True)
    drawn_on = Date(title=_("Drawn on"), required=False, public=True)
    drawn_by = Text(
        200,
        title=_("Who drew the lots"),
        description=_("An office or a function is enough; no names are needed."),
        required=False,
        public=True,
    )
    draw_method = Choice(DRAW_METHODS, title=_("How the lots were drawn"), required=False, radio=False, public=True)
    witnesses = Text(
        300,
        title=_("Who was present"),
        description=_("For example an employee of the registry office and two members of the council. No names."),
        required=False,
        public=True,
    )
    statement = LongText(
        10_000,
        title=_("Joint statement"),
        description=_("In the words of the council. Never who said what."),
        rows=10,
        required=False,
        public=True,
    )
    unanimity = Choice(UNANIMITY, title=_("How the statement is carried"), required=False, public=True)
    reservations = LongText(
        2000,
        title=_("Reservations"),
        description=_("What not everybody carries, and why. Without names."),
        rows=3,
        required=False,
        public=True,
    )
    response_on = Date(title=_("Official response given on"), required=False, public=True)
    response = LongText(
        10_000,
        title=_("Official response"),
        description=_("What is taken up and what is not, with the reasons, in plain words."),
        rows=8,
        required=False,
        public=True,
    )
    replied_on = Date(title=_("Written reply sent to the members on"), required=False, public=True)


class CriterionRow(FormSchema):
    """A criterion and how many members it asks for."""

    attribute = Text(80, title=_("Criterion"), description=_("For example age, gender, district, origin."), public=True)
    value = Text(80, title=_("Group"), description=_("For example 16 to 29 years."), public=True)
    least = Number(title=_("At least"), max=200, public=True)
    most = Number(title=_("At most"), max=200, public=True)
    reached = Number(
        title=_("Drawn members"),
        description=_("How many members belong to the group. Only this number is kept, and not of whom it is true."),
        max=200,
        required=False,
    )


class MemberRow(FormSchema):
    """A member of the council."""

    name = Text(
        200,
        title=_("Name or pseudonym"),
        why=_("So that the council can be invited and looked after."),
        kept=_("three months after the last day of the council"),
    )
    contact = Text(
        254,
        title=_("Address, telephone or e-mail"),
        required=False,
        why=_("So that the member can be reached, and gets the written reply."),
        kept=_("three months after the last day of the council"),
    )


class ReserveRow(FormSchema):
    """Somebody who steps in when a member drops out."""

    position = Number(title=_("Place on the list"), min=1, max=1000)
    name = Text(
        200,
        title=_("Name or pseudonym"),
        why=_("So that somebody can step in when a member drops out."),
        kept=_("until the council is over"),
    )
    contact = Text(
        254,
        title=_("Address, telephone or e-mail"),
        required=False,
        why=_("So that the person can be asked to step in."),
        kept=_("until the council is over"),
    )


class Settings(FormSchema):
    """What a municipality settles for itself."""

    publication_days = Number(
        title=_("Days between the publication of the intention and the invitation"),
        description=_("The guide value comes from Baden-Württemberg's law on dialogic participation."),
        max=365,
        default=guide().publication.days,
    )
    publication_severity = Choice(SEVERITIES, title=_("When the invitation comes earlier"), radio=False, default=WARN)
    chain_severity = Choice(
        SEVERITIES, title=_("When the public café or the resonance group is missing"), radio=False, default=BLOCK
    )
