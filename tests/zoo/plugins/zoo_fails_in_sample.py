"""Fails while the demo is made, after it has made an event."""

from dataclasses import replace

from fdplattform.api import hookimpl
from fdplattform.testing.probe import PROBE

FDPLATTFORM_API = (1, 0)
FORMAT = replace(PROBE, id="zoo_fails_in_sample")


@hookimpl
def fdplattform_event_formats():
    return [FORMAT]


@hookimpl
def fdplattform_sample_data(sample):
    sample.event(FORMAT, title="Half a demo", in_days=7, hours=(18, 20))
    raise RuntimeError("no demo today")
