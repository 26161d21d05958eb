"""The pages behind a code, and what a wrong code gets."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar
from sqlalchemy.orm import Session

from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.testing.registration import code_on, sign_up


def test_code_is_found_however_it_is_typed(client: Client, make: Make) -> None:
    page = sign_up(client, make.path(make.event(state="open")))
    code = code_on(page)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} ", code.replace("0", "O")):
        desk = client.get("/anmeldung").forms[0]
        desk["code"] = typed
        assert desk.submit(status=303).follow().request.path == page.request.path


def test_wrong_code_is_told_and_kept(client: Client, make: Make) -> None:
    sign_up(client, make.path(make.event(state="open")))
    desk = client.get("/anmeldung").forms[0]
    for typed in ("", "7K3M-Q9XA-02HT", "'; drop table", "ä" * 40):
        desk["code"] = typed
        answer = desk.submit(status=422)
        assert answer.forms[0]["code"].value == typed
        assert answer.html.find(attrs={"aria-invalid": "true"})
    for path in ("x", "7K3M-Q9XA-02HT", "7K3M-Q9XA-02HT/absagen", "1", "%00"):
        client.get(f"/anmeldung/{path}", status=404)


def test_guessing_codes_is_slowed_down(client: Client, make: Make) -> None:
    page = sign_up(client, make.path(make.event(state="open")))
    limit = client.registry.fdp.limit_code
    answers = [
        client.get(f"/anmeldung/0000-0000-{number:04d}", expect_errors=True).status_int for number in range(limit + 1)
    ]
    assert answers == [404] * limit + [429]
    assert client.get(page.request.path, expect_errors=True).status_int == 429


def test_one_code_shows_nothing_of_others(client: Client, make: Make) -> None:
    path = make.path(make.event(state="open"))
    other = sign_up(client, path, name="Anderer Mensch")
    mine = sign_up(client, path, name="Ich")
    assert "Anderer Mensch" not in mine.text
    assert code_on(other) not in mine.text


def test_pages_with_a_code_are_kept_by_nobody(client: Client, make: Make) -> None:
    page = sign_up(client, make.path(make.event(state="open")))
    for path in (page.request.path, f"{page.request.path}/absagen", f"{page.request.path}/aendern", "/anmeldung"):
        answer = client.get(path)
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"] == "no-store"


def test_qr_code_is_a_picture_without_styles(client: Client, make: Make) -> None:
    page = sign_up(client, make.path(make.event(state="open")))
    picture = client.get(page.html.find("img", class_="qr")["src"])
    assert picture.content_type == "image/svg+xml"
    assert "style" not in picture.text
    assert "<script" not in picture.text


def test_calendar_file(client: Client, make: Make, session: Session) -> None:
    # The night in which the clocks go back in Berlin.
    starts = datetime(2027, 10, 30, 23, 30, tzinfo=UTC)
    event = make.event(state="open", starts_at=starts, hours=3, title="Nachtgespräch; lang, bunt")
    page = sign_up(client, make.path(event))

    def entry():
        return Calendar.from_ical(client.get(f"{page.request.path}/termin.ics").body).walk("VEVENT")[0]

    first = entry()
    assert first.decoded("dtstart") == starts
    assert first.decoded("dtend") - first.decoded("dtstart") == timedelta(hours=3)
    assert str(first["summary"]) == "Nachtgespräch; lang, bunt"
    assert str(first["status"]) == "CONFIRMED"
    event.state = "cancelled"
    session.commit()
    again = entry()
    assert again["uid"] == first["uid"]
    assert int(again["sequence"]) > int(first["sequence"])
    assert str(again["status"]) == "CANCELLED"


def test_cancelled_event_is_said_on_the_own_page(client: Client, make: Make, session: Session, clock: Clock) -> None:
    event = make.event(state="open")
    own = sign_up(client, make.path(event)).request.path
    event.postponed_at = clock()
    session.commit()
    assert client.get(own).html.find(class_="kern-alert--warning")
    event.state = "cancelled"
    session.commit()
    page = client.get(own)
    assert not page.html.find("a", href=f"{own}/absagen")
    assert not page.html.find(class_="code")


def test_form_is_forged_without_token(client: Client, make: Make) -> None:
    own = sign_up(client, make.path(make.event(state="open"))).request.path
    client.post(f"{own}/absagen", {}, status=400)
