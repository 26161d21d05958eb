"""The name of the hook is misspelt."""

from fdplattform.api import hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_event_format():
    return []
