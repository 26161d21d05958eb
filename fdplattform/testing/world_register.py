"""The criteria and the register of the one event that tests go through."""

from io import BytesIO

from fdplattform.events.models import Event
from fdplattform.journal.services import SYSTEM
from fdplattform.testing.factories import Make
from fdplattform.testing.registers import register_csv
from fdplattform.tools.draw.criteria.models import Kind, Source
from fdplattform.tools.draw.criteria.resources import Criteria, CriterionResource
from fdplattform.tools.draw.criteria.services import CategoryValues, CriterionValues, add_criterion
from fdplattform.tools.draw.register.models import Extract, ExtractState
from fdplattform.tools.draw.register.resources import Register, Sample
from fdplattform.tools.draw.register.services import upload
from fdplattform.web.tree import Resource

Views = dict[tuple[type[Resource], str], str]


def register_places(make: Make, event: Event) -> tuple[dict[type[Resource], str], Views]:
    """A criterion by age, an extract of a hundred people that nobody has read yet, a sample. Places and views."""
    path = make.path(event)
    values = CriterionValues(
        title="Alter",
        source=Source.REGISTER,
        kind=Kind.AGE,
        categories=[CategoryValues(title="jung", age_to=39), CategoryValues(title="älter", age_from=40)],
    )
    criterion = add_criterion(make.session, event, values, actor=SYSTEM)
    upload(
        make.session,
        event,
        BytesIO(register_csv(100)),
        name="register.csv",
        media_type="text/csv",
        actor=SYSTEM,
        now=make.registry.clock(),
    )
    now = make.registry.clock()
    sample = Extract(
        event_id=event.id,
        state=ExtractState.SAMPLED,
        uploaded_at=now,
        delete_at=now,
        encoding="",
        delimiter="",
        counts={"drawn": 0},
        sampled_at=now,
    )
    make.session.add(sample)
    make.session.flush()
    places: dict[type[Resource], str] = {
        Criteria: f"{path}/kriterien",
        CriterionResource: f"{path}/kriterien/{criterion.id}",
        Register: f"{path}/register",
        Sample: f"{path}/stichprobe",
    }
    return places, {(Sample, "verwerfen"): f"{path}/stichprobe/verwerfen?id={sample.id}"}
