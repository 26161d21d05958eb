"""No letter has a gap: what is missing is said with a link, marked in the preview, and refused in letters."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.legal.models import LegalText
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import add_invited, set_criteria, work
from fdplattform.tools.letters import jobs
from fdplattform.tools.letters.models import LetterRun, LetterText, RunState
from fdplattform.tools.letters.views import texts

IN = {"de": "Wer für die Daten verantwortlich ist", "ar": "المسؤول عن البيانات"}


def forget(session: Session, **gaps: str) -> None:
    """The privacy page says no more who is responsible."""
    page = session.query(LegalText).one()
    page.gaps = {**page.gaps, "controller": "", **gaps}
    session.commit()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_what_is_missing_is_said_and_leads_to_where_it_is_entered(
    staff: Client, path: str, session: Session, event: Event, language: str
) -> None:
    add_invited(session, event, 1)
    forget(session)
    page = staff.get(f"{path}/", headers={"Accept-Language": language})
    notice = page.html.find(id="missing")
    assert IN[language] in notice.text
    assert "${" not in notice.text
    assert "make" not in page.forms
    form = page.click(href="/rechtstext/datenschutz").forms["form"]
    form["controller"] = "Stadt Musterstadt"
    form.submit("submit", status=303)
    page = staff.get(f"{path}/")
    assert not page.html.find(id="missing")
    page.forms["make"].submit(status=303)


def test_what_a_tool_says_leads_to_the_page_of_the_tool(
    staff: Client, path: str, session: Session, event: Event
) -> None:
    set_criteria(session, event, reply_until=None)
    session.commit()
    assert "Merkmale" in staff.get(f"{path}/").click("Eintragen", href="/kriterien/").html.h1.text


@pytest.mark.parametrize("language", ["de", "ar"])
def test_letters_with_a_gap_are_refused_and_nothing_is_lost(
    staff: Client, path: str, session: Session, event: Event, language: str
) -> None:
    add_invited(session, event, 1)
    headers = {"Accept-Language": language}
    form = staff.get(f"{path}/", headers=headers).forms["make"]
    forget(session)
    page = form.submit(status=422, headers=headers)
    said = {"de": "Es wird kein Brief erstellt", "ar": "لن تُنشأ أي رسالة"}
    assert said[language] in page.html.find(role="alert").text
    assert page.html.find(id="missing")
    assert session.query(LetterRun).count() == 0


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_preview_marks_the_gap(
    staff: Client, path: str, session: Session, event: Event, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget(session, authority="<b>Amt</b>")
    session.add(LetterText(event_id=event.id, kind="invitation", language="ar", subject="${controller}", body="${old}"))
    session.commit()
    shown = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(staff.get(f"{path}/vorschau/{language}").body)).pages
    )
    assert "[Es fehlt: Wer für die Daten verantwortlich ist" in shown.replace("\n", " ")
    monkeypatch.setattr(texts, "pdf_possible", lambda: False)
    page = staff.get(f"{path}/vorschau/{language}")
    assert IN[language] in page.html.find_all("mark")[-2 if language == "ar" else -1].text
    assert "<b>Amt" not in page.text
    assert "${" not in page.text
    assert "<" not in page.html.title.text


def test_letters_whose_facts_are_deleted_meanwhile_wait_for_them(
    order: Callable[..., LetterRun], staff: Client, path: str, app: Router, session: Session, event: Event, clock: Clock
) -> None:
    add_invited(session, event, 1)
    run = order(made=False)
    forget(session)
    work(app.registry, session)
    session.refresh(run)
    assert run.done == 0
    page = staff.get(f"{path}/{run.id}/")
    assert "Die Briefe müssen warten" in page.text
    form = page.click(href="/rechtstext/datenschutz").forms["form"]
    form["controller"] = "Stadt Musterstadt"
    form.submit("submit", status=303)
    clock.advance(minutes=30)
    work(app.registry, session)
    session.refresh(run)
    assert (run.state, run.done) == (RunState.DONE, 1)
    assert "müssen warten" not in staff.get(f"{path}/{run.id}/").text


def test_no_page_to_print_has_a_gap(
    order: Callable[..., LetterRun],
    staff: Client,
    path: str,
    session: Session,
    event: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "pdf_possible", lambda: False)
    add_invited(session, event, 1)
    run = order()
    forget(session)
    page = staff.get(f"{path}/{run.id}/druck/1", status=303).follow()
    assert "Es wird kein Brief erstellt" in page.text
    assert page.html.find(id="missing")


def test_the_box_with_the_code_stands_wherever_it_is_named(
    order: Callable[..., LetterRun],
    staff: Client,
    path: str,
    session: Session,
    event: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(texts, "pdf_possible", lambda: False)
    form = staff.get(f"{path}/text/de").forms["form"]
    form["subject"], form["body"] = "Hier: ${reply}", "Vorher ${ reply } nachher\n\n${reply}"
    form.submit("submit", status=303)
    page = staff.get(f"{path}/vorschau/de")
    assert "${" not in page.text
    assert len(page.html.select("div.reply")) == 2
