"""The data: what is entered comes back, goes in time, and the tables can be made and removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.router import Router
from sqlalchemy import Engine, delete, inspect
from sqlalchemy.orm import Session

from fdplattform.db import make_engine
from fdplattform.db.migrate import core_migrations, downgrade, drift, upgrade
from fdplattform.dialogues.models import Dialogue
from fdplattform.events.details import read_details, write_details
from fdplattform.events.models import Event
from fdplattform.events.sample import SampleData
from fdplattform.events.transitions import workflow_of
from fdplattform.formats.retention import run as forget_what_is_over
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.models import JournalEntry
from fdplattform.plugins.format import EventFormat, PersonalField, RetentionStart
from fdplattform.plugins.registry import LoadedPlugin
from fdplattform.testing import databases
from fdplattform.testing.clock import Clock
from fdplattform.testing.contract.base import Contract
from fdplattform.testing.contract.samples import answers, row
from fdplattform.testing.factories import Make


class DataContract(Contract):
    """The format's data are kept well."""

    def test_answers_come_back_as_they_were(self, make: Make, session: Session, format: EventFormat) -> None:
        """Dates are dates, Arabic and emoji are whole."""
        event = make.event(format_id=format.id)
        given = answers(format.data.details().bind(**_bindings(make)), self.answers) if format.data.details else {}
        write_details(session, event, format, given)
        session.commit()
        session.expire_all()
        assert read_details(session, event, format) == given

    def test_personal_fields_are_deleted_in_time(
        self, app: Router, make: Make, session: Session, clock: Clock, format: EventFormat
    ) -> None:
        """Each is there until its time is over, and gone afterwards."""
        for field in format.data.personal:
            event = make.event(format_id=format.id)
            begin = _begin(session, event, field, clock())
            entry = row(field.model, event.id, field.column, begin)
            session.add(entry)
            session.commit()
            what = f"{field.model.__name__}.{field.column}"
            _forget(app, session, begin + field.keep - timedelta(days=1))
            session.refresh(entry)
            assert getattr(entry, field.column) not in (None, ""), f"{what} was deleted too early"
            _forget(app, session, begin + field.keep + timedelta(days=2))
            session.refresh(entry)
            assert getattr(entry, field.column) in (None, ""), f"{what} was not deleted"
            _delete(session, event)

    def test_deleting_an_event_deletes_its_rows(self, make: Make, session: Session, format: EventFormat) -> None:
        """Nothing of an event is left in the plugin's tables, and nothing there keeps it from being deleted."""
        event = make.event(format_id=format.id)
        models = {each.model for each in format.data.lists} | ({format.data.model} if format.data.model else set())
        session.add_all(
            [row(model, event.id, "", event.created_at) for model in models if model is not format.data.model]
        )
        session.commit()
        event_id = event.id
        _delete(session, event)
        for model in models:
            assert session.query(model).filter_by(event_id=event_id).count() == 0, model.__name__

    def test_the_tables_can_be_made_and_removed(
        self, backend: str, tmp_path: Path, plugin: LoadedPlugin, format: EventFormat
    ) -> None:
        """From nothing to the newest revision, without a difference to the models, back to nothing, and again."""
        history = plugin.migrations
        if history is None:
            assert format.data.base is None
            return
        tables = set(history.metadata.tables)
        with _migrated_core(backend, tmp_path) as engine:
            for _again in range(2):
                upgrade(engine, history)
                with engine.connect() as connection:
                    assert tables <= set(inspect(connection).get_table_names())
                    assert drift(connection, history) == [], "a revision is missing: fdplattform db revision --plugin"
                downgrade(engine, history, "base")
                assert not tables & set(inspect(engine).get_table_names())

    def test_sample_data_are_consistent(
        self, app: Router, make: Make, session: Session, clock: Clock, plugin: LoadedPlugin
    ) -> None:
        """The demo's events stand in states that their steps lead to."""
        dialogue = make.dialogue()
        for title in ("Sprache", "Wohnen"):
            make.field(dialogue, title)
        sample = SampleData(session=session, registry=app.registry, dialogue=dialogue, now=clock())
        app.registry.plugins.caller(plugin, "fdplattform_sample_data")(sample=sample)
        session.commit()
        formats = {each.id: each for each in plugin.formats}
        for event in session.query(Event).filter_by(dialogue_id=dialogue.id):
            workflow = workflow_of(formats[event.format_id])
            state = workflow.initial
            steps = session.query(JournalEntry).filter_by(event_id=event.id, tag="event:step")
            for entry in steps.order_by(JournalEntry.id):
                step = workflow.transition((entry.payload or {})["transition"])
                assert state in step.sources, f"{event.title}: {step.id} does not start in {state}"
                state = step.target or state
                assert (entry.payload or {})["to"] == state, f"{event.title}: {step.id} does not lead to that state"
            assert event.state == state, f"{event.title} stands in {event.state}; its steps lead to {state}"


@contextmanager
def _migrated_core(backend: str, folder: Path) -> Iterator[Engine]:
    """A database of its own with the core's tables."""
    with databases.database(backend, folder) as url:
        engine = make_engine(url)
        try:
            upgrade(engine, core_migrations())
            yield engine
        finally:
            engine.dispose()


def _forget(app: Router, session: Session, now: datetime) -> None:
    session.commit()
    forget_what_is_over(JobContext(registry=app.registry, now=now, key="contract"))


def _delete(session: Session, event: Event) -> None:
    # As the database does it, without help from the models.
    session.execute(delete(Event).where(Event.id == event.id))
    session.commit()


def _begin(session: Session, event: Event, field: PersonalField, now: datetime) -> datetime:
    """The moment from which the field's period counts; arranged where it must be."""
    if field.start is RetentionStart.ENTRY:
        return now
    if field.start is RetentionStart.EVENT_END:
        return max(date.ends_at for date in event.dates)
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    dialogue.ends_on = now.date()
    return datetime.combine(dialogue.ends_on, now.timetz())


def _bindings(make: Make) -> dict[str, Any]:
    return {"request": None, "now": make.registry.clock(), "time_zone": ZoneInfo(make.registry.fdp.time_zone)}
