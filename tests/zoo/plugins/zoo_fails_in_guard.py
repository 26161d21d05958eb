"""A guard fails when it is asked."""

from dataclasses import replace

from fdplattform.api import hookimpl
from fdplattform.testing.probe import PROBE, WORKFLOW

FDPLATTFORM_API = (1, 0)


def guard(facts, now):
    raise ZeroDivisionError("secret of the guard")


@hookimpl
def fdplattform_event_formats():
    first, *rest = WORKFLOW.transitions
    workflow = replace(WORKFLOW, transitions=(replace(first, guards=(guard,)), *rest))
    return [replace(PROBE, id="zoo_fails_in_guard", conduct=replace(PROBE.conduct, workflow=workflow))]
