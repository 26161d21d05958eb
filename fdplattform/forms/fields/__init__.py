"""The fields that forms are made of.

    class DialogueSchema(FormSchema):
        title = Text(120, title=_("Title"))
        starts_on = Date(title=_("First day"), required=False)

Every field takes `title`, `description` (help below the label), `required` (default True), `autocomplete` (HTML's
purpose of the field), and for personal data `why` we ask and until when it is `kept`. What was left empty is `""` for
texts, `[]` for several choices and lists, otherwise None.
"""

from fdplattform.forms.fields.base import Field, FormSchema
from fdplattform.forms.fields.choosing import Choice, Choices
from fdplattform.forms.fields.special import File, Hidden, Rows, Version
from fdplattform.forms.fields.text import Email, LongText, Password, Phone, Text, Url
from fdplattform.forms.fields.values import Date, Flag, LocalDateTime, Number, Time

__all__ = [
    "Choice",
    "Choices",
    "Date",
    "Email",
    "Field",
    "File",
    "Flag",
    "FormSchema",
    "Hidden",
    "LocalDateTime",
    "LongText",
    "Number",
    "Password",
    "Phone",
    "Rows",
    "Text",
    "Time",
    "Url",
    "Version",
]
