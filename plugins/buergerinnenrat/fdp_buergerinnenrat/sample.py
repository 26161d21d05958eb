"""For the demo: a council that has made its statement, the café that will present it, and a resonance group."""

from fdp_buergerinnenrat.cafe import CAFE
from fdp_buergerinnenrat.council import COUNCIL
from fdp_buergerinnenrat.resonance import RESONANCE_GROUP
from fdplattform.api import EventDate, FindingKind, SampleData

DAYS_AGO = 12

FIRST_DRAFT = (
    "Wir wollen einen Ort in der Gartenstraße. Er soll von denen eingerichtet werden, die ihn nutzen. "
    "Die Stadt soll uns berichten."
)
STATEMENT = (
    "Wir wünschen uns einen Ort in der Gartenstraße, an dem man sich ohne Anlass trifft. "
    "Er soll von denen eingerichtet werden, die ihn nutzen.\n\n"
    "Die Stadt soll zweimal im Jahr berichten, was aus unseren Vorschlägen geworden ist."
)
IN_ARABIC = (
    "نتمنى مكانًا في شارع غارتن شتراسه يلتقي فيه الناس من دون مناسبة. وينبغي أن يجهّزه من يستخدمونه.\n\n"
    "وعلى المدينة أن تخبرنا مرتين في السنة بما آلت إليه مقترحاتنا."
)

#: Text, its translation into Arabic, and who has to respond.
POINTS = (
    (
        "Ein Ort in der Gartenstraße, an dem man sich ohne Anlass trifft",
        "مكان في شارع غارتن شتراسه يلتقي فيه الناس من دون مناسبة",
        "Gemeinderat",
    ),
    ("Wer ihn nutzt, richtet ihn ein", "من يستخدمه يجهّزه", "Amt für Gebäude"),
    (
        "Die Stadt berichtet zweimal im Jahr, was aus den Vorschlägen geworden ist",
        "تخبر المدينة مرتين في السنة بما آلت إليه المقترحات",
        "Stabsstelle Integration",
    ),
)

#: Criterion → category → share of people, at least, at most; `?` is asked in the reply.
CRITERIA = (
    (
        "Alter",
        {"16 bis 29 Jahre": (20, 3, 5), "30 bis 59 Jahre": (48, 6, 8), "60 Jahre und älter": (32, 3, 5)},
    ),
    ("Geschlecht", {"weiblich": (50, 7, 8), "männlich": (50, 7, 8)}),
    ("?Herkunft", {"in Deutschland geboren": (75, 9, 12), "nicht in Deutschland geboren": (25, 3, 6)}),
)

FINDINGS = (
    (FindingKind.CHALLENGE, "Man grüßt sich, aber man kennt sich nicht."),
    (FindingKind.IDEA, "Ein Raum, zu dem viele einen Schlüssel haben."),
    (FindingKind.CONCERN, "Ein Raum ohne Verantwortliche verwahrlost."),
    (FindingKind.INFORMATION, "Der alte Laden in der Gartenstraße 12 steht seit zwei Jahren leer."),
)


#: Who comes to the café: name, people, and what else they said. It has 20 places.
GUESTS: tuple[tuple[str, int, dict[str, object]], ...] = (
    ("Mitglieder des BürgerInnenrats", 12, {"email": "rat@musterstadt.example"}),
    ("Hausgemeinschaft Gartenstraße 8", 5, {"phone": "07000 4455", "source": "telephone"}),
    ("Rosa Weiß", 2, {"source": "telephone", "phone": "07000 6677", "call": True}),
    ("Ali und Sevgi", 2, {"email": "ali@musterstadt.example", "interpreter": "tr"}),
    ("Otto Fink", 1, {"access_needs": "Höranlage"}),
)


def add_sample(sample: SampleData) -> None:
    """A council that sat twelve days ago, a café in nine days with a waiting list, and a resonance group."""
    council = sample.event(
        COUNCIL,
        title="BürgerInnenrat: Nachbarschaft in der Gartenstraße",
        in_days=-DAYS_AGO,
        hours=(12.5, 17),
        place="Altes Rathaus, Bürgersaal",
        host="Stadt Musterstadt, Stabsstelle Integration",
        details={
            "question": "Wie werden wir in der Gartenstraße gute Nachbarn?",
            "mandate": "Der Gemeinderat bittet um Rat, bevor er über den leeren Laden entscheidet.",
            "facilitation": "Zwei externe Moderatorinnen",
            "mandated_on": sample.moment(-DAYS_AGO - 70, 18).date(),
            "mandate_reference": "Gemeinderat, Vorlage 27 (Demo)",
        },
        steps=[
            ("give_mandate", "mandated", -DAYS_AGO - 70),
            ("publish", "published", -DAYS_AGO - 64),
            ("invite", "invited", -DAYS_AGO - 42),
            ("select", "selected", -DAYS_AGO - 20),
            ("begin", "sitting", -DAYS_AGO),
            ("make_statement", "stated", 1 - DAYS_AGO),
        ],
    )
    sample.session.add(
        EventDate(
            event_id=council.id,
            starts_at=sample.moment(1 - DAYS_AGO, 9),
            ends_at=sample.moment(1 - DAYS_AGO, 16),
            place="Altes Rathaus, Bürgersaal",
        )
    )
    sample.fill(
        council,
        "draw",
        criteria=CRITERIA,
        seats=15,
        invited=300,
        replies=52,
        willing=38,
        invited_at=sample.moment(-DAYS_AGO - 44, 9),
        drawn_at=sample.moment(-DAYS_AGO - 20, 17),
        number=417,
        witnesses="Zwei Mitglieder des Gemeinderats, die Presse",
    )
    for kind, text in FINDINGS:
        sample.finding(council, kind, text)
    cafe = sample.event(
        CAFE,
        title="Bürgercafé: Was der BürgerInnenrat sagt",
        in_days=9,
        hours=(18, 20.5),
        place="Stadtbücherei, Saal",
        capacity=20,
        host="Die Mitglieder des BürgerInnenrats",
        follows=council,
        steps=[("announce", "announced")],
    )
    sample.fill(
        cafe, "registration", groups=[{"name": name, "people": people, **more} for name, people, more in GUESTS]
    )
    sample.fill(
        council,
        "statement",
        drafts=(FIRST_DRAFT, STATEMENT),
        unanimity="unanimous",
        translations={"ar": IN_ARABIC},
        points=[
            {"text": text, "body": body, "due_on": sample.moment(40, 12).date(), "translations": {"ar": arabic}}
            for text, arabic, body in POINTS
        ],
    )
    sample.event(
        RESONANCE_GROUP,
        title="Resonanzgruppe zum BürgerInnenrat",
        in_days=23,
        hours=(16, 18.25),
        place="Rathaus, Sitzungssaal",
        host="Stadt Musterstadt, Bürgermeisteramt",
        follows=council,
    )
