"""A guard fails when it is asked; the template of a printed page does not exist."""

from dataclasses import replace

from fdplattform.api import Material, Output, hookimpl
from fdplattform.testing.probe import PROBE, WORKFLOW

FDPLATTFORM_API = (1, 0)


def guard(facts, now):
    raise ZeroDivisionError("secret of the guard")


@hookimpl
def fdplattform_event_formats():
    first, *rest = WORKFLOW.transitions
    workflow = replace(WORKFLOW, transitions=(replace(first, guards=(guard,)), *rest))
    sheet = Material(id="sheet", title="Sheet", template="zoo_fails_in_guard:missing.pt")
    conduct = replace(PROBE.conduct, workflow=workflow)
    return [replace(PROBE, id="zoo_fails_in_guard", conduct=conduct, output=Output(materials=(sheet,)))]
