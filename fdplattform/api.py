"""All that a format plugin may import. What is named here is kept stable within an API version (docs/plugin-api)."""

from fdplattform.db import PluginBase, UtcDateTime, Versioned, plugin_metadata
from fdplattform.errors import Conflict, DomainError
from fdplattform.events import grants, guards
from fdplattform.events.facts import DateFacts, EventFacts, GroupFacts, OtherEventFacts
from fdplattform.events.models import Event, EventDate
from fdplattform.events.transitions import StepContext
from fdplattform.findings.models import FieldOfAction, FindingKind
from fdplattform.plugins.format import (
    AgendaLine,
    Aim,
    Conduct,
    Data,
    EventFormat,
    Fit,
    Material,
    Openness,
    Output,
    PersonalField,
    Profile,
    RecordList,
    RetentionStart,
    Series,
    Span,
    Suitability,
    ToolUse,
)
from fdplattform.plugins.hookspecs import hookimpl
from fdplattform.plugins.loader import API_VERSION
from fdplattform.plugins.menu import MenuItem
from fdplattform.security.permissions import Permission, Role
from fdplattform.workflow import Reason, Severity, State, Transition, Trigger, Workflow

__all__ = [
    "API_VERSION",
    "AgendaLine",
    "Aim",
    "Conduct",
    "Conflict",
    "Data",
    "DateFacts",
    "DomainError",
    "Event",
    "EventDate",
    "EventFacts",
    "EventFormat",
    "FieldOfAction",
    "FindingKind",
    "Fit",
    "GroupFacts",
    "Material",
    "MenuItem",
    "Openness",
    "OtherEventFacts",
    "Output",
    "Permission",
    "PersonalField",
    "PluginBase",
    "Profile",
    "Reason",
    "RecordList",
    "RetentionStart",
    "Role",
    "Series",
    "Severity",
    "Span",
    "State",
    "StepContext",
    "Suitability",
    "ToolUse",
    "Transition",
    "Trigger",
    "UtcDateTime",
    "Versioned",
    "Workflow",
    "grants",
    "guards",
    "hookimpl",
    "plugin_metadata",
]
