"""Einwohnerversammlung: the assembly of residents under the law of the Land, from the decision to the last answer."""

from fdp_einwohnerversammlung.format import ASSEMBLY
from fdp_einwohnerversammlung.sample import add_sample
from fdplattform.api import EventFormat, SampleData, hookimpl

FDPLATTFORM_API = (1, 1)


@hookimpl
def fdplattform_event_formats() -> list[EventFormat]:
    """The one format of this plugin."""
    return [ASSEMBLY]


@hookimpl
def fdplattform_sample_data(sample: SampleData) -> None:
    """An assembly whose suggestions are being answered."""
    add_sample(sample)
