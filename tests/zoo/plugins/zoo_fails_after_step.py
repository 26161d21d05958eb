"""Writes something after a step, and fails then."""

from dataclasses import replace

from fdplattform.api import hookimpl
from fdplattform.testing.probe import PROBE

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_event_formats():
    return [replace(PROBE, id="zoo_fails_after_step")]


@hookimpl
def fdplattform_transition_done(event, transition, entry):
    event.title = "Half a change"
    raise RuntimeError(f"not after {transition}")
