"""An event for the demo: it was held two weeks ago, and its findings are there."""

from fdp_handlungsfeld.format import FIELD_EVENT
from fdp_handlungsfeld.models import Invitation
from fdplattform.api import FindingKind, SampleData

FINDINGS = (
    (FindingKind.CHALLENGE, "Der Deutschkurs beginnt um 9 Uhr, die Kita öffnet erst um halb neun am anderen Ende.", 14),
    (FindingKind.IDEA, "Ein Sprachcafé mit Kinderbetreuung, jeden Donnerstag in der Bücherei.", 21),
    (FindingKind.IDEA, "Briefe des Rathauses zuerst in einfacher Sprache schreiben.", 11),
    (FindingKind.CONCERN, "Die Ehrenamtlichen schaffen nicht noch einen Abend in der Woche.", 8),
    (FindingKind.FURTHER_ACTOR, "Die Volkshochschule war nicht da und sollte dabei sein.", None),
)


#: Name, people, how many of them came (None: nobody looked), and how they registered.
GROUPS: tuple[tuple[str, int, int | None, str], ...] = (
    ("Fatima und Yusuf", 2, 2, "online"),
    ("Helga Braun", 1, 1, "telephone"),
    ("Elternbeirat der Kita Sonnenhof", 4, 3, "online"),
    ("Deutschkurs B1", 9, 8, "paper"),
    ("Murat", 1, 0, "online"),
    ("Stadtbücherei", 3, 3, "online"),
)


def add_sample(sample: SampleData) -> None:
    """An event about the first field of action, held two weeks ago by 20 people, 17 of whom came."""
    field = next(iter(sample.fields()), None)
    about = field.title if field is not None else "Sprache und Verständigung"
    event = sample.event(
        FIELD_EVENT,
        title=f"Dialog: {about}",
        in_days=-14,
        hours=(18, 20.5),
        place="Stadtbücherei, Saal",
        capacity=40,
        host="Stadtbücherei Musterstadt",
        field_id=field.id if field is not None else None,
        details={"question": "Was hilft uns, einander zu verstehen?", "method": "world_cafe"},
        steps=[("announce", "announced", -40), ("hold", "held", -13)],
    )
    sample.fill(
        event,
        "registration",
        groups=[
            {"name": name, "people": people, "attended": came, "source": source, "days_ago": 20}
            for name, people, came, source in GROUPS
        ],
    )
    for name, answer in (("Freundeskreis Asyl", "coming"), ("Elternbeirat der Gartenschule", "not_coming")):
        sample.session.add(Invitation(event_id=event.id, name=name, invited=True, answer=answer))
    for kind, text, weight in FINDINGS:
        sample.finding(event, kind, text, weight)
