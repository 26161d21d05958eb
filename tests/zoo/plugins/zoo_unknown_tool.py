"""Declares a tool that does not exist."""

from dataclasses import replace

from fdplattform.api import ToolUse, hookimpl
from fdplattform.testing.probe import PROBE

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_event_formats():
    conduct = replace(PROBE.conduct, tools=(ToolUse(tool="crystal_ball"),))
    return [replace(PROBE, id="zoo_unknown_tool", conduct=conduct)]
