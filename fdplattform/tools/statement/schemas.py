"""The forms of a statement and its points."""

from translationstring import TranslationStringFactory

from fdplattform import forms
from fdplattform.tools.statement.models import PointStatus, Unanimity

_ = TranslationStringFactory("fdplattform")

MAX_TEXT = 10_000
MAX_POINT = 2000
MAX_BODY = 200
MAX_POINTS = 50

UNANIMITY = (
    (Unanimity.UNANIMOUS, _("Unanimous")),
    (Unanimity.RESERVATIONS, _("With reservations")),
)
STATUSES = (
    (PointStatus.OPEN, _("Not answered yet")),
    (PointStatus.TAKEN_UP, _("Is taken up")),
    (PointStatus.PARTLY, _("Is taken up in part")),
    (PointStatus.EXAMINED, _("Is examined")),
    (PointStatus.NOT_TAKEN_UP, _("Is not taken up")),
)


class WordsSchema(forms.FormSchema):
    """The statement as it stands now."""

    text = forms.LongText(
        MAX_TEXT,
        rows=14,
        title=_("Joint statement"),
        description=_("In the words of the group. Never who said what. An empty line begins a new paragraph."),
    )
    unanimity = forms.Choice(
        UNANIMITY,
        kind=Unanimity,
        required=False,
        title=_("How is the statement carried?"),
        description=_("Ask the group when the words are found, and note the answer here. No names."),
    )
    reservations = forms.LongText(
        MAX_POINT,
        rows=3,
        required=False,
        title=_("Reservations"),
        description=_("What not everybody carries, and why. Without names."),
    )
    version = forms.Version()


class PointRow(forms.FormSchema):
    """A point as it is taken from the statement."""

    text = forms.LongText(MAX_POINT, rows=2, title=_("In the words of the statement"))
    body = forms.Text(
        MAX_BODY,
        required=False,
        title=_("Who shall respond?"),
        description=_("For example the municipal council, an office, the housing company."),
    )
    due_on = forms.Date(required=False, title=_("Response promised until"))
    id = forms.Hidden(required=False, title="")


class PointsSchema(forms.FormSchema):
    """All points."""

    points = forms.Rows(PointRow(title=_("Point")), max=MAX_POINTS, orderable=True, title=_("Points of the statement"))
    version = forms.Version()


class AnswerSchema(forms.FormSchema):
    """What becomes of one point."""

    status = forms.Choice(STATUSES, kind=PointStatus, title=_("What becomes of it?"))
    response = forms.LongText(
        4000,
        rows=5,
        required=False,
        title=_("Official response"),
        description=_("In plain words, with the reason and the next step. Everybody reads it."),
    )
    responded_on = forms.Date(
        required=False, title=_("Date of the response"), description=_("Without a date, today is entered.")
    )
    body = forms.Text(MAX_BODY, required=False, title=_("Who responds?"))
    due_on = forms.Date(required=False, title=_("Response promised until"))
    outcome = forms.LongText(
        4000,
        rows=4,
        required=False,
        title=_("What came of it"),
        description=_("Ask again after some weeks and months, and write down what has happened. Everybody reads it."),
    )
    outcome_on = forms.Date(required=False, title=_("As of"), description=_("Without a date, today is entered."))
    version = forms.Version()
