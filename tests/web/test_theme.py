"""A municipality's pages have its colour; all others have the platform's."""

from typing import Any

from sqlalchemy.orm import Session

from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_invited, code_of, set_criteria
from fdplattform.testing.html import soup
from fdplattform.testing.registration import sign_up


def sheets(client: Client, path: str) -> list[str]:
    return [str(link["href"]) for link in soup(client.get(path, status="*")).find_all("link", rel="stylesheet")]


def test_a_municipality_has_its_own_colour(client: Client, make: Any) -> None:
    place = make.municipality(colour="#7a1f5c")
    plain, own = sheets(client, f"/kommunen/{place.slug}")
    assert own == f"/thema/{place.id}-{place.version}.css"
    answer = client.get(own)
    assert "--fdp-brand:#7a1f5c" in answer.text
    assert answer.content_type == "text/css"
    assert answer.cache_control.max_age >= 364 * 24 * 3600
    assert sheets(client, "/") == [plain]


def test_pages_behind_a_code_look_like_those_of_the_municipality(client: Client, make: Any, session: Session) -> None:
    place = make.municipality(colour="#7a1f5c")
    event = make.event(make.dialogue(place), state="open")
    own = sign_up(client, make.path(event)).request.path
    set_criteria(session, event)
    (invitee,) = add_invited(session, event, 1)
    for path in (own, f"/antwort/{code_of(session, invitee)}"):
        assert sheets(client, path)[1:] == [f"/thema/{place.id}-{place.version}.css"]


def test_a_municipality_without_a_colour_has_the_platforms(client: Client, make: Any) -> None:
    place = make.municipality(colour=None)
    assert len(sheets(client, f"/kommunen/{place.slug}")) == 1
    client.get(f"/thema/{place.id}-1.css", status=404)
    client.get("/thema/999999-1.css", status=404)
