"""Everybody who said yes can be told which entry of the public record is the own one, and can check that it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.journal.services import SYSTEM
from fdplattform.testing.client import Client
from fdplattform.testing.draws import work
from fdplattform.tools.draw.panel.entries import entries_of, recipients
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.members import members_of
from fdplattform.tools.draw.panel.models import Run
from fdplattform.tools.draw.panel.seats import end_replacements
from fdplattform.tools.letters.models import LetterHead
from tests.tools.draw.panel.conftest import fresh, newest


def on_the_page(staff: Client, path: str, person: int) -> str | None:
    """The line that staff hand over."""
    page = staff.get(f"{path}/antworten/{person}/")
    line = page.html.select_one("section[aria-labelledby=own-entry] .link-address")
    return None if line is None else line.get_text(strip=True)


@pytest.fixture
def check(staff: Client, path: str, tmp_path: Path) -> Any:
    """Checks a line with what everybody can download; the exit status and what it says."""

    def checked(line: str) -> tuple[int, str]:
        for name in ("protokoll.json", "verify_entry.py"):
            (tmp_path / name).write_bytes(staff.get(f"{path}/auslosung-nachweis/{name}").body)
        (tmp_path / "eintrag.json").write_text(line, encoding="utf-8")
        command = [sys.executable, "-I", "verify_entry.py", "protokoll.json", "eintrag.json"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path)
        return done.returncode, done.stdout + done.stderr

    return checked


def test_the_line_on_the_page_proves_the_entry_before_and_after_the_draw(
    staff: Client, path: str, committed: Run, people: list[int], event: Event, session: Session, check: Any
) -> None:
    line = on_the_page(staff, path, people[0])
    assert line is not None
    status, said = check(line)
    assert status == 0
    assert "noch nicht gezogen" in said
    form = staff.get(f"{path}/auslosung/nummer").forms["form"]
    form["number"], form["witnesses"] = "41", "Zwei Mitglieder des Gemeinderats"
    form.submit("submit").forms["confirm"].submit("sure", status=303)
    fresh(session)
    sits = {member.invitee_id for member in members_of(session, event.id)}
    for person in people[:8]:
        status, said = check(on_the_page(staff, path, person) or "")
        assert status == 0
        assert ("Sie sitzen im Gremium" in said) is (person in sits)


def test_a_line_that_was_changed_is_noticed(
    staff: Client, path: str, committed: Run, people: list[int], check: Any
) -> None:
    line = on_the_page(staff, path, people[0]) or ""
    own = json.loads(line)
    for wrong in ({**own, "values": ["alt", "w", "x"]}, {**own, "secret": "0" * 64}):
        status, said = check(json.dumps(wrong))
        assert status == 1
        assert "steht nicht im Protokoll" in said
    assert check("kein JSON")[0] == 1


def test_each_willing_person_has_another_entry_that_names_the_own_number(
    committed: Run, people: list[int], event: Event, session: Session
) -> None:
    entries = entries_of(session, event.id)
    assert set(entries) == set(people)
    assert sorted(entry.number for entry in entries.values()) == list(range(1, 25))
    public = json.loads(committed.public or "")["sections"]["people"]
    assert all(public[entry.number - 1]["pseudonym"] == entry.pseudonym for entry in entries.values())
    assert len({json.loads(entry.text)["secret"] for entry in entries.values()}) == len(people)
    letters = list(recipients(session, event))
    assert [each.values["entry"] for each in letters] == [entries[person].text for person in people]


def test_nothing_is_told_before_the_record_is_public_nor_after_it_is_unsealed(
    staff: Client, path: str, start: Any, people: list[int], event: Event, session: Session, app: Router
) -> None:
    start()
    assert on_the_page(staff, path, people[0]) is None
    staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(status=303)
    form = staff.get(f"{path}/auslosung/nummer").forms["form"]
    form["number"], form["witnesses"] = "41", "Zwei Mitglieder des Gemeinderats"
    form.submit("submit").forms["confirm"].submit("sure", status=303)
    assert on_the_page(staff, path, people[0]) is not None
    end_replacements(session, newest(session), Doing(event=event, actor=SYSTEM, now=app.registry.clock()))
    session.commit()
    assert on_the_page(staff, path, people[0]) is None
    assert list(recipients(session, event)) == []


def test_who_withdrew_gets_no_letter_about_it(
    staff: Client, path: str, committed: Run, people: list[int], event: Event, session: Session
) -> None:
    staff.get(f"{path}/antworten/{people[0]}/daten-loeschen").forms["confirm"].submit(status=303)
    fresh(session)
    assert len(list(recipients(session, event))) == len(people) - 1
    assert on_the_page(staff, path, people[0]) is None


def test_the_letter_says_number_pseudonym_and_the_line(
    staff: Client, path: str, committed: Run, people: list[int], event: Event, session: Session, app: Router
) -> None:
    session.add(LetterHead(event_id=event.id, sender="Stadt Musterstadt", contact="Frau Kurz"))
    session.commit()
    form = staff.get(f"{path}/briefe/own_entry/").forms["make"]
    run = form.submit(status=303).location
    work(app.registry, session)
    letters = staff.get(f"{run}druck/1")
    entry = entries_of(session, event.id)[people[0]]
    assert f"Nummer {entry.number} mit der Kennung {entry.pseudonym}" in letters.html.get_text(" ", strip=True)
    assert entry.text in letters.html.get_text()


def test_only_the_team_sees_it(client: Client, path: str, committed: Run, people: list[int]) -> None:
    client.logout()
    assert client.get(f"{path}/antworten/{people[0]}/", expect_errors=True).status_int != 200
