"""All that a format plugin may import. What is named here is kept stable within an API version (docs/plugin-api)."""

from fdplattform.db import PluginBase, UtcDateTime, Versioned, plugin_metadata
from fdplattform.errors import Conflict, DomainError
from fdplattform.events import grants, guards
from fdplattform.events.facts import DateFacts, EventFacts, GroupFacts, OtherEventFacts
from fdplattform.events.models import Event, EventDate
from fdplattform.events.resources import EventResource
from fdplattform.events.sample import SampleData
from fdplattform.events.transitions import StepContext
from fdplattform.findings.models import FieldOfAction, FindingKind
from fdplattform.forms import (
    Choice,
    Choices,
    Date,
    Email,
    Flag,
    FormSchema,
    LocalDateTime,
    LongText,
    Number,
    Phone,
    Rows,
    Text,
    Time,
    Url,
)
from fdplattform.plugins.format import (
    AgendaLine,
    Aim,
    Conduct,
    Data,
    EventFormat,
    Fit,
    Material,
    Note,
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
from fdplattform.workflow import Guard, Reason, Severity, State, Transition, Trigger, Workflow

__all__ = [
    "API_VERSION",
    "AgendaLine",
    "Aim",
    "Choice",
    "Choices",
    "Conduct",
    "Conflict",
    "Data",
    "Date",
    "DateFacts",
    "DomainError",
    "Email",
    "Event",
    "EventDate",
    "EventFacts",
    "EventFormat",
    "EventResource",
    "FieldOfAction",
    "FindingKind",
    "Fit",
    "Flag",
    "FormSchema",
    "GroupFacts",
    "Guard",
    "LocalDateTime",
    "LongText",
    "Material",
    "MenuItem",
    "Note",
    "Number",
    "Openness",
    "OtherEventFacts",
    "Output",
    "Permission",
    "PersonalField",
    "Phone",
    "PluginBase",
    "Profile",
    "Reason",
    "RecordList",
    "RetentionStart",
    "Role",
    "Rows",
    "SampleData",
    "Series",
    "Severity",
    "Span",
    "State",
    "StepContext",
    "Suitability",
    "Text",
    "Time",
    "ToolUse",
    "Transition",
    "Trigger",
    "Url",
    "UtcDateTime",
    "Versioned",
    "Workflow",
    "grants",
    "guards",
    "hookimpl",
    "plugin_metadata",
]
