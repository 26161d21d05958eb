"""Eintägiges Großgruppenforum: everybody concerned works out proposals for a day and sets up working groups."""

from fdp_grossgruppenforum.format import FORUM
from fdp_grossgruppenforum.sample import add_sample
from fdplattform.api import EventFormat, SampleData, hookimpl

FDPLATTFORM_API = (1, 1)


@hookimpl
def fdplattform_event_formats() -> list[EventFormat]:
    """The one format of this plugin."""
    return [FORUM]


@hookimpl
def fdplattform_sample_data(sample: SampleData) -> None:
    """A forum for the demo."""
    add_sample(sample)
