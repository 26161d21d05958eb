"""Its workflow gives residents a permission that is not an event's."""

from dataclasses import replace

from fdplattform.api import Permission, Role, hookimpl
from fdplattform.testing.probe import PROBE, WORKFLOW

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_event_formats():
    first, *rest = WORKFLOW.states
    first = replace(first, grants={**first.grants, Role.FACILITATOR: frozenset({Permission.ACCOUNT_MANAGE})})
    workflow = replace(WORKFLOW, states=(first, *rest))
    return [replace(PROBE, id="zoo_unknown_grant", conduct=replace(PROBE.conduct, workflow=workflow))]
