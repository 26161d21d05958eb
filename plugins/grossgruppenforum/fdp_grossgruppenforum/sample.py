"""A forum for the demo: it is announced, and has places left."""

from fdp_grossgruppenforum.format import FORUM
from fdp_grossgruppenforum.models import ForumTable, InvitedGroup
from fdplattform.api import SampleData

TRANSLATIONS = {
    "en": {
        "title": "Forum: Living together in Musterstadt",
        "goal": "Old and new residents find out together what the town needs, and who takes care of what.",
        "results_promise": "The council discusses all proposals in public.",
    },
    "ar": {
        "title": "منتدى: العيش معًا في موسترشتات",
        "goal": "يبحث السكان القدامى والجدد معًا عمّا تحتاجه المدينة، ومن يتولى ماذا.",
        "results_promise": "يناقش المجلس البلدي جميع المقترحات علنًا.",
    },
}


def add_sample(sample: SampleData) -> None:
    """A public forum in five weeks with open registration and 80 places."""
    forum = sample.event(
        FORUM,
        title="Forum: Zusammen leben in Musterstadt",
        in_days=35,
        hours=(9.75, 16.75),
        capacity=80,
        host="Stabsstelle Integration, Rathaus Musterstadt",
        details={"method": "world_cafe", "fields_known": "before", "rounds": 3, "minutes": 25},
        steps=[("invite", "invited")],
        translations=TRANSLATIONS,
    )
    for number, field in enumerate(sample.fields(), start=1):
        sample.session.add(ForumTable(event_id=forum.id, number=number, topic=field.title, seats=8))
    for category, name, expected in (
        ("volunteers", "Freundeskreis Asyl", 12),
        ("refugees", "Bewohnerinnen und Bewohner der Unterkunft Gartenstraße", 20),
        ("associations", "Sportverein Musterstadt", 5),
        ("administration", "Sozialamt, Schulamt, Ordnungsamt", 8),
    ):
        sample.session.add(
            InvitedGroup(event_id=forum.id, category=category, name=name, expected=expected, invited=True)
        )
