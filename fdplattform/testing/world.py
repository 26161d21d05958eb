"""One municipality with one of everything, and the address of each: for tests that go through all pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from pyramid.registry import Registry
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.accounts.resources import AccountResource, Accounts, OwnAccount
from fdplattform.daylinks.services import add_link
from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.models import Event
from fdplattform.events.records import add_row
from fdplattform.events.resources import EventResource
from fdplattform.events.series import create_series
from fdplattform.events.series_resources import SeriesList, SeriesResource
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
from fdplattform.plugins.format import ToolUse
from fdplattform.programmes.resources import AgreementResource, ProgrammeResource, Programmes
from fdplattform.programmes.services import AgreementData, ProgrammeData, conclude_agreement, create_programme
from fdplattform.security.permissions import Role
from fdplattform.testing.clock import morning
from fdplattform.testing.factories import Make
from fdplattform.testing.world_letters import letter_places
from fdplattform.testing.world_panel import panel_places
from fdplattform.testing.world_register import register_places
from fdplattform.tools.board.lists import DYNAMIC_FACILITATION
from fdplattform.tools.board.resources import BoardResource, CardResource
from fdplattform.tools.board.services import Typed, write_cards
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.models import Source
from fdplattform.tools.registration.resources import (
    Participant,
    Participants,
    RegistrationDesk,
    RegistrationResource,
)
from fdplattform.tools.registration.services import Entry, register
from fdplattform.tools.statement.models import PointStatus, StatementPoint
from fdplattform.tools.statement.resources import NAME, PointResource, StatementResource
from fdplattform.tools.statement.services import DRAFTING, Words, save_words
from fdplattform.tools.statement.services import TOOL as STATEMENT
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
    letters, letter_views = letter_places(make, event)
    register, register_views = register_places(make, event)
    places: dict[type[Resource], str] = {
        **_site(make, municipality),
        **letters,
        **register,
        **panel_places(make, event),
        SeriesList: make.path(dialogue, "reihe"),
        SeriesResource: make.path(dialogue, "reihe", str(_series(make, registry, dialogue))),
        **_dialogue(make, dialogue, event),
        **_registration(make.session, make.path(event), event),
        MunicipalityResource: make.path(municipality),
        Formats: make.path(municipality, "formate"),
        FormatResource: make.path(municipality, "formate", "einwohnerversammlung"),
        EventResource: make.path(event),
        **_statement(make, event),
        **_board(make, event),
    }
    _logo(make.session, municipality)
    views: Mapping[tuple[type[Resource], str], str] = {
        **letter_views,
        **register_views,
        (Administration, "rechtstext"): "/verwaltung/rechtstext/impressum",
        (MunicipalityResource, "rechtstext"): make.path(municipality, "rechtstext", "impressum"),
        (ProgrammeResource, "vereinbarung"): f"{places[ProgrammeResource]}/vereinbarung/{municipality.slug}",
        **_dialogue_views(make, dialogue),
        (EventResource, "schritt"): make.path(event, "schritt?transition=cancel"),
        (EventResource, "termin"): make.path(event, f"termin?id={event.dates[0].id}"),
        **_records(make, registry, dialogue),
        **_day_link(make, registry, event),
        (StatementResource, "fassung"): make.path(event, NAME, "fassung?nummer=1"),
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


def _series(make: Make, registry: Registry, dialogue: Dialogue) -> int:
    format_ = registry.plugins.formats["handlungsfeld"]
    fields = [make.field(dialogue).id, make.field(dialogue).id]
    now = registry.clock()
    return create_series(make.session, registry, dialogue, format_, "Reihe", fields, actor=SYSTEM, now=now).id


def _day_link(make: Make, registry: Registry, event: Event) -> dict[tuple[type[Resource], str], str]:
    now, secret = registry.clock(), registry.fdp.secret
    link = add_link(make.session, event, event.dates[0], "Tisch 3", secret=secret, actor=SYSTEM, now=now)
    return {
        (EventResource, view): make.path(event, f"{view}?id={link.id}")
        for view in ("tageslink", "tageslink.svg", "tageslink-zurueckziehen")
    }


def _dialogue_views(make: Make, dialogue: Dialogue) -> dict[tuple[type[Resource], str], str]:
    words = {
        "phase": "phase/2",
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
    date, now = event.dates[0].id, morning()
    registration = register(session, date, entry, source=Source.TELEPHONE, actor=SYSTEM, now=now)
    return {
        Participants: f"{path}/teilnehmende",
        Participant: f"{path}/teilnehmende/{registration.id}",
        RegistrationDesk: "/anmeldung",
        RegistrationResource: f"/anmeldung/{codes_of(session).text(registration.code_seed)}",
    }


def _statement(make: Make, event: Event) -> dict[type[Resource], str]:
    """A statement with one draft and one point."""
    now = make.registry.clock()
    use = ToolUse(tool=STATEMENT, options={DRAFTING: frozenset({event.state})})
    save_words(make.session, event, use, Words(text="Wir wollen eine Bank."), version=0, actor=SYSTEM, now=now)
    point = StatementPoint(event_id=event.id, position=1, text="Eine Bank", status=PointStatus.OPEN)
    make.session.add(point)
    make.session.flush()
    path = make.path(event, NAME)
    return {StatementResource: path, PointResource: f"{path}/{point.id}"}


def _board(make: Make, event: Event) -> dict[type[Resource], str]:
    typed = Typed(uuid="0b5e7a52-6f3c-4d0e-9a55-3c1f5a7e9d21", list_id="solutions", text="Mehr Bänke, siehe L1")
    (card,) = write_cards(make.session, event, [typed], lists=DYNAMIC_FACILITATION, now=make.registry.clock())
    path = make.path(event, "brett")
    return {BoardResource: path, CardResource: f"{path}/{card.id}"}


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
