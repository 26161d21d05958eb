"""One municipality with one of everything, and the address of each: for tests that go through all pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from pyramid.registry import Registry
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.accounts.resources import AccountResource, Accounts, OwnAccount
from fdplattform.db import utcnow
from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.models import Event
from fdplattform.events.records import add_row
from fdplattform.events.resources import EventResource
from fdplattform.events.services import create_series
from fdplattform.files import kinds
from fdplattform.files.services import store
from fdplattform.findings import resources as findings
from fdplattform.findings.proposals import ProposalText, create_proposal
from fdplattform.formats.resources import FormatResource, Formats
from fdplattform.groups.models import GroupKind
from fdplattform.groups.resources import GroupResource, GroupsResource
from fdplattform.groups.services import GroupText, create_group
from fdplattform.journal.services import SYSTEM
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import Municipalities, MunicipalityResource
from fdplattform.programmes.resources import AgreementResource, ProgrammeResource, Programmes
from fdplattform.programmes.services import AgreementData, ProgrammeData, conclude_agreement, create_programme
from fdplattform.security.permissions import Role
from fdplattform.testing.factories import Make
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.models import Source
from fdplattform.tools.registration.resources import (
    Participant,
    Participants,
    RegistrationDesk,
    RegistrationResource,
)
from fdplattform.tools.registration.services import Entry, register
from fdplattform.web.tree import Administration, Resource, Root

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@dataclass(frozen=True)
class World:
    """A municipality with one of everything."""

    municipality: Municipality
    dialogue: Dialogue
    event: Event
    coordinator: Account
    #: The address of one resource of each kind, without a slash at the end.
    places: Mapping[type[Resource], str]
    #: The whole address of views that need to be told more.
    views: Mapping[tuple[type[Resource], str], str]

    def address(self, place: type[Resource], view: str) -> str:
        """Where the view called `view` of `place` is found here."""
        path = self.places[place]
        return self.views.get((place, view)) or (f"{path}/{view}" if view else path or "/")


def make_world(make: Make, registry: Registry) -> World:
    """A new municipality with one of everything, and accounts with every role."""
    municipality = make.municipality()
    dialogue = make.dialogue(municipality)
    event = make.event(dialogue, state="open", capacity=5)
    coordinator = make.account(Role.COORDINATOR, municipality)
    places = {
        **_site(make, municipality),
        **_dialogue(make, dialogue, event),
        **_registration(make.session, make.path(event), event),
        MunicipalityResource: make.path(municipality),
        Formats: make.path(municipality, "formate"),
        FormatResource: make.path(municipality, "formate", "einwohnerversammlung"),
        EventResource: make.path(event),
    }
    _logo(make.session, municipality)
    views = {
        (Administration, "rechtstext"): "/verwaltung/rechtstext/impressum",
        (MunicipalityResource, "rechtstext"): make.path(municipality, "rechtstext", "impressum"),
        (ProgrammeResource, "vereinbarung"): f"{places[ProgrammeResource]}/vereinbarung/{municipality.slug}",
        **_dialogue_views(make, registry, dialogue),
        (EventResource, "schritt"): make.path(event, "schritt?transition=cancel"),
        (EventResource, "termin"): make.path(event, f"termin?id={event.dates[0].id}"),
        **_records(make, registry, dialogue),
    }
    make.session.commit()
    return World(municipality, dialogue, event, coordinator, places, views)


def _site(make: Make, municipality: Municipality) -> dict[type[Resource], str]:
    session, today = make.session, make.registry.clock().date()
    programme = create_programme(
        session,
        ProgrammeData(
            title="Zusammenleben",
            client="Land",
            provider="Büro",
            planned_municipalities=3,
            building_blocks=(1, 2, 3),
            starts_on=today,
            ends_on=today + timedelta(days=365),
        ),
        actor=SYSTEM,
    )
    data = AgreementData(blocks=(1, 2), concluded_on=today)
    agreement = conclude_agreement(session, programme, municipality, data, actor=SYSTEM)
    return {
        Root: "",
        Municipalities: "/kommunen",
        Administration: "/verwaltung",
        OwnAccount: "/verwaltung/konto",
        Accounts: "/verwaltung/konten",
        AccountResource: f"/verwaltung/konten/{make.account(Role.COORDINATOR, municipality).id}",
        Programmes: "/verwaltung/programme",
        ProgrammeResource: f"/verwaltung/programme/{programme.id}",
        AgreementResource: f"/verwaltung/programme/{programme.id}/{agreement.id}",
    }


def _dialogue(make: Make, dialogue: Dialogue, event: Event) -> dict[type[Resource], str]:
    path, now = make.path(dialogue), make.registry.clock()
    field = make.field(dialogue)
    finding = make.finding(event)
    text = ProposalText(title="Ein Fest", idea="Wir feiern zusammen.")
    proposal = create_proposal(make.session, dialogue, text, finding_ids=[finding.id], now=now, actor=SYSTEM)
    named = GroupText(kind=GroupKind.WORKING_GROUP, title="Feste", field_id=field.id)
    group = create_group(make.session, dialogue, named, now=now, actor=SYSTEM)
    return {
        DialogueResource: path,
        findings.FindingsResource: f"{path}/ergebnisse",
        findings.FindingResource: f"{path}/ergebnisse/{finding.id}",
        findings.FieldsResource: f"{path}/handlungsfelder",
        findings.FieldResource: f"{path}/handlungsfelder/{field.id}",
        findings.ProposalsResource: f"{path}/vorschlaege",
        findings.ProposalResource: f"{path}/vorschlaege/{proposal.id}",
        GroupsResource: f"{path}/gruppen",
        GroupResource: f"{path}/gruppen/{group.id}",
    }


def _dialogue_views(make: Make, registry: Registry, dialogue: Dialogue) -> dict[tuple[type[Resource], str], str]:
    format_ = registry.plugins.formats["handlungsfeld"]
    fields = [make.field(dialogue).id, make.field(dialogue).id]
    now = registry.clock()
    series = create_series(make.session, registry, dialogue, format_, "Reihe", fields, actor=SYSTEM, now=now)
    words = {
        "phase": "phase/2",
        "reihe": f"reihe/{series.id}",
        "reihe-bearbeiten": f"reihe-bearbeiten/{series.id}",
        "reihe-anlegen": "reihe-anlegen?format=handlungsfeld",
        "veranstaltung-anlegen": "veranstaltung-anlegen?format=probe",
    }
    return {(DialogueResource, view): make.path(dialogue, more) for view, more in words.items()}


def _records(make: Make, registry: Registry, dialogue: Dialogue) -> dict[tuple[type[Resource], str], str]:
    """The views of a format's own list and of its printed material."""
    event = make.event(dialogue, format_id="einwohnerversammlung", state="held")
    record_list = registry.plugins.formats["einwohnerversammlung"].data.record_list("suggestions")
    row = add_row(make.session, event, record_list, {"text": "Eine Bank vor dem Rathaus"})
    words = {
        "listen": "listen/suggestions",
        "listen-export": "listen-export/suggestions",
        "eintrag": f"eintrag/suggestions/{row.id}",
        "eintrag-loeschen": f"eintrag-loeschen/suggestions/{row.id}",
        "unterlagen": "unterlagen/bekanntmachung",
    }
    return {(EventResource, view): make.path(event, more) for view, more in words.items()}


def _registration(session: Session, path: str, event: Event) -> dict[type[Resource], str]:
    entry = Entry(name="Amal", email="amal@example.org", children=1)
    date, now = event.dates[0].id, utcnow()
    registration = register(session, date, entry, source=Source.TELEPHONE, actor=SYSTEM, now=now)
    return {
        Participants: f"{path}/teilnehmende",
        Participant: f"{path}/teilnehmende/{registration.id}",
        RegistrationDesk: "/anmeldung",
        RegistrationResource: f"/anmeldung/{codes_of(session).text(registration.code_seed)}",
    }


def _logo(session: Session, municipality: Municipality) -> None:
    stored = store(
        session,
        BytesIO(PNG),
        name="wappen.png",
        owner_type="municipality",
        owner_id=municipality.id,
        kinds=(kinds.PNG,),
        max_size=10_000,
    )
    municipality.logo_id = stored.id
