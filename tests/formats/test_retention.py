"""Personal fields of plugins: remembered, deleted when their time is over, on record, and on the privacy page."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from fdp_grossgruppenforum.models import ForumTable
from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.events.models import Event, EventDate
from fdplattform.events.over import UNDATED
from fdplattform.formats.retention import forget, run
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.models import JournalEntry
from fdplattform.plugins.format import RetentionStart
from fdplattform.plugins.models import PluginPersonalField
from fdplattform.plugins.registry import PluginState
from fdplattform.workflow import CANCELLED

TABLE = ForumTable.__tablename__


@pytest.fixture
def table(make, session):
    """A table with a host, of an event in 30 days."""
    event = make.event(format_id="grossgruppenforum")
    row = ForumTable(event_id=event.id, number=1, topic="Wohnen", host="Mona Muster")
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def ends_at(table, session, make):
    return session.scalar(select(EventDate.ends_at).where(EventDate.event_id == table.event_id))


def night(app, session, now):
    session.commit()
    run(JobContext(registry=app.registry, now=now, key="test"))
    session.expire_all()


def field(start, days=90):
    return PluginPersonalField(plugin_id="x", table_name=TABLE, column_name="host", keep_days=days, start=start)


def test_a_field_is_deleted_when_its_time_is_over_and_not_before(app, session, table, ends_at):
    night(app, session, ends_at + timedelta(days=90) - timedelta(minutes=1))
    assert table.host == "Mona Muster"
    night(app, session, ends_at + timedelta(days=90))
    assert table.host is None
    assert table.topic == "Wohnen"


def test_the_deletion_is_on_record_once_and_without_the_data(app, session, table, ends_at):
    for days in (91, 92):
        night(app, session, ends_at + timedelta(days=days))
    entry = session.query(JournalEntry).filter_by(tag="plugin:forget").one()
    assert entry.payload == {"table": TABLE, "column": "host", "rows": 1}


def test_an_edit_form_that_was_open_cannot_write_it_back(app, session, table, ends_at):
    version = table.version
    night(app, session, ends_at + timedelta(days=91))
    assert table.version == version + 1


def test_the_last_date_counts(app, make, session):
    event = make.event(format_id="grossgruppenforum", dates=3)
    row = ForumTable(event_id=event.id, number=1, topic="Wohnen", host="Mona Muster")
    session.add(row)
    session.commit()
    night(app, session, event.dates[0].ends_at + timedelta(days=91))
    assert row.host == "Mona Muster"


def test_a_postponed_event_waits_for_its_new_date(app, session, table, ends_at, clock):
    event = session.get_one(Event, table.event_id)
    event.postponed_at = clock()
    end = event.postponed_at + UNDATED + timedelta(days=90)
    for moment in (ends_at + timedelta(days=91), end - timedelta(minutes=1)):
        night(app, session, moment)
        assert table.host == "Mona Muster"
    night(app, session, end)
    assert table.host is None


def test_of_a_cancelled_event_the_cancellation_counts(app, session, table, ends_at, clock):
    event = session.get_one(Event, table.event_id)
    event.state, event.entered_at = CANCELLED, clock()
    end = event.entered_at + timedelta(days=90)
    assert end < ends_at + timedelta(days=90)
    night(app, session, end - timedelta(minutes=1))
    assert table.host == "Mona Muster"
    night(app, session, end)
    assert table.host is None


def test_an_event_without_a_date_counts_from_its_last_step(app, make, session):
    event = make.event(format_id="grossgruppenforum", dates=0)
    row = ForumTable(event_id=event.id, number=1, topic="Wohnen", host="Mona Muster")
    session.add(row)
    session.commit()
    night(app, session, event.entered_at + timedelta(days=89))
    assert row.host == "Mona Muster"
    night(app, session, event.entered_at + timedelta(days=91))
    assert row.host is None


@pytest.mark.parametrize(
    ("days", "state", "after", "gone"),
    [
        (10, DialogueState.PUBLISHED, 99, False),
        (10, DialogueState.PUBLISHED, 101, True),
        (None, DialogueState.PUBLISHED, 500, False),
        (None, DialogueState.CLOSED, 500, True),
    ],
)
def test_the_end_of_the_dialogue_counts(session, table, ends_at, clock, days, state, after, gone):
    last = None if days is None else (clock() + timedelta(days=days)).date()
    session.execute(update(Dialogue).values(ends_on=last, state=state))
    forget(session, field(RetentionStart.DIALOGUE_END), clock() + timedelta(days=after + (days or 0) - 10))
    session.refresh(table)
    assert (table.host is None) == gone


def test_a_table_that_is_gone_is_no_fault(session, clock, app):
    gone = PluginPersonalField(
        plugin_id="x", table_name="fdp_gone", column_name="name", keep_days=1, start=RetentionStart.EVENT_END
    )
    assert forget(session, gone, clock()) == 0


def test_a_column_that_is_gone_does_not_stop_the_others(app, session, table, ends_at, clock):
    session.add(
        PluginPersonalField(
            plugin_id="gone", table_name=TABLE, column_name="nothing", keep_days=1, start=RetentionStart.EVENT_END
        )
    )
    night(app, session, ends_at + timedelta(days=91))
    assert table.host is None


def test_declarations_of_active_plugins_are_renewed_and_of_others_kept(app, session, clock):
    session.add_all(
        [
            field(RetentionStart.ENTRY, days=1),
            PluginPersonalField(
                plugin_id="gone",
                table_name="fdp_gone_thing",
                column_name="name",
                keep_days=7,
                start=RetentionStart.ENTRY,
            ),
        ]
    )
    session.query(PluginPersonalField).filter_by(plugin_id="x").update({"plugin_id": "grossgruppenforum"})
    night(app, session, clock())
    found = {each.table_name: each for each in session.query(PluginPersonalField)}
    assert (found[TABLE].keep_days, found[TABLE].start) == (90, RetentionStart.EVENT_END)
    assert found["fdp_gone_thing"].keep_days == 7


def test_the_privacy_page_names_them(client):
    page = client.get("/datenschutz", headers={"Accept-Language": "en"})
    assert "So that the hosts of the tables can be found on the day." in page
    assert "90 days after the event" in page


def test_the_privacy_page_names_them_without_their_plugin(app, client, session, clock, monkeypatch):
    night(app, session, clock())
    plugin = next(each for each in app.registry.plugins.all if each.id == "grossgruppenforum")
    monkeypatch.setattr(plugin, "state", PluginState.NOT_LOADED)
    heading = client.get("/datenschutz?lang=de").html.find("h3", string="Aus Formaten, die nicht mehr im Einsatz sind")
    said = heading.find_next("table").get_text(" ", strip=True)
    assert "Damit am Tag selbst klar ist, wer welchen Tisch betreut." in said
    assert "90 Tage nach der Veranstaltung" in said


def test_of_a_table_that_is_gone_the_privacy_page_says_nothing(client, session, clock):
    gone = PluginPersonalField(
        plugin_id="x", table_name="fdp_gone", column_name="name", keep_days=1, start=RetentionStart.EVENT_END
    )
    session.add(gone)
    session.commit()
    assert "nicht mehr im Einsatz" not in client.get("/datenschutz?lang=de")
