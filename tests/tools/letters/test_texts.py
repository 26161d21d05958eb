"""The pages on which letters are written."""

from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_invited
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries
from fdplattform.tools.letters.kinds import letter_kinds
from fdplattform.tools.letters.models import LetterHead, LetterText


def test_every_language_has_its_own_text(staff: Client, path: str, session: Session, event: Event) -> None:
    form = staff.get(f"{path}/text/ar").forms["form"]
    assert "${name}" in form["body"].value
    form["subject"], form["body"] = "دعوة", "مرحبًا ${name}"
    form.submit("submit", status=303)
    saved = session.query(LetterText).one()
    assert (saved.language, saved.subject, saved.body) == ("ar", "دعوة", "مرحبًا ${name}")
    assert "Guten Tag" in staff.get(f"{path}/text/de").forms["form"]["body"].value


def test_an_unknown_placeholder_is_said_at_the_field_and_what_was_typed_is_kept(
    staff: Client, path: str, session: Session
) -> None:
    form = staff.get(f"{path}/text/de").forms["form"]
    form["body"] = "Guten Tag ${nmae}"
    page = form.submit("submit", status=422)
    assert page.forms["form"]["body"].value == "Guten Tag ${nmae}"
    field = page.html.find("textarea")
    assert field["aria-invalid"] == "true"
    described = [page.html.find(id=name) for name in field["aria-describedby"].split()]
    assert any("${nmae}" in each.text for each in described if each)
    assert session.query(LetterText).count() == 0


def test_the_standard_text_comes_back(staff: Client, path: str, session: Session) -> None:
    form = staff.get(f"{path}/text/de").forms["form"]
    form["body"] = "Kommen Sie!"
    form.submit("submit", status=303)
    page = staff.get(f"{path}/text/de")
    page.forms["reset"].submit(status=303)
    assert session.query(LetterText).count() == 0


def test_two_people_do_not_overwrite_each_other(staff: Client, path: str, session: Session) -> None:
    mine, other = (staff.get(f"{path}/text/de").forms["form"] for _ in range(2))
    other["body"] = "Der andere Text"
    other.submit("submit", status=303)
    mine["body"] = "Mein Text"
    mine.submit("submit", status=409)
    assert session.query(LetterText).one().body == "Der andere Text"


def test_the_address_at_which_codes_are_entered_is_a_page(client: Client, app: Router) -> None:
    pages = {kind.code_purpose.path for kind in letter_kinds(app.registry).values() if kind.code_purpose is not None}
    assert pages
    for page in pages:
        client.get(page, status=200)


def test_a_preview_is_a_pdf_for_nobody_real(staff: Client, path: str, session: Session, event: Event) -> None:
    add_invited(session, event, 1, family_name="Geheim")
    for language in ("de", "ar"):
        answer = staff.get(f"{path}/vorschau/{language}")
        assert answer.content_type == "application/pdf"
        assert answer.body.startswith(b"%PDF-")
        assert b"Geheim" not in answer.body
    staff.get(f"{path}/vorschau/xx", status=404)
    staff.get(f"{path}/vorschau/", status=404)


def test_nobody_writes_without_a_sender(staff: Client, path: str, session: Session, event: Event) -> None:
    add_invited(session, event, 1)
    form = staff.get(f"{path}/").forms["make"]
    session.delete(session.get_one(LetterHead, event.id))
    session.commit()
    page = form.submit(status=422)
    assert "Bitte schreiben Sie zuerst" in page.text
    assert "make" not in page.forms
    assert page.click("Wer die Briefe verschickt").forms["form"]


def test_the_sender_is_proposed_and_kept(staff: Client, make: Make, session: Session, event: Event) -> None:
    form = staff.get(make.path(event, "briefe", "absender")).forms["form"]
    assert form["sender"].value == "Stadt Musterstadt · Markt 1"
    form["sender"], form["contact"] = "Rathaus, 70000 Musterstadt", "Herr Lang\n0711 33"
    form.submit("submit", status=303)
    session.expire_all()
    assert session.get_one(LetterHead, event.id).contact == "Herr Lang\n0711 33"


def test_a_page_asks_as_many_questions_for_many_people(
    staff: Client, path: str, app: Router, session: Session, event: Event
) -> None:
    add_invited(session, event, 1)
    staff.get(f"{path}/")
    with queries(app.registry.engine) as few:
        staff.get(f"{path}/")
    add_invited(session, event, 30)
    with queries(app.registry.engine) as many:
        staff.get(f"{path}/")
    assert len(many) == len(few)
