"""Fails when it is asked for its formats."""

from fdplattform.api import hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_event_formats():
    raise KeyError("no formats today")
