"""For the demo: a council that has made its statement, the café that will present it, and a resonance group."""

from fdp_buergerinnenrat.cafe import CAFE
from fdp_buergerinnenrat.council import COUNCIL
from fdp_buergerinnenrat.models import Criterion, Point
from fdp_buergerinnenrat.resonance import RESONANCE_GROUP
from fdplattform.api import EventDate, FindingKind, SampleData

DAYS_AGO = 12

STATEMENT = (
    "Wir wünschen uns einen Ort in der Gartenstraße, an dem man sich ohne Anlass trifft. "
    "Er soll von denen eingerichtet werden, die ihn nutzen. "
    "Die Stadt soll zweimal im Jahr berichten, was aus unseren Vorschlägen geworden ist."
)

POINTS = (
    "Ein Ort in der Gartenstraße, an dem man sich ohne Anlass trifft",
    "Wer ihn nutzt, richtet ihn ein",
    "Die Stadt berichtet zweimal im Jahr, was aus den Vorschlägen geworden ist",
)

CRITERIA = (
    ("Alter", "16 bis 29 Jahre", 3, 5, 4),
    ("Alter", "30 bis 59 Jahre", 6, 8, 7),
    ("Alter", "60 Jahre und älter", 3, 5, 4),
    ("Herkunft", "nicht in Deutschland geboren", 3, 6, 5),
)

FINDINGS = (
    (FindingKind.CHALLENGE, "Man grüßt sich, aber man kennt sich nicht."),
    (FindingKind.IDEA, "Ein Raum, zu dem viele einen Schlüssel haben."),
    (FindingKind.CONCERN, "Ein Raum ohne Verantwortliche verwahrlost."),
    (FindingKind.INFORMATION, "Der alte Laden in der Gartenstraße 12 steht seit zwei Jahren leer."),
)


def add_sample(sample: SampleData) -> None:
    """A council that sat twelve days ago, a café in nine days with 60 places, and a resonance group in preparation."""
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
            "places": 15,
            "facilitation": "Zwei externe Moderatorinnen",
            "mandated_on": sample.moment(-DAYS_AGO - 70, 18).date(),
            "mandate_reference": "Gemeinderat, Vorlage 27 (Demo)",
            "letters": 300,
            "willing": 34,
            "drawn_on": sample.moment(-DAYS_AGO - 20, 17).date(),
            "drawn_by": "Stabsstelle Integration",
            "draw_method": "pots",
            "witnesses": "Zwei Mitglieder des Gemeinderats, die Presse",
            "statement": STATEMENT,
            "unanimity": "unanimous",
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
    for attribute, value, least, most, reached in CRITERIA:
        sample.session.add(
            Criterion(event_id=council.id, attribute=attribute, value=value, least=least, most=most, reached=reached)
        )
    for kind, text in FINDINGS:
        sample.finding(council, kind, text)
    sample.event(
        CAFE,
        title="Bürgercafé: Was der BürgerInnenrat sagt",
        in_days=9,
        hours=(18, 20.5),
        place="Stadtbücherei, Saal",
        capacity=60,
        host="Die Mitglieder des BürgerInnenrats",
        follows=council,
        steps=[("announce", "announced")],
    )
    group = sample.event(
        RESONANCE_GROUP,
        title="Resonanzgruppe zum BürgerInnenrat",
        in_days=23,
        hours=(16, 18.25),
        place="Rathaus, Sitzungssaal",
        host="Stadt Musterstadt, Bürgermeisteramt",
        follows=council,
    )
    for text in POINTS:
        sample.session.add(Point(event_id=group.id, text=text))
