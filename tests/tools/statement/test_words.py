"""Writing a statement in drafts: who may, what stays, who reads it when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from fdplattform.errors import Conflict
from fdplattform.journal.models import JournalEntry
from fdplattform.plugins.format import BadFormat, ToolUse
from fdplattform.security.permissions import Role
from fdplattform.tools.statement.comparing import Change, compared
from fdplattform.tools.statement.models import Statement, StatementDraft
from fdplattform.tools.statement.services import Words, save_words
from fdplattform.tools.statement.tool import STATEMENT, check

TEXTS = st.text(st.sampled_from("ab ,.\näش🙂"), max_size=60)


def test_each_saving_is_a_draft_that_can_be_read_and_compared(write, staff, path, session, make, event):
    write("Wir wollen eine Bank.")
    write("Wir wollen eine lange Bank.")
    assert [draft.text for draft in session.scalars(select(StatementDraft).order_by(StatementDraft.number))] == [
        "Wir wollen eine Bank.",
        "Wir wollen eine lange Bank.",
    ]
    page = staff.get(path).click("Fassung 2")
    assert page.html.find("ins").get_text().strip() == "lange"
    assert page.html.find("del") is None
    assert "Wir wollen eine Bank." in page.click("Die Fassung davor")
    assert staff.get(f"{path}/fassung?nummer=3", status=404)
    assert staff.get(f"{path}/fassung?nummer=x", status=404)


def test_the_journal_knows_who_saved_and_the_statement_names_nobody(write, staff, path, session):
    write("Wir wollen eine Bank.")
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "statement:save")).one()
    assert entry.actor_name.startswith("Person")
    assert entry.payload["draft"] == 1
    assert entry.actor_name not in staff.get(f"{path}/fassung?nummer=1").html.find("main").get_text()


def test_the_same_words_are_no_new_draft(write, session):
    write("Wir wollen eine Bank.")
    write("Wir wollen eine Bank.", unanimity="unanimous")
    assert session.query(StatementDraft).count() == 1
    assert session.scalars(select(Statement)).one().unanimity == "unanimous"


def test_reservations_are_named_without_names(write, session):
    answer = write("Wir wollen eine Bank.", status=422, unanimity="reservations")
    assert answer.forms["form"]["text"].value == "Wir wollen eine Bank."
    write("Wir wollen eine Bank.", unanimity="reservations", reservations="Eine Stimme wollte zwei.")
    session.rollback()
    assert session.scalars(select(Statement)).one().reservations == "Eine Stimme wollte zwei."
    write("Wir wollen eine Bank.", unanimity="unanimous", reservations="Eine Stimme wollte zwei.")
    session.rollback()
    assert session.scalars(select(Statement)).one().reservations is None


def test_two_scribes_do_not_overwrite_each_other(staff, path, session):
    mine, theirs = (staff.get(f"{path}/bearbeiten").forms["form"] for _each in range(2))
    theirs["text"] = "Ihre Worte"
    theirs.submit("submit", status=303)
    mine["text"] = "Meine Worte"
    answer = mine.submit("submit", status=409)
    assert "Ihre Worte" in answer
    assert answer.forms["form"]["text"].value == "Meine Worte"
    answer.forms["form"].submit("submit", status=303)
    assert session.query(StatementDraft).count() == 2


def test_nobody_outside_reads_the_words_while_they_are_written(write, client, make, event, path, closed):
    write("Wir wollen eine Bank.", unanimity="unanimous")
    client.logout()
    assert "Wir wollen eine Bank." not in client.get(make.path(event))
    for view in ("", "/bearbeiten", "/projektor", "/fassung?nummer=1"):
        assert client.get(f"{path}{view}", expect_errors=True).status_int in (303, 403)
    closed()
    page = client.get(make.path(event))
    assert "Wir wollen eine Bank." in page
    assert "Einstimmig" in page


def test_what_was_published_is_not_changed_any_more(write, staff, path, closed, session, event, clock):
    write("Wir wollen eine Bank.")
    form = staff.get(f"{path}/bearbeiten").forms["form"]
    closed()
    form["text"] = "Wir wollen nichts."
    assert form.submit("submit", expect_errors=True).status_int in (409, 422)
    session.rollback()
    assert session.scalars(select(Statement)).one().text == "Wir wollen eine Bank."


def test_a_facilitator_writes_with_the_group_and_does_not_answer_for_the_town(client, make, municipality, path):
    client.login(make.account(Role.FACILITATOR, municipality))
    form = client.get(f"{path}/bearbeiten").forms["form"]
    form["text"] = "Wir wollen eine Bank."
    form.submit("submit", status=303)
    assert client.get(f"{path}/punkte", expect_errors=True).status_int == 403


def test_the_wall_shows_the_words_and_no_controls(write, staff, path):
    write("Wir wollen eine Bank.\n\nUnd Schatten.", unanimity="unanimous")
    page = staff.get(f"{path}/projektor")
    assert [each.get_text() for each in page.html.select("main p")][:3] == [
        "Wir wollen eine Bank.",
        "Und Schatten.",
        "Einstimmig",
    ]
    assert page.html.find("form") is None


def test_the_wall_follows_the_scribe(write, staff, path, closed):
    write("Wir wollen eine Bank.")
    old = staff.get(f"{path}/projektor").html.find("main")["hx-get"]
    assert staff.get(old, status="*").status_int == 204
    write("Wir wollen zwei Bänke.")
    page = staff.get(old)
    assert "zwei Bänke" in page
    assert page.html.find("main")["hx-get"] != old
    closed()
    assert not staff.get(f"{path}/projektor").html.find("main").has_attr("hx-get")


def test_the_statement_is_read_in_the_readers_language(write, staff, client, make, event, path, closed):
    write("Wir wollen eine Bank.")
    closed()
    form = staff.get(f"{path}/uebersetzen?sprache=ar").forms["form"]
    form["text"] = "نريد مقعدًا."
    form.submit("submit", status=303)
    client.logout()
    page = client.get(make.path(event), {"lang": "ar"})
    assert "نريد مقعدًا." in page
    assert "Wir wollen eine Bank." not in page


def test_nothing_can_be_translated_before_the_first_word(staff, path):
    assert staff.get(f"{path}/uebersetzen").status_int == 200


def test_an_event_without_the_tool_has_no_statement(make, staff, municipality):
    event = make.event(make.dialogue(municipality), format_id="grossgruppenforum")
    staff.get(make.path(event, "erklaerung"), status=404)


@given(TEXTS, TEXTS)
def test_a_comparison_contains_both_texts(before, after):
    parts = compared(before, after)
    assert "".join(words for change, words in parts if change is not Change.ADDED) == before
    assert "".join(words for change, words in parts if change is not Change.REMOVED) == after


def test_drafting_is_only_declared_where_the_tool_is_live():
    check(ToolUse(tool="statement", states=frozenset({"open"}), options={"drafting": {"open"}}))
    with pytest.raises(BadFormat, match="closed"):
        check(ToolUse(tool="statement", states=frozenset({"open"}), options={"drafting": {"closed"}}))
    assert STATEMENT.check is check


def test_a_fresh_statement_is_refused_outside_of_drafting(session, event, clock):
    use = ToolUse(tool="statement", options={})
    with pytest.raises(Conflict):
        save_words(session, event, use, Words(text="x"), version=0, actor=None, now=clock())
