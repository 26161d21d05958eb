"""The forms of the letters."""

from fdplattform import forms
from fdplattform.tools.letters.messages import _


class TextSchema(forms.FormSchema):
    """What a kind of letter says in one language."""

    subject = forms.Text(200, title=_("Subject"))
    body = forms.LongText(
        12_000,
        rows=22,
        title=_("Text"),
        description=_(
            "An empty line begins a new paragraph. A line that begins with # and a blank is a heading. Words such as "
            "${name} are replaced in each letter; below you see all that there are."
        ),
    )
    version = forms.Version()


class HeadSchema(forms.FormSchema):
    """Who writes."""

    sender = forms.Text(
        120,
        title=_("Sender in one line"),
        description=_("It stands in the window of the envelope, above the address. Reply cards come back to it."),
    )
    contact = forms.LongText(
        300,
        rows=5,
        title=_("Whom people can ask"),
        description=_("It stands beside the address: name, office, telephone and e-mail, one in each line."),
    )
    version = forms.Version()


class PostSchema(forms.FormSchema):
    """When the letters were taken to the post."""

    posted_on = forms.Date(title=_("Posted on"))
