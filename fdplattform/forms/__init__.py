"""Forms: colander schemas, shown accessibly and without scripts, checked, and kept when they are rejected.

class DialogueSchema(FormSchema):
    title = Text(120, title=_("Title"))
    version = Version()

@view_config(context=DialogueResource, name="bearbeiten", permission=Permission.DIALOGUE_EDIT,
             renderer="fdplattform.templates:forms/page.pt")
def edit(context, request):
    form = make_form(DialogueSchema(), request)

    def save(values):
        edit_dialogue(request.db, context.dialogue, ...)
        return request.resource_path(context)

    return handle(request, form, on_valid=save, values=attributes_of(form, context.dialogue), title=_("Edit"))
"""

from pyramid.config import Configurator

from fdplattform.forms.fields import (
    Choice,
    Choices,
    Date,
    Email,
    Field,
    File,
    Flag,
    FormSchema,
    Hidden,
    LocalDateTime,
    LongText,
    Number,
    Password,
    Phone,
    Rows,
    Text,
    Time,
    Url,
    Version,
)
from fdplattform.forms.handling import SAVE, Button, attributes_of, handle, make_form
from fdplattform.forms.renderer import make_renderer
from fdplattform.forms.uploads import UploadedFile
from fdplattform.forms.validators import in_order
from fdplattform.forms.widgets import use_our_widgets

__all__ = [
    "SAVE",
    "Button",
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
    "UploadedFile",
    "Url",
    "Version",
    "attributes_of",
    "handle",
    "in_order",
    "make_form",
]


def includeme(config: Configurator) -> None:
    config.include("fdplattform.forms.once")
    use_our_widgets()
    config.registry.form_renderer = make_renderer()
