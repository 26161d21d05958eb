"""Brings a format whose id another plugin has."""

from dataclasses import replace

from fdplattform.api import hookimpl
from fdplattform.testing.probe import PROBE

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_event_formats():
    return [replace(PROBE, title="A cuckoo")]
