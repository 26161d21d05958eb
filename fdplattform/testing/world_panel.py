"""The panel of the one event that tests go through."""

from fdplattform.events.models import Event
from fdplattform.journal.services import SYSTEM
from fdplattform.testing.factories import Make
from fdplattform.tools.draw.criteria.services import locked_plan
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.members import Person, enter
from fdplattform.tools.draw.panel.models import Origin
from fdplattform.tools.draw.panel.resources import DrawDesk, DrawRecord, Panel, PanelMember
from fdplattform.web.tree import Resource


def panel_places(make: Make, event: Event) -> dict[type[Resource], str]:
    """A panel with one member who was drawn elsewhere, and where to find it."""
    path = make.path(event)
    doing = Doing(event=event, actor=SYSTEM, now=make.registry.clock())
    member = enter(make.session, Origin.BY_HAND, Person(name="Mia Muster", email="mia@example.org"), doing)
    # Answers are still taken, so that the pages behind a code are there, too.
    locked_plan(make.session, event.id).drawn_at = None
    return {
        DrawDesk: f"{path}/auslosung",
        DrawRecord: f"{path}/auslosung-nachweis",
        Panel: f"{path}/gremium",
        PanelMember: f"{path}/gremium/{member.id}",
    }
