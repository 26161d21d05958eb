"""Staff enter what came out of an event."""

from sqlalchemy import select

from fdplattform.findings.models import Finding, FindingKind
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.html import choose, chosen
from fdplattform.testing.queries import queries


def findings(session) -> list[Finding]:
    session.expire_all()
    return list(session.scalars(select(Finding).order_by(Finding.id)))


def enter(staff, path: str, lines: str, kind: str = "idea"):
    form = staff.get(path).forms["form"]
    choose(form, kind)
    form["lines"] = lines
    return form.submit("submit")


def test_several_findings_are_added_at_once_and_remember_their_event(staff, make, session, dialogue):
    event = make.event(dialogue, state="held", title="Auftakt")
    answer = enter(staff, make.path(event, "ergebnisse"), "- Mehr Bänke | 12\n- Ein Sprachcafé")
    assert answer.status_int == 303
    found = findings(session)
    assert [(each.text, each.weight) for each in found] == [("Mehr Bänke", 12), ("Ein Sprachcafé", None)]
    assert {(each.kind, each.origin, each.event_id, each.published) for each in found} == {
        (FindingKind.IDEA, "Auftakt", event.id, False)
    }


def test_the_page_stays_with_kind_and_origin_for_the_next_paste(staff, make, dialogue):
    event = make.event(dialogue, state="held")
    form = staff.get(make.path(event, "ergebnisse")).forms["form"]
    choose(form, "concern")
    form["origin"], form["lines"] = "Auftakt, Tisch 3", "Zu laut"
    again = form.submit("submit").follow().forms["form"]
    assert (chosen(again), again["origin"].value, again["lines"].value) == (["concern"], "Auftakt, Tisch 3", "")
    assert "autofocus" in again["lines"].attrs


def test_a_form_that_is_sent_twice_adds_nothing_the_second_time(staff, make, session, dialogue):
    event = make.event(dialogue, state="held")
    for _attempt in range(2):
        enter(staff, make.path(event, "ergebnisse"), "Mehr Bänke\nMehr Bänke")
    assert [each.text for each in findings(session)] == ["Mehr Bänke"]


def test_the_same_words_of_another_kind_are_another_finding(staff, make, session, dialogue):
    event = make.event(dialogue, state="held")
    enter(staff, make.path(event, "ergebnisse"), "Der Bahnhof", kind="challenge")
    enter(staff, make.path(event, "ergebnisse"), "Der Bahnhof", kind="vision")
    assert len(findings(session)) == 2


def test_a_rejected_paste_is_kept(staff, make, session, dialogue):
    event = make.event(dialogue, state="held")
    lines = "kurz\n" + "x" * 2001
    answer = enter_expecting(staff, make.path(event, "ergebnisse"), lines, status=422)
    assert answer.forms["form"]["lines"].value.replace("\r\n", "\n") == lines
    assert findings(session) == []


def enter_expecting(staff, path: str, lines: str, status: int):
    form = staff.get(path).forms["form"]
    choose(form, "idea")
    form["lines"] = lines
    return form.submit("submit", status=status)


def test_names_with_apostrophes_arabic_and_emoji_come_back_as_they_were(staff, make, session, dialogue):
    event = make.event(dialogue, state="held")
    texts = ["L'Arche & <b>Söhne</b>", "مقاعد أكثر", "Fest 🎉"]
    page = enter(staff, make.path(event, "ergebnisse"), "\n".join(texts)).follow()
    assert [each.text for each in findings(session)] == texts
    assert "<b>Söhne" not in page.text


def test_the_journal_says_that_findings_were_entered_and_not_what_they_say(staff, make, session, dialogue):
    event = make.event(dialogue, state="held")
    enter(staff, make.path(event, "ergebnisse"), "Geheim")
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "finding:add")).one()
    assert (entry.event_id, entry.dialogue_id, entry.payload) == (event.id, dialogue.id, {"count": 1})


def test_nobody_else_enters_findings(client, make, dialogue):
    event = make.event(dialogue, state="held")
    client.get(make.path(event, "ergebnisse"), status=303)
    client.login(make.account())
    client.get(make.path(event, "ergebnisse"), status=403)


def test_a_coordinator_of_another_municipality_may_not(client, make, dialogue):
    event = make.event(dialogue, state="held")
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    client.get(make.path(event, "ergebnisse"), status=403)


def test_the_page_asks_the_database_as_often_for_many_findings_as_for_few(staff, make, engine, dialogue):
    event = make.event(dialogue, state="held")
    path = make.path(event, "ergebnisse")
    make.finding(event)
    with queries(engine) as few:
        staff.get(path)
    for number in range(30):
        make.finding(event, f"Idee {number}")
    with queries(engine) as many:
        staff.get(path)
    assert len(many) == len(few)


def test_a_finding_can_be_changed_and_put_into_fields(staff, make, session, dialogue):
    event = make.event(dialogue, state="held")
    finding, inside, other = make.finding(event), make.field(dialogue), make.field(dialogue)
    form = staff.get(f"{make.path(dialogue)}/ergebnisse/{finding.id}").forms["form"]
    form["text"], form["weight"], form["kind"] = "Neu", "5", "vision"
    choose(form, str(inside.id))
    form.submit("submit", status=303)
    session.expire_all()
    assert (finding.text, finding.weight, finding.kind) == ("Neu", 5, FindingKind.VISION)
    page = staff.get(f"{make.path(dialogue)}/ergebnisse/{finding.id}").forms["form"]
    assert chosen(page) == [str(inside.id)]
    choose(page, str(inside.id), ticked=False)
    choose(page, str(other.id))
    page.submit("submit", status=303)
    page = staff.get(f"{make.path(dialogue)}/ergebnisse/{finding.id}").forms["form"]
    assert chosen(page) == [str(other.id)]


def test_a_stale_change_shows_both_versions(staff, make, session, dialogue):
    finding = make.finding(make.event(dialogue, state="held"), "Alt")
    form = staff.get(f"{make.path(dialogue)}/ergebnisse/{finding.id}").forms["form"]
    finding.text = "Von jemand anderem"
    session.commit()
    form["text"] = "Von mir"
    page = form.submit("submit", status=409)
    assert "Von jemand anderem" in page.text
    assert page.forms["form"]["text"].value == "Von mir"


def test_a_finding_of_another_dialogue_is_not_found_here(staff, make, dialogue):
    foreign = make.finding(make.event(state="held"))
    staff.get(f"{make.path(dialogue)}/ergebnisse/{foreign.id}", status=404)
    staff.get(f"{make.path(dialogue)}/ergebnisse/{'9' * 40}", status=404)
