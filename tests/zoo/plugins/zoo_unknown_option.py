"""A limit of its form is misspelt."""

from fdplattform.api import FormSchema, Text

FDPLATTFORM_API = (1, 0)


class Details(FormSchema):
    topic = Text(maximum=80, title="Topic")
