"""What machines read: only what everybody sees, described, filtered, paged, and without people."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.testing.registration import sign_up
from fdplattform.translation import services as translation
from tests.rest.conftest import Ask

EVENTS = "/api/v1/events"


def titles(answer: Any) -> list[str]:
    return [item["title"] for item in answer["items"]]


def test_an_event_says_when_where_and_how_many_seats_are_left(make: Make, ask: Ask, client: Client) -> None:
    event = make.event(state="open", capacity=2, dates=2, title="Auftakt")
    path = make.path(event)
    first = {"deformField1": event.dates[0].id}
    sign_up(client, path, name="Amal", people=2, **first)
    sign_up(client, path, name="Bilal", **first)
    client.reset()
    [found] = ask(EVENTS)["items"]
    assert found["title"] == "Auftakt"
    assert found["url"] == f"http://localhost{path}/"
    assert found["registration_url"].endswith(f"{path}/anmelden")
    assert (found["capacity"], found["confirmed"], found["waiting"]) == (4, 2, 1)
    first, second = found["dates"]
    assert (first["capacity"], first["confirmed"], first["waiting"]) == (2, 2, 1)
    assert (second["confirmed"], second["waiting"]) == (0, 0)
    assert first["place"] == "Rathaus"
    assert ask(f"{EVENTS}/{event.id}") == found


def test_nobody_who_registered_is_in_any_answer(make: Make, ask: Ask, client: Client) -> None:
    event = make.event(state="open")
    sign_up(client, make.path(event), name="Zubaida", email="zubaida@example.org")
    for path in ("events", "dialogues", "municipalities", "formats", f"events/{event.id}"):
        answer = client.get(f"/api/v1/{path}").text
        assert "ubaida" not in answer


def test_what_is_not_public_is_not_there(make: Make, session: Session, ask: Ask) -> None:
    draft, hidden = make.event(state="draft"), make.event(state="open")
    hidden.hidden = True
    unpublished = make.event(make.dialogue(public=False), state="open")
    session.commit()
    for event in (draft, hidden, unpublished):
        ask(f"{EVENTS}/{event.id}", status=404)
    ask(f"/api/v1/dialogues/{unpublished.dialogue_id}", status=404)
    assert ask(EVENTS)["total"] == 0
    assert unpublished.dialogue_id not in [item["id"] for item in ask("/api/v1/dialogues")["items"]]


def test_events_are_filtered(make: Make, ask: Ask) -> None:
    here, there = make.municipality(), make.municipality()
    dialogue = make.dialogue(here)
    make.event(dialogue, state="open", title="hier")
    make.event(dialogue, state="held", title="vorbei")
    make.event(make.dialogue(there), state="open", title="dort")
    assert titles(ask(EVENTS, municipality=here.slug)) == ["hier", "vorbei"]
    assert titles(ask(EVENTS, dialogue=dialogue.id, state="held")) == ["vorbei"]
    assert titles(ask(EVENTS, format="probe", municipality=there.slug)) == ["dort"]
    assert ask(EVENTS, format="gibt_es_nicht") == {"items": [], "total": 0}


def test_open_registration_is_what_the_pages_say(make: Make, session: Session, ask: Ask, clock: Clock) -> None:
    make.event(state="open", title="offen")
    make.event(state="held", title="vorbei")
    postponed = make.event(state="open", title="verschoben")
    postponed.postponed_at = clock()
    closed = make.event(state="open", title="Frist vorbei")
    closed.dates[0].registration_until = clock() - timedelta(hours=1)
    make.event(state="open", title="hat begonnen", starts_at=clock() - timedelta(hours=1))
    make.event(state="open", title="ohne Termin", dates=0)
    session.commit()
    assert titles(ask(EVENTS, registration="open")) == ["offen"]
    with_address = {item["title"] for item in ask(EVENTS)["items"] if item["registration_url"]}
    assert with_address == {"offen"}


def test_lists_have_pages(make: Make, ask: Ask) -> None:
    dialogue = make.dialogue()
    for number in range(3):
        make.event(dialogue, state="open", title=f"Treffen {number}")
    answer = ask(EVENTS, per_page=2)
    assert (titles(answer), answer["total"]) == (["Treffen 0", "Treffen 1"], 3)
    assert titles(ask(EVENTS, per_page=2, page=2)) == ["Treffen 2"]
    assert ask(EVENTS, per_page=2, page=3) == {"items": [], "total": 3}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("per_page", "0"),
        ("per_page", "201"),
        ("per_page", "viele"),
        ("page", "-1"),
        ("page", "٣"),
        ("page", "9" * 5000),
        ("registration", "closed"),
        ("lang", "xx"),
        ("lang", "en, de"),
        ("dialogue", "99999999999"),
        ("municipality", ""),
        ("municipality", "a\x00b"),
        ("muncipality", "musterstadt"),
    ],
)
def test_a_bad_parameter_is_named(ask: Ask, name: str, value: str) -> None:
    answer = ask(EVENTS, status=400, **{name: value})
    assert answer["status"] == 400
    assert name in answer["detail"]


@pytest.mark.parametrize("key", ["0", "99999999999999", "1.5", "x", "2147483647"])
def test_an_unknown_event_is_not_found(ask: Ask, key: str) -> None:
    ask(f"{EVENTS}/{key}", status=404)


def test_texts_come_in_the_language_asked_for_and_in_no_other(
    make: Make, session: Session, client: Client, ask: Ask, clock: Clock
) -> None:
    dialogue = make.dialogue(title="Zusammenleben")
    translation.save(session, dialogue, "ar", {"title": "العيش معًا"}, now=clock())
    session.commit()
    path = f"/api/v1/dialogues/{dialogue.id}"
    assert ask(path, lang="ar")["title"] == "العيش معًا"
    assert ask(path, lang="ar")["language"] == "ar"
    client.set_cookie("lang", "ar")
    assert client.get(path, headers={"Accept-Language": "ar"}).json["title"] == "Zusammenleben"


def test_dialogues_and_municipalities(make: Make, ask: Ask) -> None:
    place = make.municipality("Ostfildern", contact_name="Frau Klein", contact_email="klein@example.org")
    make.municipality("Nicht dabei", active=False)
    dialogue = make.dialogue(place, title="Zusammenleben")
    [found] = ask("/api/v1/municipalities")["items"]
    assert found["name"] == "Ostfildern"
    assert "klein" not in str(found).lower()
    assert ask(f"/api/v1/municipalities/{place.slug}") == found
    [item] = ask("/api/v1/dialogues", municipality=place.slug, state="published")["items"]
    assert (item["id"], item["municipality"]) == (dialogue.id, place.slug)
    assert ask("/api/v1/dialogues", state="closed")["total"] == 0


def test_formats(ask: Ask) -> None:
    answer = ask("/api/v1/formats", per_page=200)
    assert answer["total"] == len(answer["items"])
    probe = ask("/api/v1/formats/probe")
    assert probe in answer["items"]
    assert probe["tools"] == ["registration", "agenda", "draw", "letters", "board", "statement"]
    ask("/api/v1/formats/gibt_es_nicht", status=404)


def test_who_asks_again_is_told_briefly_that_nothing_has_changed(make: Make, client: Client) -> None:
    event = make.event(state="open")
    tag = client.get(EVENTS).headers["ETag"]
    same = client.get(EVENTS, headers={"If-None-Match": tag}, status=304)
    assert same.body == b""
    assert same.headers["Access-Control-Allow-Origin"] == "*"
    sign_up(client, make.path(event))
    client.get(EVENTS, headers={"If-None-Match": tag}, status=200)


def test_the_api_only_reads(client: Client) -> None:
    assert client.post(EVENTS, status=405).headers["Allow"] == "GET, HEAD"
    assert client.head(EVENTS).status_int == 200
