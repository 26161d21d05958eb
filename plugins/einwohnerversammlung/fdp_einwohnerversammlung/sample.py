"""An assembly for the demo: it was held seven weeks ago, and its suggestions are being answered."""

from datetime import timedelta

from fdp_einwohnerversammlung.format import ASSEMBLY
from fdp_einwohnerversammlung.law import add_months
from fdp_einwohnerversammlung.models import Suggestion
from fdplattform.api import FindingKind, SampleData

DAYS_AGO = 49

FINDINGS = (
    (FindingKind.CHALLENGE, "In der Gartenstraße fehlt ein Gehweg zur Schule.", 31),
    (FindingKind.CONCERN, "Viele kennen nur Gerüchte über die neue Unterkunft.", 22),
    (FindingKind.IDEA, "Ein Tag der offenen Tür in der Unterkunft, bevor die ersten Familien einziehen.", 27),
    (FindingKind.INFORMATION, "Die Buslinie 4 fährt ab dem Frühjahr alle 20 Minuten.", None),
)

#: Suggestion, responsible body, days after the assembly on which it was answered (None: not yet), answer.
SUGGESTIONS = (
    (
        "Tag der offenen Tür in der neuen Unterkunft",
        "Stabsstelle Integration",
        20,
        "Ja. Der Termin steht im Amtsblatt, die Führungen gibt es in fünf Sprachen.",
    ),
    ("Gehweg an der Gartenstraße bis zur Schule", "Technischer Ausschuss", None, None),
    ("Sprechstunde der Verwaltung einmal im Monat im Stadtteil", "Gemeinderat", None, None),
)


def add_sample(sample: SampleData) -> None:
    """An assembly with three suggestions, one of which is answered."""
    assembly = sample.event(
        ASSEMBLY,
        title="Einwohnerversammlung: Ankommen in Musterstadt",
        in_days=-DAYS_AGO,
        hours=(18.5, 21.5),
        place="Turnhalle der Gartenschule",
        host="Stadt Musterstadt, Bürgermeisteramt",
        details={
            "chair": "Die Bürgermeisterin",
            "decided_on": sample.moment(-DAYS_AGO - 45, 18).date(),
            "decision_reference": "Gemeinderat, Vorlage 41 (Demo)",
            "minutes_released_on": sample.moment(-DAYS_AGO + 14, 12).date(),
        },
        steps=[
            ("decide", "decided", -DAYS_AGO - 45),
            ("announce", "announced", -DAYS_AGO - 20),
            ("hold", "held", -DAYS_AGO),
            ("release_minutes", "minutes_released", 14 - DAYS_AGO),
            ("assign", "suggestions_assigned", 18 - DAYS_AGO),
        ],
    )
    held_on = sample.moment(-DAYS_AGO, 19).date()
    for text, body, answered, answer in SUGGESTIONS:
        sample.session.add(
            Suggestion(
                event_id=assembly.id,
                text=text,
                body=body,
                due_on=add_months(held_on, 3),
                answered_on=None if answered is None else held_on + timedelta(days=answered),
                answer=answer,
            )
        )
    for kind, text, weight in FINDINGS:
        sample.finding(assembly, kind, text, weight)
