"""All results of a dialogue: what everybody reads, and what staff do with them."""

import csv
from io import StringIO

import pytest
from sqlalchemy import select

from fdplattform.findings.models import FieldOfAction, Finding, FindingKind, Proposal
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.html import choose, soup
from fdplattform.testing.queries import queries


def hide(make, finding):
    finding.published = False
    make.session.commit()
    return finding


@pytest.fixture
def event(make, dialogue):
    return make.event(dialogue, state="held", title="Auftakt")


def test_everybody_reads_what_is_published_with_its_origin(client, make, dialogue, event):
    make.finding(event, "Mehr Bänke")
    hide(make, make.finding(event, "Noch geheim"))
    page = client.get(make.path(dialogue, "ergebnisse"))
    assert "Mehr Bänke" in page.text
    assert "Noch geheim" not in page.text
    link = soup(page).find("a", string="Auftakt")
    assert link is not None
    assert link["href"].rstrip("/") == make.path(event)
    assert not soup(page).find("input", attrs={"name": "finding"})


def test_the_origin_stays_when_the_event_is_not_public(client, make, dialogue):
    make.finding(make.event(dialogue, state="draft", title="Im Entwurf"), "Mehr Bänke")
    page = client.get(make.path(dialogue, "ergebnisse"))
    assert "Im Entwurf" in page.text
    assert soup(page).find("a", string="Im Entwurf") is None


def test_results_of_a_draft_dialogue_are_not_public(client, make):
    dialogue = make.dialogue(public=False)
    client.get(make.path(dialogue, "ergebnisse"), status=404)


def test_kinds_come_in_their_order_and_findings_with_many_dots_first(client, make, dialogue, event):
    make.finding(event, "Idee ohne Punkte")
    make.finding(event, "Idee mit Punkten").weight = 9
    make.finding(event, "Vision", kind=FindingKind.VISION)
    make.session.commit()
    texts = [
        tag.get_text(strip=True) for tag in soup(client.get(make.path(dialogue, "ergebnisse"))).select(".finding-text")
    ]
    assert texts == ["Vision", "Idee mit Punkten", "Idee ohne Punkte"]


def work(staff, make, dialogue, do: str, *findings, **fields):
    form = next(form for form in staff.get(make.path(dialogue, "ergebnisse")).forms.values() if "do" in form.fields)
    for finding in findings:
        choose(form, str(finding.id))
    for name, value in fields.items():
        form[name] = value
    return form.submit("do", value=do, status="*")


def test_staff_publish_several_at_once_and_take_them_back(staff, make, session, dialogue, event):
    one, two, three = (hide(make, make.finding(event, text)) for text in ("a", "b", "c"))
    work(staff, make, dialogue, "publish", one, two)
    session.expire_all()
    assert [each.published for each in (one, two, three)] == [True, True, False]
    work(staff, make, dialogue, "unpublish", one)
    session.expire_all()
    assert [each.published for each in (one, two, three)] == [False, True, False]


def test_publishing_is_in_the_public_journal(staff, make, session, dialogue, event):
    finding = hide(make, make.finding(event))
    work(staff, make, dialogue, "publish", finding)
    work(staff, make, dialogue, "publish", finding)
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "finding:publish")).one()
    assert entry.public
    assert entry.payload["count"] == 1


def test_findings_of_another_dialogue_are_out_of_reach(staff, make, session, dialogue, event):
    make.finding(event)
    foreign = hide(make, make.finding(make.event(state="held")))
    form = next(form for form in staff.get(make.path(dialogue, "ergebnisse")).forms.values() if "do" in form.fields)
    token = form["csrf_token"].value
    data = {"finding": str(foreign.id), "csrf_token": token}
    staff.post(make.path(dialogue, "ergebnisse"), {**data, "do": "publish"})
    staff.post(make.path(dialogue, "ergebnisse") + "/loeschen", data)
    session.expire_all()
    assert session.get(Finding, foreign.id).published is False


def test_nothing_ticked_is_said(staff, make, dialogue, event):
    make.finding(event)
    assert work(staff, make, dialogue, "publish").status_int == 400


def test_residents_cannot_publish(client, make, dialogue, event):
    finding = hide(make, make.finding(event))
    answer = client.post(make.path(dialogue, "ergebnisse"), {"finding": str(finding.id), "do": "publish"}, status="*")
    assert answer.status_int in (303, 400, 403)
    make.session.expire_all()
    assert not finding.published


def test_a_field_is_made_from_findings(staff, make, session, dialogue, event):
    one, two = make.finding(event, "a"), make.finding(event, "b")
    page = work(staff, make, dialogue, "field", one, two).follow()
    page.forms["form"]["title"] = "Wohnen"
    page.forms["form"].submit("submit", status=303)
    field = session.scalars(select(FieldOfAction)).one()
    session.refresh(field, ["findings"])
    assert field.title == "Wohnen"
    assert {each.id for each in field.findings} == {one.id, two.id}


def test_findings_are_put_into_a_field_once(staff, make, session, dialogue, event):
    finding, field = make.finding(event), make.field(dialogue)
    for _attempt in range(2):
        assert work(staff, make, dialogue, "attach", finding, field=str(field.id)).status_int == 303
    session.refresh(field, ["findings"])
    assert [each.id for each in field.findings] == [finding.id]


def test_a_proposal_is_made_from_findings_and_remembers_them(staff, make, session, dialogue, event):
    finding = make.finding(event, "Mehr Bänke")
    page = work(staff, make, dialogue, "proposal", finding).follow()
    assert page.forms["form"]["idea"].value.strip() == "Mehr Bänke"
    page.forms["form"]["title"] = "Bänke aufstellen"
    page.forms["form"].submit("submit", status=303)
    proposal = session.scalars(select(Proposal)).one()
    session.refresh(proposal, ["findings"])
    assert [each.id for each in proposal.findings] == [finding.id]
    assert proposal.published is False


def test_deleting_asks_first_and_the_journal_keeps_no_text(staff, make, session, dialogue, event):
    gone, kept = make.finding(event, "Das muss weg"), make.finding(event, "Das bleibt")
    page = work(staff, make, dialogue, "delete", gone).follow()
    assert "Das muss weg" in page.text
    assert "Das bleibt" not in page.text
    assert session.scalars(select(Finding.id).order_by(Finding.id)).all() == [gone.id, kept.id]
    next(form for form in page.forms.values() if "finding" in form.fields).submit(status=303)
    session.expire_all()
    assert session.scalars(select(Finding.id)).all() == [kept.id]
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "finding:delete")).one()
    assert entry.payload == {"count": 1, "kinds": ["idea"]}


def table(response) -> list[list[str]]:
    assert response.content_type == "text/csv"
    return list(csv.reader(StringIO(response.body.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@SUM(A1)", ' =HYPERLINK("x")'])
def test_the_export_is_safe_from_formulas(client, make, dialogue, event, text):
    make.finding(event, text)
    rows = table(client.get(make.path(dialogue, "ergebnisse", "ergebnisse.csv")))
    assert rows[1][1] == f"'{text}"


def test_the_export_keeps_what_is_not_published_from_the_public(client, make, dialogue, event):
    make.finding(event, "Mehr „Bänke“; am Bach")
    hide(make, make.finding(event, "Noch geheim"))
    path = make.path(dialogue, "ergebnisse", "ergebnisse.csv")
    assert [row[1] for row in table(client.get(path))][1:] == ["Mehr „Bänke“; am Bach"]
    make.session.refresh(dialogue, ["municipality"])
    client.login(make.account(Role.COORDINATOR, dialogue.municipality))
    assert len(table(client.get(path))) == 3


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_number_of_queries_does_not_grow(client, make, engine, dialogue, signed_in):
    if signed_in:
        make.session.refresh(dialogue, ["municipality"])
        client.login(make.account(Role.COORDINATOR, dialogue.municipality))
    path = make.path(dialogue, "ergebnisse")
    make.finding(make.event(dialogue, state="held"))
    make.field(dialogue)
    with queries(engine) as few:
        client.get(path)
    for _number in range(5):
        event = make.event(dialogue, state="held")
        for number in range(5):
            make.finding(event, f"Idee {number}")
        make.field(dialogue)
    with queries(engine) as many:
        client.get(path)
    assert len(many) == len(few)


def test_the_dialogue_shows_the_first_of_each_kind_and_how_many_more(client, make, dialogue, event):
    for number in range(5):
        make.finding(event, f"Idee {number}").weight = number
    make.session.commit()
    page = client.get(make.path(dialogue))
    assert [f"Idee {number}" in page.text for number in range(5)] == [False, False, True, True, True]
    assert soup(page).find("a", href=f"{make.path(dialogue)}/ergebnisse#idea") is not None


def test_the_event_shows_its_published_findings(client, make, dialogue, event):
    make.finding(event, "Mehr Bänke")
    hide(make, make.finding(event, "Noch geheim"))
    make.finding(make.event(dialogue, state="held"), "Von einem anderen Tag")
    page = client.get(make.path(event))
    assert "Mehr Bänke" in page.text
    assert "Noch geheim" not in page.text
    assert "Von einem anderen Tag" not in page.text
