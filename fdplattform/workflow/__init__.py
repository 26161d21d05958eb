"""Ground floor: state machines as data. Knows the standard library and nothing of the project.

The vocabulary is that of Plone's DCWorkflow: states grant permissions to roles, transitions ask for one.
"""

from fdplattform.workflow.model import (
    CANCEL,
    CANCELLED,
    POSTPONE,
    RESUME,
    BadWorkflow,
    Guard,
    Reason,
    Severity,
    State,
    Transition,
    Trigger,
    Workflow,
)
from fdplattform.workflow.rules import Option, allowed_roles, due_transitions, options, permitted

__all__ = [
    "CANCEL",
    "CANCELLED",
    "POSTPONE",
    "RESUME",
    "BadWorkflow",
    "Guard",
    "Option",
    "Reason",
    "Severity",
    "State",
    "Transition",
    "Trigger",
    "Workflow",
    "allowed_roles",
    "due_transitions",
    "options",
    "permitted",
]
