"""The form of the agenda: one entry for each line."""

from translationstring import TranslationStringFactory

from fdplattform import forms
from fdplattform.tools.agenda.widgets import Suggesting

_ = TranslationStringFactory("fdplattform")

#: No line is longer than a day.
MAX_MINUTES = 24 * 60
MAX_LINES = 60

#: Elements with which people take part; any other word may be written too.
METHODS = (
    _("Buzz groups"),
    _("Card collection"),
    _("Topic market"),
    _("Dot voting"),
    _("Questions from the audience"),
    _("Short talk"),
    _("World café"),
    _("Group work"),
    _("Presentation of results"),
    _("Break"),
)


class LineSchema(forms.FormSchema):
    """One line."""

    minutes = forms.Number(min=1, max=MAX_MINUTES, title=_("Minutes"))
    title = forms.Text(200, title=_("What happens"))
    method = forms.Text(100, required=False, title=_("How people take part"), widget=Suggesting(METHODS, maxlength=100))
    lead = forms.Text(200, required=False, title=_("Who leads it"))
    material = forms.Text(500, required=False, title=_("Material"))
    public = forms.Flag(default=True, title=_("Everybody may see this line"))
    next_date = forms.Flag(default=False, title=_("Begins with the next date"))


class AgendaSchema(forms.FormSchema):
    """The whole agenda."""

    items = forms.Rows(LineSchema(title=_("Line")), max=MAX_LINES, orderable=True, title=_("Lines"))
    version = forms.Version()
