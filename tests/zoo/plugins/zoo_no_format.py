"""Declares something that is not a format."""

from fdplattform.api import hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_event_formats():
    return ["a format, honestly"]
