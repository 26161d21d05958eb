"""Declares a permission that looks like the core's."""

from dataclasses import replace

from fdplattform.api import hookimpl
from fdplattform.testing.probe import PROBE

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_event_formats():
    conduct = replace(PROBE.conduct, permissions={"site:administer": "Be the admin"})
    return [replace(PROBE, id="zoo_foreign_permission", conduct=conduct)]
