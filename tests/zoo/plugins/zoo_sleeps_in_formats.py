"""Never says which formats it has."""

import threading

from fdplattform.api import hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_event_formats():
    threading.Event().wait(600)
    return []
