"""BürgerInnenrat: people drawn by lot advise, a public café and a resonance group take up what they say."""

from fdp_buergerinnenrat.cafe import CAFE
from fdp_buergerinnenrat.council import COUNCIL
from fdp_buergerinnenrat.resonance import RESONANCE_GROUP
from fdp_buergerinnenrat.sample import add_sample
from fdplattform.api import EventFormat, SampleData, hookimpl

FDPLATTFORM_API = (1, 1)


@hookimpl
def fdplattform_event_formats() -> list[EventFormat]:
    """The council, and the two formats that follow it."""
    return [COUNCIL, CAFE, RESONANCE_GROUP]


@hookimpl
def fdplattform_sample_data(sample: SampleData) -> None:
    """A council that has made its statement, and the café that will present it."""
    add_sample(sample)
