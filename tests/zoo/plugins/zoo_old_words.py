"""Written for API 1.0: it says what is no longer needed. Outside of tests a warning stops nobody."""

import warnings
from dataclasses import replace

from fdplattform.api import Data, FormSchema, Permission, Role, Text, grants, hookimpl
from fdplattform.testing.probe import PROBE

FDPLATTFORM_API = (1, 0)

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)

    class Details(FormSchema):
        question = Text(title="Question", required=False, at_creation=True, public=True, translatable=True)

    flow = PROBE.conduct.workflow
    granted = grants.adding(grants.preparing(), Permission.AGENDA_EDIT, Role.GROUP_MEMBER)
    workflow = replace(
        flow,
        states=(replace(flow.states[0], grants=granted), *flow.states[1:]),
        transitions=(replace(flow.transitions[0], asks=()), *flow.transitions[1:]),
    )
    FORMAT = replace(
        PROBE,
        id="zoo_old_words",
        title="Old words",
        icon="unicorn",
        conduct=replace(PROBE.conduct, workflow=workflow),
        data=Data(details=Details),
    )


@hookimpl
def fdplattform_event_formats():
    return [FORMAT]
