"""The journal: what is recorded stays, except for personal data, and everybody reads what concerns them."""

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.journal.models import AppendOnly, JournalEntry
from fdplattform.journal.services import RESIDENT, Actor, Scope, forget_actor, read, record, shred, shred_scope
from fdplattform.journal.tags import EVERYTHING, JournalTags, Tag, UnknownTag
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make

_ = TranslationStringFactory("fdplattform")
AYSE = Actor("account", 7, "Ayşe")


@pytest.fixture(autouse=True)
def tags(app: Router, monkeypatch: pytest.MonkeyPatch) -> JournalTags:
    """Tags for tests, besides those of the rooms."""
    tags: JournalTags = app.registry.journal_tags
    for tag in (
        Tag("test:greet", _("${name} said ${word}"), ("name",)),
        Tag("test:all", _("${name} did ${thing}"), EVERYTHING),
        Tag("other:greet", _("Other")),
    ):
        monkeypatch.setitem(tags.tags, tag.name, tag)
    return tags


def payloads(session: Session) -> list[object]:
    session.expire_all()
    return [entry.payload for entry in session.query(JournalEntry).order_by(JournalEntry.id)]


def test_an_entry_is_part_of_the_change(session: Session) -> None:
    record(session, "test:greet", actor=AYSE)
    session.rollback()
    assert read(session, Scope(), only_public=False).total == 0


def test_an_unknown_tag_is_an_error_where_it_is_strict(session: Session, tags: JournalTags) -> None:
    with pytest.raises(UnknownTag, match="add_journal_tag"):
        record(session, "test:unknown", actor=AYSE)
    tags.strict = False
    try:
        assert record(session, "test:unknown", actor=AYSE).tag == "test:unknown"
    finally:
        tags.strict = True


def test_an_entry_can_be_neither_changed_nor_deleted(session: Session) -> None:
    entry = record(session, "test:greet", actor=AYSE, payload={"name": "x"})
    session.commit()
    entry.tag = "test:all"
    with pytest.raises(AppendOnly):
        session.flush()
    session.rollback()
    session.delete(session.get_one(JournalEntry, entry.id))
    with pytest.raises(AppendOnly):
        session.flush()


def test_shredding_empties_what_each_tag_calls_personal(session: Session) -> None:
    for tag in ("test:greet", "test:all"):
        record(session, tag, actor=RESIDENT, subject_id=1, payload={"name": "Ayşe", "word": "hi", "thing": "x"})
    record(session, "test:greet", actor=RESIDENT, subject_id=2, payload={"name": "Bo", "word": "hi"})
    record(session, "other:greet", actor=RESIDENT, subject_id=1, payload={"name": "Cem"})
    session.commit()
    assert shred(session, "test", 1) == 2
    session.commit()
    assert payloads(session) == [
        {"name": None, "word": "hi", "thing": "x"},
        {"name": None, "word": None, "thing": None},
        {"name": "Bo", "word": "hi"},
        {"name": "Cem"},
    ]


def test_a_tag_whose_plugin_is_gone_counts_as_personal(session: Session, tags: JournalTags) -> None:
    record(session, "other:greet", actor=RESIDENT, event_id=3, payload={"name": "Cem"})
    session.commit()
    del tags.tags["other:greet"]
    assert shred_scope(session, Scope(event_id=3)) == 1
    assert payloads(session) == [{"name": None}]


def test_the_whole_journal_is_never_shredded(session: Session) -> None:
    with pytest.raises(ValueError, match="whole journal"):
        shred_scope(session, Scope())


def test_a_deleted_persons_name_disappears(session: Session) -> None:
    record(session, "test:greet", actor=AYSE)
    record(session, "test:greet", actor=Actor("account", 8, "Bo"))
    session.commit()
    forget_actor(session, "account", 7)
    session.commit()
    session.expire_all()
    names = {entry.actor_id: entry.actor_name for entry in session.query(JournalEntry)}
    assert names == {7: "", 8: "Bo"}


def test_staff_read_the_journal_of_their_municipality_only(session: Session, make: Make, client: Client) -> None:
    here, there = make.municipality(), make.municipality()
    record(session, "test:greet", actor=AYSE, municipality_id=here.id, payload={"name": "<b>Bo</b>", "word": "hi"})
    record(session, "test:greet", actor=AYSE, municipality_id=there.id, payload={"name": "Secret", "word": "hi"})
    session.commit()
    client.get(f"/kommunen/{here.slug}/protokoll", status=[302, 303, 403])
    client.login(make.account(Role.COORDINATOR, here))
    page = client.get(f"/kommunen/{here.slug}/protokoll")
    assert "&lt;b&gt;Bo&lt;/b&gt; said hi" in page.text
    assert "Ayşe" in page.text
    assert "Secret" not in page.text
    client.get(f"/kommunen/{there.slug}/protokoll", status=403)


def test_everybody_reads_the_public_part_without_names(session: Session, make: Make, client: Client) -> None:
    here = make.municipality()
    for public in (True, False):
        payload = {"name": "X", "word": "public" if public else "internal"}
        record(session, "test:greet", actor=AYSE, municipality_id=here.id, payload=payload, public=public)
    session.commit()
    page = client.get(f"/kommunen/{here.slug}/transparenz")
    assert "said public" in page.text
    assert "internal" not in page.text
    assert "Ayşe" not in page.text


def test_a_payload_may_be_translated_when_it_is_read(session: Session, make: Make, client: Client) -> None:
    here = make.municipality()
    payload = {"name": _("Previous page"), "word": "x"}
    record(session, "test:greet", actor=AYSE, municipality_id=here.id, payload=payload, public=True)
    session.commit()
    assert "Previous page said x" in client.get(f"/kommunen/{here.slug}/transparenz?lang=en").text
    assert "Vorherige Seite said x" in client.get(f"/kommunen/{here.slug}/transparenz?lang=de").text


def test_a_long_journal_comes_in_pages_newest_first(session: Session, make: Make, client: Client) -> None:
    here = make.municipality()
    for number in range(60):
        payload = {"name": f"n{number:02}", "word": "x"}
        record(session, "test:greet", actor=AYSE, municipality_id=here.id, payload=payload, public=True)
    session.commit()
    address = f"/kommunen/{here.slug}/transparenz"
    first, second = client.get(address).text, client.get(f"{address}?page=2").text
    assert first.index("n59") < first.index("n58")
    assert "n10" in first
    assert "n09" not in first
    assert "n09" in second
    client.get(f"{address}?page=99")


def test_an_empty_journal_says_so(make: Make, client: Client) -> None:
    page = client.get(f"/kommunen/{make.municipality().slug}/transparenz?lang=en")
    assert "Nothing has happened yet" in page.text


@pytest.mark.parametrize(
    ("kind", "views"),
    [
        ("municipality", {"neues.atom", "termine.ics", "transparenz"}),
        ("dialogue", {"neues.atom", "transparenz"}),
        ("event", {"termin.ics", "transparenz"}),
    ],
)
def test_everybody_finds_the_log_the_feed_and_the_calendar(client, make, session, kind, views):
    event = make.event(state="open")
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    session.refresh(dialogue, ["municipality"])
    path = make.path({"event": event, "dialogue": dialogue, "municipality": dialogue.municipality}[kind])
    links = {link["href"] for link in client.get(path).html.select("main a[href]")}
    assert {f"{path.rstrip('/')}/{view}" for view in views} <= links
    for view in views:
        client.get(f"{path.rstrip('/')}/{view}", status=200)
