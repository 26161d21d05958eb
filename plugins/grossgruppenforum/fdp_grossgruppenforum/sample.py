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


#: Name, people, days since they registered, and what else they said.
GROUPS: tuple[tuple[str, int, int, dict[str, object]], ...] = (
    ("Familie Haddad", 4, 20, {"email": "haddad@musterstadt.example", "interpreter": "ar", "children": 2}),
    ("Ingrid Maier", 1, 19, {"phone": "07000 2211", "source": "telephone"}),
    ("Oleksandr", 2, 17, {"email": "oleksandr@musterstadt.example", "interpreter": "uk", "language": "en"}),
    ("Sportverein Musterstadt", 5, 15, {"email": "vorstand@sportverein.example"}),
    ("Peter Kurz", 1, 12, {"source": "paper", "access_needs": "Platz für einen Rollstuhl"}),
    ("Freundeskreis Asyl", 6, 9, {"email": "kontakt@freundeskreis.example"}),
    ("Amina", 1, 4, {}),
    ("Klasse 10 b der Gartenschule", 12, 2, {"phone": "07000 3344", "source": "telephone"}),
)


def add_sample(sample: SampleData) -> None:
    """A public forum in five weeks with open registration and 80 places, 32 of which are taken."""
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
    sample.fill(
        forum,
        "registration",
        groups=[{"name": name, "people": people, "days_ago": ago, **more} for name, people, ago, more in GROUPS],
    )
    for category, name, expected in (
        ("volunteers", "Freundeskreis Asyl", 12),
        ("refugees", "Bewohnerinnen und Bewohner der Unterkunft Gartenstraße", 20),
        ("associations", "Sportverein Musterstadt", 5),
        ("administration", "Sozialamt, Schulamt, Ordnungsamt", 8),
    ):
        sample.session.add(
            InvitedGroup(event_id=forum.id, category=category, name=name, expected=expected, invited=True)
        )
