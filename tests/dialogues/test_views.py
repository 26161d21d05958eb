"""A dialogue from the first draft to its end, through HTTP."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue, DialogueState, Phase, PhaseStatus
from fdplattform.journal.models import JournalEntry
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries
from fdplattform.translation.services import save

PLACE = "/kommunen/musterstadt"


@pytest.fixture
def place(make: Make) -> Municipality:
    return make.municipality("Musterstadt", slug="musterstadt", active=False)


@pytest.fixture
def coordinator(client: Client, make: Make, place: Municipality) -> Client:
    client.login(make.account(Role.COORDINATOR, place, name="Eva Koordination"))
    return client


def start(coordinator: Client, **values: str) -> str:
    form = coordinator.get(f"{PLACE}/dialog-anlegen").forms["form"]
    texts = {"title": "Zusammenleben", "goal": "Wir lernen uns kennen.", "results_promise": "Der Rat berät."}
    for name, value in {**texts, **values}.items():
        form[name] = value
    return str(form.submit("submit", status=303).location)


def tags(session: Session) -> list[str]:
    query = select(JournalEntry.tag).where(JournalEntry.dialogue_id.is_not(None)).order_by(JournalEntry.id)
    return list(session.scalars(query))


def press(page: object, button: str) -> object:
    for form in page.forms.values():
        if button in form.text:
            return form.submit(status=303).follow()
    raise AssertionError(f"no button {button!r}")


def test_coordinator_starts_a_dialogue_with_six_phases(coordinator: Client, session: Session) -> None:
    path = start(coordinator)
    assert path.endswith(f"{PLACE}/zusammenleben/")
    dialogue = session.scalars(select(Dialogue)).one()
    assert dialogue.state is DialogueState.DRAFT
    phases = session.scalars(select(Phase).order_by(Phase.position)).all()
    assert [each.block for each in phases] == [1, 2, 3, 4, 5, 6]
    assert session.scalars(select(Municipality.active)).one()
    page = coordinator.get(path)
    assert "Vorschau" in page
    assert tags(session) == ["dialogue:create"]


@pytest.mark.parametrize("name", ["title", "goal", "results_promise"])
def test_what_happens_with_the_results_is_required(coordinator: Client, session: Session, name: str) -> None:
    form = coordinator.get(f"{PLACE}/dialog-anlegen").forms["form"]
    for field in ("title", "goal", "results_promise"):
        form[field] = "" if field == name else "Text"
    answer = form.submit("submit", status=422)
    assert answer.html.find(attrs={"name": name})["aria-invalid"] == "true"
    assert not session.scalars(select(Dialogue)).all()


def test_end_before_start_is_refused_at_its_field(coordinator: Client) -> None:
    form = coordinator.get(f"{PLACE}/dialog-anlegen").forms["form"]
    form["title"], form["goal"], form["results_promise"] = "T", "G", "R"
    form["starts_on"], form["ends_on"] = "2026-05-02", "2026-05-01"
    answer = form.submit("submit", status=422)
    assert answer.html.find("input", {"name": "ends_on"})["aria-invalid"] == "true"
    assert answer.forms["form"]["title"].value == "T"


def test_same_titles_get_different_addresses(coordinator: Client) -> None:
    assert start(coordinator) != start(coordinator)
    assert start(coordinator, title="Mitglieder").endswith("/mitglieder-2/")
    assert start(coordinator, title="حوار").endswith("/dialog/")


def test_draft_is_seen_by_staff_only_until_published(coordinator: Client, make: Make, session: Session) -> None:
    path = start(coordinator)
    coordinator.reset()
    coordinator.get(path, status=404)
    assert "Zusammenleben" not in coordinator.get(PLACE)
    coordinator.login(make.account(Role.COORDINATOR, make.municipality()))
    coordinator.get(path, status=403)
    place = session.scalars(select(Municipality).where(Municipality.slug == "musterstadt")).one()
    coordinator.login(make.account(Role.COORDINATOR, place))
    press(coordinator.get(f"{path}?lang=de"), "Veröffentlichen")
    coordinator.reset()
    page = coordinator.get(path)
    assert "Wir lernen uns kennen." in page
    assert "Der Rat berät." in page
    assert "Vorschau" not in page
    assert "Zusammenleben" in coordinator.get(PLACE)
    assert "Zusammenleben" in coordinator.get("/")


def test_dialogue_is_hidden_closed_and_reopened(coordinator: Client, session: Session) -> None:
    path = f"{start(coordinator)}?lang=de"
    press(coordinator.get(path), "Veröffentlichen")
    press(coordinator.get(path), "Nicht mehr öffentlich zeigen")
    press(coordinator.get(path), "Veröffentlichen")
    press(coordinator.get(path), "Dialog abschließen")
    press(coordinator.get(path), "Dialog wieder öffnen")
    changes = ["create", "publish", "unpublish", "publish", "close", "reopen"]
    assert tags(session) == [f"dialogue:{change}" for change in changes]


def test_closed_dialogue_stays_public(coordinator: Client) -> None:
    path = start(coordinator)
    token = coordinator.get(path).forms[0]["csrf_token"].value
    for step in ("veroeffentlichen", "abschliessen"):
        coordinator.post(f"{path}{step}", {"csrf_token": token}, status=303)
    coordinator.post(f"{path}zurueckziehen", {"csrf_token": token}, status=409)
    coordinator.reset()
    coordinator.get(path, status=200)


def test_draft_cannot_be_closed(coordinator: Client) -> None:
    path = start(coordinator)
    token = coordinator.get(path).forms[0]["csrf_token"].value
    coordinator.post(f"{path}abschliessen", {"csrf_token": token}, status=409)


def test_publishing_twice_is_journalled_once(coordinator: Client, session: Session) -> None:
    path = start(coordinator)
    token = coordinator.get(path).forms[0]["csrf_token"].value
    for _time in range(2):
        coordinator.post(f"{path}veroeffentlichen", {"csrf_token": token}, status=303)
    assert tags(session) == ["dialogue:create", "dialogue:publish"]


def test_stale_edit_shows_both_versions(coordinator: Client) -> None:
    path = start(coordinator)
    first = coordinator.get(f"{path}bearbeiten").forms["form"]
    second = coordinator.get(f"{path}bearbeiten").forms["form"]
    first["goal"] = "Erstes Ziel"
    first.submit("submit", status=303)
    second["goal"] = "Zweites Ziel"
    answer = second.submit("submit", status=409)
    assert "Erstes Ziel" in answer
    assert "Zweites Ziel" in answer


def test_edit_keeps_the_address(coordinator: Client) -> None:
    path = start(coordinator)
    form = coordinator.get(f"{path}bearbeiten").forms["form"]
    form["title"] = "Ganz anders"
    form.submit("submit", status=303)
    assert "Ganz anders" in coordinator.get(path)


def edit_phase(coordinator: Client, path: str, block: int, start: str, end: str, status: int = 303) -> object:
    form = coordinator.get(f"{path}phase/{block}").forms["form"]
    form["starts_on"], form["ends_on"] = start, end
    return form.submit("submit", status=status)


def test_phase_may_last_one_day(coordinator: Client, session: Session) -> None:
    path = start(coordinator)
    edit_phase(coordinator, path, 2, "2026-05-02", "2026-05-02")
    phase = session.scalars(select(Phase).where(Phase.block == 2)).one()
    assert phase.starts_on == phase.ends_on
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "phase:edit")).one()
    assert entry.payload is not None
    assert entry.payload["changes"]["ends_on"] == [None, "2026-05-02"]


def test_phase_cannot_end_before_it_starts(coordinator: Client) -> None:
    answer = edit_phase(coordinator, start(coordinator), 2, "2026-05-02", "2026-05-01", status=422)
    assert answer.html.find("input", {"name": "ends_on"})["aria-invalid"] == "true"


def test_overlap_is_shown_and_not_refused(coordinator: Client) -> None:
    path = start(coordinator)
    edit_phase(coordinator, path, 1, "2026-05-01", "2026-05-10")
    assert "überschneiden" not in coordinator.get(f"{path}phasen?lang=de")
    edit_phase(coordinator, path, 2, "2026-05-10", "2026-05-20")
    assert "überschneiden" in coordinator.get(f"{path}phasen?lang=de")


def test_saving_a_phase_unchanged_is_no_change(coordinator: Client, session: Session) -> None:
    path = start(coordinator)
    coordinator.get(f"{path}phase/1").forms["form"].submit("submit", status=303)
    assert "phase:edit" not in tags(session)


def test_phases_change_their_order(coordinator: Client, session: Session) -> None:
    path = start(coordinator)
    token = coordinator.get(path).forms[0]["csrf_token"].value

    def move(block: str, direction: str, status: int = 303) -> None:
        data = {"csrf_token": token, "block": block, "direction": direction}
        coordinator.post(f"{path}phase-verschieben", data, status=status)

    move("3", "earlier")
    move("1", "earlier")
    move("6", "later")
    move("7", "later", status=404)
    order = session.scalars(select(Phase.block).order_by(Phase.position)).all()
    # The first place and the last stay what they are.
    assert order == [1, 3, 2, 4, 5, 6]
    assert tags(session).count("phase:move") == 1


@pytest.mark.parametrize("number", ["0", "7", "x", "1/2", ""])
def test_unknown_phase_is_not_found(coordinator: Client, number: str) -> None:
    coordinator.get(f"{start(coordinator)}phase/{number}", status=404)


def test_skipped_phase_is_shown_as_left_out(coordinator: Client, session: Session) -> None:
    path = start(coordinator)
    session.scalars(select(Phase).where(Phase.block == 6)).one().status = PhaseStatus.SKIPPED
    session.commit()
    assert "Entfällt" in coordinator.get(f"{path}?lang=de")


def test_page_is_in_the_readers_language(client: Client, make: Make, session: Session, place: Municipality) -> None:
    dialogue = make.dialogue(place, title="Zusammenleben")
    save(session, dialogue, "ar", {"title": "العيش معًا"}, now=client.registry.clock())
    session.commit()
    page = client.get(make.path(dialogue), {"lang": "ar"})
    assert page.html.html["dir"] == "rtl"
    assert "العيش معًا" in page.html.h1.text
    # What is not translated is marked up with its own language and direction.
    goal = page.html.find("span", string="Wir lernen uns kennen.")
    assert (goal["lang"], goal["dir"]) == ("de", "ltr")


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PROGRAMME_OFFICE])
def test_others_see_a_draft_and_cannot_change_it(client: Client, make: Make, place: Municipality, role: Role) -> None:
    dialogue = make.dialogue(place, public=False)
    client.login(make.account(role, None if role is Role.PROGRAMME_OFFICE else place))
    client.get(make.path(dialogue), status=200)
    for view in ("bearbeiten", "phasen", "phase/1", "uebersetzen"):
        client.get(make.path(dialogue, view), status=403)
    client.get(f"{PLACE}/dialog-anlegen", status=403)


def test_dialogue_is_found_in_its_own_municipality_only(client: Client, make: Make, place: Municipality) -> None:
    dialogue = make.dialogue(place)
    other = make.municipality(slug="anderswo")
    client.get(f"/kommunen/{other.slug}/{dialogue.slug}", status=404)


def test_pages_ask_a_constant_number_of_questions(client: Client, make: Make, place: Municipality) -> None:
    def asked(path: str) -> int:
        with queries(client.registry.engine) as statements:
            client.get(path, {"lang": "ar"})
        return len(statements)

    dialogue = make.dialogue(place)
    paths = ("/", "/kommunen", PLACE, make.path(dialogue))
    few = [asked(path) for path in paths]
    for _number in range(10):
        make.dialogue(place)
        make.dialogue()
    assert [asked(path) for path in paths] == few
