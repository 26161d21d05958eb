"""Letters are made file by file, once for everybody, and posted or discarded."""

import csv
import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.files.models import FileChunk, StoredFile
from fdplattform.jobs.models import Job
from fdplattform.jobs.registry import JobContext
from fdplattform.jobs.worker import Worker
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import add_invited, code_of, work
from fdplattform.testing.factories import Make
from fdplattform.testing.html import token_on
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.register.retention import shred_invitees
from fdplattform.tools.letters import jobs
from fdplattform.tools.letters.lookup import counts, files_of, keys_in
from fdplattform.tools.letters.models import LetterFile, LetterHead, LetterItem, LetterRun, RunState

Order = Callable[..., LetterRun]


def content_of(session: Session, run: LetterRun, number: int) -> str:
    """The text of a file."""
    file = session.get_one(LetterFile, (run.id, number))
    chunks = session.scalars(
        select(FileChunk.content).where(FileChunk.file_id == file.file_id).order_by(FileChunk.position)
    )
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(b"".join(chunks))).pages)


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_as_long_as_files_are_kept_they_can_be_read_and_nothing_is_made(
    order: Order, staff: Client, path: str, session: Session, event: Event, state: str
) -> None:
    add_invited(session, event, 2)
    run = order()
    event.state = state
    session.commit()
    assert "Einladung" in staff.get(path.removesuffix("invitation"))
    page = staff.get(f"{path}/").click("Zu diesen Briefen")
    assert page.click(href="/datei/1").content_type == "application/pdf"
    assert b"Nachname 2" in page.click(href="liste.csv").body
    assert "form" not in page.forms
    for view in ("erstellen", f"{run.id}/", f"{run.id}/verwerfen", "text/de"):
        staff.post(f"{path}/{view}", token_on(page), status=403)


def test_everybody_gets_one_letter_sorted_for_the_post(
    order: Order, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LETTERS_PER_FILE", 4)
    people = add_invited(session, event, 10)
    run = order()
    assert (run.state, run.total, run.done) == (RunState.DONE, 10, 10)
    assert [(file.number, file.letters) for file in files_of(session, run.id)] == [(1, 4), (2, 4), (3, 2)]
    assert keys_in(session, run.id) == {f"invitee:{person.id}" for person in people}
    ordered = sorted(people, key=lambda person: (person.postal_code, (person.street or "").casefold()))
    text = content_of(session, run, 1)
    places = [text.index(code_of(session, person)) for person in ordered[:4]]
    assert places == sorted(places)
    assert code_of(session, ordered[4]) not in text


def test_who_has_no_address_is_counted_and_left_out(
    order: Order, staff: Client, path: str, session: Session, event: Event
) -> None:
    add_invited(session, event, 2)
    add_invited(session, event, 1, street=None)
    add_invited(session, event, 1, city=" ")
    assert "Ohne vollständige Anschrift: 2" in staff.get(f"{path}/").text
    run = order(leave_out=True)
    assert run.done == 2
    assert len(run.problems) == 2


def test_a_second_click_makes_nothing_twice(staff: Client, path: str, session: Session, event: Event) -> None:
    add_invited(session, event, 3)
    mine, other = staff.get(f"{path}/").forms["make"], staff.get(f"{path}/").forms["make"]
    mine.submit(status=303)
    answer = other.submit(status=409)
    assert "werden gerade erstellt" in answer.text
    assert session.query(LetterRun).count() == 1
    assert session.query(Job).filter_by(kind="letters:make").count() == 1


def test_a_worker_that_dies_between_two_files_goes_on_where_it_was(
    order: Order, app: Router, session: Session, event: Event, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LETTERS_PER_FILE", 3)
    add_invited(session, event, 8)
    run = order(made=False)
    render, made = jobs._render, []

    def dies_at_the_second(context: JobContext, run_id: int, batch: jobs.Batch) -> bytes | None:
        if len(made) == 1:
            raise KeyboardInterrupt
        made.append(batch.number)
        return render(context, run_id, batch)

    monkeypatch.setattr(jobs, "_render", dies_at_the_second)
    session.commit()
    with pytest.raises(KeyboardInterrupt):
        Worker(app.registry, clock=clock).work_once("long")
    session.expire_all()
    assert (run.state, run.done, made) == (RunState.RUNNING, 3, [1])
    first = files_of(session, run.id)[0].file_id
    monkeypatch.setattr(jobs, "_render", render)
    clock.advance(minutes=5)
    work(app.registry, session)
    assert (run.state, run.done) == (RunState.DONE, 8)
    files = files_of(session, run.id)
    assert [(file.number, file.letters) for file in files] == [(1, 3), (2, 3), (3, 2)]
    assert files[0].file_id == first
    assert session.query(StoredFile).count() == 3
    assert session.query(LetterItem).count() == 8


def test_a_run_for_which_nobody_is_left_ends_also_when_something_is_not_known_any_more(
    order: Order, app: Router, session: Session, event: Event, clock: Clock
) -> None:
    people = add_invited(session, event, 2)
    run = order(made=False)
    shred_invitees(session, [person.id for person in people], clock())
    session.delete(session.get_one(LetterHead, event.id))
    session.commit()
    work(app.registry, session)
    session.refresh(run)
    assert (run.state, run.done) == (RunState.DONE, 0)


def test_two_workers_with_the_same_run_make_nothing_twice(
    order: Order, app: Router, session: Session, event: Event, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease of a slow worker ends while it lays letters out: what it brings late is dropped."""
    add_invited(session, event, 3)
    run = order(made=False)
    render = jobs._render

    def slow(context: JobContext, run_id: int, batch: jobs.Batch) -> bytes | None:
        monkeypatch.setattr(jobs, "_render", render)
        clock.advance(minutes=5)
        work(app.registry, session)
        return render(context, run_id, batch)

    monkeypatch.setattr(jobs, "_render", slow)
    work(app.registry, session)
    assert (run.state, run.done) == (RunState.DONE, 3)
    assert session.query(StoredFile).count() == 1


def test_discarding_stops_the_worker_and_deletes_the_files(
    order: Order, app: Router, staff: Client, path: str, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LETTERS_PER_FILE", 1)
    add_invited(session, event, 3)
    run = order(made=False)
    render = jobs._render

    def discards_first(context: JobContext, run_id: int, batch: jobs.Batch) -> bytes | None:
        if batch.number == 2:
            staff.get(f"{path}/{run.id}/verwerfen").forms["confirm"].submit(status=303)
        return render(context, run_id, batch)

    monkeypatch.setattr(jobs, "_render", discards_first)
    work(app.registry, session)
    session.refresh(run)
    assert (run.state, run.active_key) == (RunState.CANCELLED, None)
    assert session.query(StoredFile).count() == 0
    assert session.query(LetterItem).count() == 0
    monkeypatch.setattr(jobs, "_render", render)
    assert order().done == 3


def test_letters_count_as_sent_when_somebody_says_so(
    order: Order, staff: Client, path: str, session: Session, event: Event, clock: Clock
) -> None:
    add_invited(session, event, 2)
    run = order()
    assert counts(session, event.id) == {"invitation": 2}
    assert counts(session, event.id, posted=True) == {}
    form = staff.get(f"{path}/{run.id}/").forms["form"]
    form["posted_on"] = "2999-01-01"
    assert "liegt noch in der Zukunft" in form.submit("submit", status=422).text
    form["posted_on"] = clock().date().isoformat()
    form.submit("submit", status=303)
    assert counts(session, event.id, posted=True) == {"invitation": 2}
    session.refresh(run)
    assert run.posted_on == clock().date()


def test_nobody_is_written_to_twice_but_who_comes_later_is(
    order: Order, staff: Client, path: str, session: Session, event: Event
) -> None:
    add_invited(session, event, 2)
    first = order()
    staff.get(f"{path}/{first.id}/").forms["form"].submit("submit", status=303)
    assert "Alle haben diesen Brief bekommen" in staff.get(f"{path}/").text
    later = add_invited(session, event, 1)[0]
    second = order()
    assert second.id != first.id
    assert keys_in(session, second.id) == {f"invitee:{later.id}"}


def test_text_of_letters_that_are_made_cannot_change(
    order: Order, staff: Client, path: str, session: Session, event: Event
) -> None:
    add_invited(session, event, 1)
    order()
    form = staff.get(f"{path}/text/de").forms["form"]
    form["body"] = "Doch anders"
    assert "Verwerfen Sie" in form.submit("submit", status=409).text


def test_files_are_downloaded_by_staff_and_each_download_is_journalled(
    order: Order, staff: Client, path: str, session: Session, event: Event
) -> None:
    add_invited(session, event, 1)
    run = order()
    answer = staff.get(f"{path}/{run.id}/datei/1")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert [entry.payload for entry in session.query(JournalEntry).filter_by(tag="letter:read")]
    for wrong in ("datei/2", "datei/x", "datei", "druck/9"):
        staff.get(f"{path}/{run.id}/{wrong}", status=404)
    staff.logout()
    assert "/anmelden" in staff.get(f"{path}/{run.id}/datei/1", status=303).location


def test_the_table_for_the_printing_house_holds_no_formulas(
    order: Order, staff: Client, path: str, session: Session, event: Event
) -> None:
    person = add_invited(session, event, 1, given_name="=1+1", family_name="Amal")[0]
    run = order()
    answer = staff.get(f"{path}/{run.id}/liste.csv")
    header, row = csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";")
    assert len(header) == len(row)
    assert row[0] == "'=1+1 Amal"
    assert code_of(session, person) in row
    assert str(person.number) in row
    assert session.query(JournalEntry).filter_by(tag="letter:read").count() == 1


def test_erasing_somebody_takes_their_letter_out_of_files_that_are_not_posted(
    order: Order, app: Router, session: Session, event: Event, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LETTERS_PER_FILE", 2)
    people = add_invited(session, event, 4, postal_code="70000")
    run = order()
    gone = session.get_one(Invitee, people[2].id)
    code, old = code_of(session, gone), {file.number: file.file_id for file in files_of(session, run.id)}
    assert code in content_of(session, run, 2)
    shred_invitees(session, [gone.id], clock())
    assert session.get(StoredFile, old[2]) is None
    work(app.registry, session)
    assert (run.state, run.done, run.total) == (RunState.DONE, 3, 3)
    assert files_of(session, run.id)[0].file_id == old[1]
    assert code not in content_of(session, run, 2)
    assert f"invitee:{gone.id}" not in keys_in(session, run.id)


def test_erasing_somebody_deletes_the_posted_file_and_nobody_else_is_written_to_again(
    order: Order, staff: Client, path: str, session: Session, event: Event, clock: Clock
) -> None:
    people = add_invited(session, event, 2)
    run = order()
    staff.get(f"{path}/{run.id}/").forms["form"].submit("submit", status=303)
    shred_invitees(session, [people[0].id], clock())
    session.commit()
    assert session.query(StoredFile).count() == 0
    assert keys_in(session, run.id) == {f"invitee:{people[1].id}"}
    assert counts(session, event.id, posted=True) == {"invitation": 2}
    assert "Alle haben diesen Brief bekommen" in staff.get(f"{path}/").text


def test_somebody_erased_while_letters_are_laid_out_is_in_no_file(
    order: Order, app: Router, session: Session, event: Event, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = add_invited(session, event, 3)
    run = order(made=False)
    render = jobs._render

    def erases_first(context: JobContext, run_id: int, batch: jobs.Batch) -> bytes | None:
        monkeypatch.setattr(jobs, "_render", render)
        with context.transaction() as other:
            shred_invitees(other, [people[1].id], clock())
        return render(context, run_id, batch)

    monkeypatch.setattr(jobs, "_render", erases_first)
    work(app.registry, session)
    assert (run.state, run.done) == (RunState.DONE, 2)
    assert code_of(session, people[1]) not in content_of(session, run, 1)


def test_without_pdf_the_letters_are_pages_to_print(
    order: Order, staff: Client, path: str, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "pdf_possible", lambda: False)
    person = add_invited(session, event, 1)[0]
    run = order()
    assert files_of(session, run.id)[0].file_id is None
    page = staff.get(f"{path}/{run.id}/").click(href="druck/1")
    assert code_of(session, person) in page.text
    sheet = page.html.find("link", rel="stylesheet")["href"]
    assert "105mm" in staff.get(sheet).text or "85mm" in staff.get(sheet).text


def test_letters_of_others_are_not_found(
    order: Order, make: Make, staff: Client, session: Session, event: Event
) -> None:
    add_invited(session, event, 1)
    run = order()
    other = make.event(session.get_one(Dialogue, event.dialogue_id), state="open")
    staff.get(make.path(other, "briefe", "invitation", str(run.id)), status=404)
    staff.get(make.path(event, "briefe", "unbekannt"), status=404)
