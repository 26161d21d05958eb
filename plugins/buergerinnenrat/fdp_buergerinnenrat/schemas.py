"""The forms of the council: what is asked about it, and a municipality's settings."""

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


class Details(FormSchema):
    """What is asked about a council. Most of it is asked by the step that needs it; how the lots were drawn only where
    that did not happen in the platform."""

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
    response_on = Date(title=_("Official response given on"), required=False, public=True)
    response = LongText(
        10_000,
        title=_("Official response"),
        description=_("To the statement as a whole, in plain words. What becomes of each point stands there."),
        rows=8,
        required=False,
        public=True,
    )
    replied_on = Date(title=_("Written reply sent to the members on"), required=False, public=True)


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
