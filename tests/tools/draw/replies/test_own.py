"""Answering with a code: once, without a reason, and nothing is said to who guesses."""

import pytest
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event, EventDate
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import RESIDENT
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import add_invited, code_of
from fdplattform.testing.factories import Make
from fdplattform.tools.codes import ALPHABET, LENGTH, REGISTRATION, REPLY, codes_of
from fdplattform.tools.draw.criteria.models import Category, Plan
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.register.retention import shred_invitees
from fdplattform.tools.draw.replies.answering import AlreadyAnswered, Desk, Said, answer
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply, ReplyCategory
from fdplattform.workflow import CANCELLED


def say_no(client: Client, code: str) -> None:
    client.get(f"/antwort/{code}/nein").forms["no"].submit(status=303)


def test_a_yes_needs_nothing_else(client: Client, code: str, session: Session, invitee: Invitee) -> None:
    page = client.get(f"/antwort/{code}?lang=ar")
    assert page.html.html["dir"] == "rtl"
    form = page.click(href=r"/ja$").forms["form"]
    thanks = form.submit("submit", status=303).follow()
    assert thanks.request.path == "/antwort/danke"
    reply = session.get_one(Reply, invitee.id)
    assert (reply.answer, reply.channel, reply.language) == (Answer.YES, Channel.ONLINE, "ar")
    assert (reply.email, reply.phone, reply.interpreter, reply.children, reply.access_needs) == (None,) * 3 + (0, None)
    assert (reply.dates, reply.consented_at) == ([], None)


def test_everything_that_is_told_is_kept(
    client: Client, code: str, session: Session, invitee: Invitee, event: Event, education: dict[str, Category]
) -> None:
    form = client.get(f"/antwort/{code}/ja").forms["form"]
    form["phone"], form["interpreter"], form["children"], form["access_needs"] = "0711 22", "ar", "2", "Rampe"
    form.fields["dates"][1].checked = True
    chosen = education["ohne Abitur"]
    form[f"criterion_{chosen.criterion_id}"] = str(chosen.id)
    form["consent"] = True
    form.submit("submit", status=303)
    reply = session.get_one(Reply, invitee.id)
    assert (reply.phone, reply.interpreter, reply.children, reply.access_needs) == ("0711 22", "ar", 2, "Rampe")
    dates = session.query(EventDate).filter_by(event_id=event.id).order_by(EventDate.starts_at).all()
    assert reply.dates == [dates[1].id]
    assert reply.consented_at is not None
    assert session.get_one(ReplyCategory, (invitee.id, chosen.criterion_id)).category_id == chosen.id


def test_without_consent_nothing_about_the_person_is_kept(
    client: Client, code: str, session: Session, education: dict[str, Category]
) -> None:
    form = client.get(f"/antwort/{code}/ja").forms["form"]
    chosen = education["mit Abitur"]
    form[f"criterion_{chosen.criterion_id}"] = str(chosen.id)
    page = form.submit("submit", status=422)
    box = page.html.find("input", attrs={"name": "consent"})
    assert box["aria-invalid"] == "true"
    assert page.forms["form"][f"criterion_{chosen.criterion_id}"].value == str(chosen.id)
    assert session.query(Reply).count() == 0


def test_a_no_needs_no_reason_and_keeps_nothing(client: Client, code: str, session: Session, invitee: Invitee) -> None:
    page = client.get(f"/antwort/{code}/nein")
    assert not page.html.find("textarea")
    page.forms["no"].submit(status=303)
    reply = session.get_one(Reply, invitee.id)
    assert (reply.answer, reply.language, reply.email, reply.phone) == (Answer.NO, None, None, None)


def test_looking_answers_nothing(client: Client, code: str, session: Session) -> None:
    for view in ("", "/ja", "/nein"):
        client.get(f"/antwort/{code}{view}")
    assert session.query(Reply).count() == 0


def test_a_double_click_answers_once(client: Client, code: str, session: Session) -> None:
    form = client.get(f"/antwort/{code}/ja").forms["form"]
    for _click in range(2):
        answer = form.submit("submit", status=303)
        assert answer.location.endswith("/antwort/danke")
    no = add_one_more(session)
    form = client.get(f"/antwort/{no}/nein").forms["no"]
    for _click in range(2):
        answer = form.submit(status=303)
        assert answer.location.endswith("/antwort/abgesagt")
    assert session.query(Reply).count() == 2


def test_two_clicks_at_the_same_moment_are_one_answer(session: Session, invitee: Invitee, event: Event) -> None:
    """The second one found the code unused, and waited for the first at the person's row."""
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    desk = Desk(event=event, dialogue=dialogue, actor=RESIDENT, now=invitee.sampled_at)
    yes, no = Said(answer=Answer.YES), Said(answer=Answer.NO)
    first = answer(session, desk, invitee, yes, channel=Channel.ONLINE, token="a")
    assert answer(session, desk, invitee, yes, channel=Channel.ONLINE, token="a") is first
    for token in ("b", None):
        with pytest.raises(AlreadyAnswered):
            answer(session, desk, invitee, no, channel=Channel.ONLINE, token=token)


def add_one_more(session: Session) -> str:
    return code_of(session, add_invited(session, session.query(Event).one(), 1)[0])


def test_a_code_works_once(client: Client, code: str, session: Session, invitee: Invitee) -> None:
    yes = client.get(f"/antwort/{code}/ja").forms["form"]
    say_no(client, code)
    yes.submit("submit", status=404)
    client.get(f"/antwort/{code}/ja", status=404)
    desk = client.get("/antwort").forms[0]
    desk["code"] = code
    desk.submit(status=422)
    assert session.get_one(Reply, invitee.id).answer is Answer.NO


def test_a_used_code_looks_like_one_that_never_was(client: Client, code: str, session: Session) -> None:
    say_no(client, code)
    used = [client.get(f"/antwort/{code}{view}", status=404) for view in ("", "/ja", "/nein", "/x/y")]
    wrong = [client.get(f"/antwort/{other}", status=404) for other in ("0000-0000-0000", "x", "1", "%00", "%C3%A4")]
    bodies = {page.html.find("main").text for page in (*used, *wrong)}
    assert len(bodies) == 1
    assert "Haddad" not in bodies.pop()
    desk = client.get("/antwort").forms[0]
    answers = []
    for typed in (code, "0000-0000-0000"):
        desk["code"] = typed
        page = desk.submit(status=422)
        answers.append(page.html.find("main").text)
    assert answers[0] == answers[1]


def test_guessing_a_thousand_codes_finds_nothing_and_is_stopped(client: Client, code: str, session: Session) -> None:
    limit = client.registry.fdp.limit_code
    answers = [client.get(f"/antwort/0000-0000-{number:04d}", expect_errors=True).status_int for number in range(1000)]
    assert answers == [404] * limit + [429] * (1000 - limit)
    assert client.get(f"/antwort/{code}", expect_errors=True).status_int == 429
    assert session.query(Reply).count() == 0


def test_answering_is_not_limited(client: Client, session: Session, event: Event) -> None:
    """A whole home for refugees sits behind one address."""
    for invitee in add_invited(session, event, client.registry.fdp.limit_code + 5):
        say_no(client, code_of(session, invitee))


def test_a_code_has_sixty_bits_and_opens_nothing_else(session: Session, invitee: Invitee, code: str) -> None:
    assert len(ALPHABET) ** LENGTH >= 2**60
    registration = codes_of(session, REGISTRATION)
    assert registration.text(invitee.code_seed) != code
    assert registration.hash(code) != codes_of(session, REPLY).hash(code) == invitee.code_hash


def test_a_code_is_found_however_it_is_typed(client: Client, code: str) -> None:
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} ", code.replace("0", "O")):
        desk = client.get("/antwort").forms[0]
        desk["code"] = typed
        assert desk.submit(status=303).follow().html.find("a", href=lambda to: to and to.endswith("/ja"))


def test_the_last_day_counts_and_the_day_after_does_not(
    client: Client, code: str, session: Session, event: Event, clock: Clock
) -> None:
    form = client.get(f"/antwort/{code}/ja").forms["form"]
    last = session.get_one(Plan, event.id).reply_until
    assert last is not None
    clock.set(clock().replace(year=last.year, month=last.month, day=last.day, hour=12))
    client.get(f"/antwort/{code}")
    clock.advance(days=1)
    for view in ("", "/ja", "/nein"):
        page = client.get(f"/antwort/{code}{view}", status=410)
        assert "Die Zeit für Antworten ist vorbei" in page.text
        assert not page.html.select("main form")
    form.submit("submit", status=410)
    assert session.query(Reply).count() == 0


@pytest.mark.parametrize("column", ["locked_at", "drawn_at"])
def test_nobody_answers_once_the_draw_is_prepared(
    client: Client, code: str, session: Session, event: Event, clock: Clock, column: str
) -> None:
    form = client.get(f"/antwort/{code}/ja").forms["form"]
    setattr(session.get_one(Plan, event.id), column, clock())
    session.commit()
    client.get(f"/antwort/{code}", status=410)
    form.submit("submit", status=410)
    assert session.query(Reply).count() == 0


def test_a_cancelled_event_asks_nobody(client: Client, code: str, session: Session, event: Event) -> None:
    session.get_one(Event, event.id).state = CANCELLED
    session.commit()
    assert "findet nicht statt" in client.get(f"/antwort/{code}", status=410).text


def test_no_page_is_kept_by_anybody(client: Client, code: str) -> None:
    for path in ("", f"/{code}", f"/{code}/ja", f"/{code}/nein", "/danke", "/abgesagt"):
        answer = client.get(f"/antwort{path}")
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Haddad" not in answer.text


def test_the_journal_tells_that_somebody_answered_but_not_what(
    client: Client, code: str, session: Session, invitee: Invitee
) -> None:
    say_no(client, code)
    entry = session.query(JournalEntry).filter(JournalEntry.tag.startswith("reply:")).one()
    assert (entry.tag, entry.actor_type, entry.subject_id) == ("reply:give", "resident", invitee.id)
    assert not entry.payload
    assert not entry.public


def test_whose_data_was_deleted_cannot_answer(
    client: Client, code: str, session: Session, invitee: Invitee, make: Make
) -> None:
    shred_invitees(session, [invitee.id], make.registry.clock())
    session.commit()
    client.get(f"/antwort/{code}", status=404)
