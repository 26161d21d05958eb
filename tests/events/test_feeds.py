"""Feeds, calendars, the sitemap and what search engines leave alone."""

from typing import Any
from xml.etree import ElementTree as Xml

from icalendar import Calendar
from sqlalchemy.orm import Session

from fdplattform.journal.services import SYSTEM, record
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.registration import code_on, sign_up

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(client: Client, path: str) -> list[tuple[str, str]]:
    """Title and address of each entry."""
    response = client.get(f"{path}/neues.atom")
    assert response.content_type == "application/atom+xml"
    feed = Xml.fromstring(response.body)
    return [
        (entry.findtext("a:title", "", ATOM), entry.find("a:link", ATOM).get("href", ""))  # type: ignore[union-attr]
        for entry in feed.findall("a:entry", ATOM)
    ]


def step(make: Make, event: Any, title: str, *, public: bool = True, municipality_id: int) -> None:
    record(
        make.session,
        "event:edit",
        actor=SYSTEM,
        event_id=event.id,
        dialogue_id=event.dialogue_id,
        municipality_id=municipality_id,
        payload={"title": title},
        public=public,
        at=make.registry.clock(),
    )
    make.session.commit()


def test_a_feed_tells_the_public_steps_and_leads_to_the_page(make: Make, session: Session, client: Client) -> None:
    place = make.municipality()
    dialogue = make.dialogue(place)
    event = make.event(dialogue, state="open")
    step(make, event, "Auftakt & <Fest>\x0b", municipality_id=place.id)
    step(make, event, "geheim", public=False, municipality_id=place.id)
    for thing in (place, dialogue):
        (title, href), (published, dialogue_href) = entries(client, make.path(thing))
        assert title.endswith("Auftakt & <Fest>")
        assert href == f"http://localhost{make.path(event)}/"
        assert dialogue.title in published
        assert dialogue_href == f"http://localhost{make.path(dialogue)}/"


def test_a_feed_does_not_lead_to_a_hidden_event(make: Make, session: Session, client: Client) -> None:
    place = make.municipality()
    event = make.event(make.dialogue(place), state="open")
    event.hidden = True
    step(make, event, "Auftakt", municipality_id=place.id)
    assert entries(client, make.path(place))[0][1] == f"http://localhost{make.path(place)}/"


def test_the_pages_name_their_feeds(make: Make, client: Client) -> None:
    dialogue = make.dialogue(make.municipality())
    for path in (make.path(dialogue), make.path(dialogue).rpartition("/")[0]):
        feed = client.get(path).html.find("link", type="application/atom+xml")["href"]
        client.get(feed, status=200)


def test_the_feed_of_a_draft_is_closed(make: Make, client: Client) -> None:
    draft = make.dialogue(public=False)
    client.get(make.path(draft, "neues.atom"), status=404)


def test_the_calendar_of_a_municipality_has_all_public_dates(make: Make, session: Session, client: Client) -> None:
    place = make.municipality()
    dialogue = make.dialogue(place)
    event = make.event(dialogue, state="open", title="Auftakt", dates=2)
    make.event(dialogue, state="draft", title="Entwurf")
    make.event(state="open", title="anderswo")
    response = client.get(make.path(place, "termine.ics"))
    assert response.content_type == "text/calendar"
    found = Calendar.from_ical(response.body).walk("VEVENT")
    assert [str(each["SUMMARY"]) for each in found] == ["Auftakt", "Auftakt"]
    assert len({str(each["UID"]) for each in found}) == 2
    assert str(found[0]["URL"]) == f"http://localhost{make.path(event)}/"


def test_the_sitemap_has_the_public_pages_and_no_others(make: Make, client: Client) -> None:
    shown = make.event(state="open")
    draft = make.event(state="draft")
    make.municipality("Nicht dabei", active=False, slug="nicht-dabei")
    text = client.get("/sitemap.xml").text
    assert f"<loc>http://localhost{make.path(shown)}/</loc>" in text
    assert make.path(draft) not in text
    assert "nicht-dabei" not in text
    for address in Xml.fromstring(text.encode()).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        client.get(str(address.text), status=200)


def test_search_engines_are_kept_from_work_and_codes(make: Make, client: Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    code = code_on(sign_up(client, make.path(make.event(state="open"))))
    client.login(make.account(Role.ADMIN))
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    for path in (f"/anmeldung/{code}", "/verwaltung/konten", "/anmelden"):
        assert any(path.startswith(start) for start in closed)
    assert "Sitemap: http://localhost/sitemap.xml" in lines
