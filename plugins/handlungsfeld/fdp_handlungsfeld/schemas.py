"""The forms: what is asked about an event, and a row of its list of invitations."""

from fdp_handlungsfeld.texts import _
from fdplattform.api import Choice, Flag, FormSchema, LongText, Text

METHODS = (
    ("talk", _("Talk in a circle")),
    ("world_cafe", _("World Café")),
    ("workshop", _("Workshop")),
    ("visit", _("Visit on site")),
    ("panel", _("Short talks and discussion")),
    ("other", _("Something else")),
)
ANSWERS = (
    ("open", _("No answer yet")),
    ("coming", _("Is coming")),
    ("not_coming", _("Is not coming")),
)


class Details(FormSchema):
    """What is asked about an event."""

    question = Text(
        300,
        title=_("Guiding question"),
        description=_("The one question that the conversation is about, in plain words."),
        required=False,
        at_creation=True,
        public=True,
    )
    method = Choice(METHODS, title=_("Method"), required=False, radio=False, public=True)
    facilitation = Text(200, title=_("Facilitation"), required=False, public=True)
    input = LongText(
        1000,
        title=_("Input"),
        description=_("Who says what at the beginning, for example an office or an initiative."),
        rows=3,
        required=False,
        public=True,
    )


class InvitationRow(FormSchema):
    """Somebody who is invited to this field of action."""

    name = Text(200, title=_("Group or organisation"))
    contact = Text(
        254,
        title=_("Contact"),
        description=_("Name, e-mail or telephone of a person, if you need it to invite."),
        required=False,
        why=_("So that the invitation reaches somebody."),
        kept=_("30 days after the event"),
    )
    invited = Flag(title=_("The invitation is sent"))
    answer = Choice(ANSWERS, title=_("Answer"), default="open")
