"""The demo: a fictional municipality with a programme, a dialogue, and an event in each format. Dates from today."""

import logging
from datetime import date, datetime, timedelta

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue, PhaseStatus
from fdplattform.dialogues.phases import PhasePlan, edit_phase, phases_of
from fdplattform.dialogues.services import DialogueTexts, create_dialogue, publish
from fdplattform.events.sample import SampleData
from fdplattform.findings.fields import FieldText, create_fields
from fdplattform.journal.services import COMMAND_LINE
from fdplattform.municipalities.models import Municipality, MunicipalityKind
from fdplattform.programmes.services import AgreementData, ProgrammeData, conclude_agreement, create_programme
from fdplattform.translation.services import save

log = logging.getLogger(__name__)

SLUG = "musterstadt-beispiel"

FIELDS = (
    ("Sprache & Verständigung", {"en": "Language & understanding", "ar": "اللغة والتفاهم"}),
    ("Bauen & Wohnen", {"en": "Building & housing", "ar": "البناء والسكن"}),
    ("Ausbildung & Arbeit", {"en": "Training & work", "ar": "التدريب المهني والعمل"}),
    ("Begegnung & Nachbarschaft", {"en": "Encounter & neighbourhood", "ar": "اللقاء والجيرة"}),
)

TRANSLATIONS = {
    "en": {
        "title": "How will we live together?",
        "goal": "Old and new residents find out together what the town needs, and who takes care of what.",
        "results_promise": (
            "The council discusses all proposals in public. After three months we publish what became of each."
        ),
    },
    "ar": {
        "title": "كيف سنعيش معًا في المستقبل؟",
        "goal": "يبحث السكان القدامى والجدد معًا عمّا تحتاجه المدينة، ومن يتولى ماذا.",
        "results_promise": "يناقش المجلس البلدي جميع المقترحات علنًا. وبعد ثلاثة أشهر ننشر ما آل إليه كل مقترح.",
    },
}


def exists(session: Session) -> bool:
    """True when the demo is there."""
    return session.scalar(select(Municipality.id).where(Municipality.slug == SLUG)) is not None


def make_demo(session: Session, registry: Registry, now: datetime) -> Dialogue:
    """Make the demo. A plugin whose sample data fail is left out, and the log says so."""
    municipality = _municipality()
    session.add(municipality)
    session.flush()
    today = now.date()
    _programme(session, municipality, today)
    dialogue = _dialogue(session, municipality, today, now)
    sample = SampleData(session=session, registry=registry, dialogue=dialogue, now=now)
    for plugin in registry.plugins.active:
        try:
            with session.begin_nested():
                registry.plugins.caller(plugin, "fdplattform_sample_data")(sample=sample)
                session.flush()
        except Exception:
            log.exception("the sample data of plugin %s failed", plugin.id)
    return dialogue


def _municipality() -> Municipality:
    return Municipality(
        slug=SLUG,
        kind=MunicipalityKind.GEMEINDE,
        name="Musterstadt (Beispiel)",
        official_name="Musterstadt (erfundenes Beispiel)",
        search_name="musterstadt (beispiel)",
        type="Stadt",
        state="Baden-Württemberg",
        population=24_300,
        fictional=True,
        active=True,
        contact_name="Stabsstelle Integration",
        contact_email="integration@musterstadt.example",
        contact_phone="07000 123456",
        colour="#1b5e4b",
    )


def _programme(session: Session, municipality: Municipality, today: date) -> None:
    programme = create_programme(
        session,
        ProgrammeData(
            title="Kommunale Dialoge (Beispiel)",
            client="Landesregierung (Beispiel)",
            provider="Programmbüro (Beispiel)",
            planned_municipalities=5,
            building_blocks=(1, 2, 3),
            starts_on=today - timedelta(days=200),
            ends_on=today + timedelta(days=500),
        ),
        actor=COMMAND_LINE,
    )
    data = AgreementData(blocks=(1, 2, 3), concluded_on=today - timedelta(days=160))
    conclude_agreement(session, programme, municipality, data, actor=COMMAND_LINE)


def _dialogue(session: Session, municipality: Municipality, today: date, now: datetime) -> Dialogue:
    texts = DialogueTexts(
        title="Wie leben wir zukünftig zusammen?",
        goal="Alteingesessene und neu Zugezogene klären gemeinsam, was die Stadt braucht und wer sich worum kümmert.",
        results_promise=(
            "Der Gemeinderat berät alle Vorschläge öffentlich. "
            "Nach drei Monaten veröffentlichen wir, was aus jedem geworden ist."
        ),
        occasion="In den letzten zwei Jahren sind 400 Menschen neu nach Musterstadt gekommen.",
        languages=("de", "en", "ar"),
        starts_on=today - timedelta(days=120),
        ends_on=today + timedelta(days=400),
    )
    dialogue = create_dialogue(session, municipality.id, texts, now=now - timedelta(days=120), actor=COMMAND_LINE)
    publish(session, dialogue, now=now - timedelta(days=110), actor=COMMAND_LINE)
    for language, translated in TRANSLATIONS.items():
        save(session, dialogue, language, translated, now=now)
    create_fields(
        session,
        dialogue,
        [FieldText(title=title, translations=translations) for title, translations in FIELDS],
        now=now,
        actor=COMMAND_LINE,
    )
    _phases(session, dialogue, today)
    return dialogue


def _phases(session: Session, dialogue: Dialogue, today: date) -> None:
    """Clarifying is done, the events are running, the rest is planned."""
    plans = {
        1: (-120, -60, PhaseStatus.DONE),
        2: (-60, 60, PhaseStatus.RUNNING),
        3: (61, 100, PhaseStatus.PLANNED),
        4: (101, 200, PhaseStatus.PLANNED),
        5: (201, 400, PhaseStatus.PLANNED),
        6: (150, 150, PhaseStatus.PLANNED),
    }
    for phase in phases_of(session, dialogue.id):
        first, last, status = plans[phase.block]
        plan = PhasePlan(
            starts_on=today + timedelta(days=first), ends_on=today + timedelta(days=last), status=status, note=None
        )
        edit_phase(session, dialogue, phase, plan, version=phase.version, actor=COMMAND_LINE)
