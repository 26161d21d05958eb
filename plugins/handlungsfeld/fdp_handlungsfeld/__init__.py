"""Veranstaltung je Handlungsfeld: each field of action has an event of its own, and a synthesis joins them."""

from fdp_handlungsfeld.format import FIELD_EVENT
from fdp_handlungsfeld.sample import add_sample
from fdplattform.api import EventFormat, SampleData, hookimpl

FDPLATTFORM_API = (1, 1)


@hookimpl
def fdplattform_event_formats() -> list[EventFormat]:
    """The one format of this plugin."""
    return [FIELD_EVENT]


@hookimpl
def fdplattform_sample_data(sample: SampleData) -> None:
    """An event about one field, just held."""
    add_sample(sample)
