"""What councils wrote with the first release goes on in the core's tool."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from fdplattform.db import make_engine
from fdplattform.db.migrate import core_migrations, downgrade, upgrade
from fdplattform.events.models import Event
from fdplattform.testing import databases
from fdplattform.testing.factories import Make
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.panel.members import counts_of, everybody_of
from fdplattform.tools.statement.models import PointStatus, Statement, StatementDraft, StatementPoint
from fdplattform.translation.models import TextTranslation
from fdplattform.translation.services import load_texts

FIRST_RELEASE = "6b63a1b94306"
THIS = "3f1c0a9d7e52"


@pytest.fixture
def history(migrated_app):
    return migrated_app.registry.plugins.owner("buergerinnenrat").migrations


@pytest.fixture
def before(migrated_app, backend, tmp_path, history):
    """A database of the first release's plugin, and factories for it."""
    with databases.database(backend, tmp_path) as url:
        engine = make_engine(url)
        upgrade(engine, core_migrations())
        upgrade(engine, history)
        downgrade(engine, history, FIRST_RELEASE)
        with Session(engine) as session:
            yield Make(session, migrated_app.registry)
        engine.dispose()


def add_point(make, event, words, decision=None, reason=None):
    values = {"event": event.id, "text": words, "decision": decision, "reason": reason}
    insert = "INSERT INTO fdp_buergerinnenrat_point (event_id, text, decision, body, reason, version)"
    make.session.execute(text(f"{insert} VALUES (:event, :text, :decision, NULL, :reason, 1)"), values)
    make.session.commit()


def migrate(make, history, revision=THIS):
    make.session.commit()
    upgrade(make.session.get_bind(), history, revision)
    make.session.expire_all()


def test_the_statement_moves_with_its_translation(before, history, clock):
    council = before.event(format_id="buergerinnenrat", state="stated")
    said = {"statement": "Ein Treffpunkt.", "unanimity": "unanimous", "question": "Wie?", "reservations": ""}
    council.details, council.workflow_version = said, 1
    silent = before.event(format_id="buergerinnenrat", state="sitting")
    before.session.add(
        TextTranslation(
            object_type="event",
            object_id=council.id,
            field="details_statement",
            language="ar",
            text="ملتقى",
            original="Ein Treffpunkt.",
            updated_at=clock(),
        )
    )
    migrate(before, history)
    statement = before.session.query(Statement).one()
    assert (statement.event_id, statement.text, statement.unanimity) == (council.id, "Ein Treffpunkt.", "unanimous")
    assert before.session.query(StatementDraft).one().text == "Ein Treffpunkt."
    assert load_texts(before.session, [statement], "ar").get(statement, "text").value == "ملتقى"
    assert council.details == {"question": "Wie?"}
    assert {council.workflow_version, silent.workflow_version} == {2}


def test_the_points_move_from_the_group_to_the_council(before, history):
    dialogue = before.dialogue()
    council = before.event(dialogue, format_id="buergerinnenrat", state="presented")
    group = before.event(dialogue, format_id="resonanzgruppe", state="held", follows_id=council.id)
    lonely = before.event(dialogue, format_id="resonanzgruppe", state="held")
    add_point(before, group, "Ein Treffpunkt", "taken_up", "Die Stadt mietet den Laden.")
    add_point(before, lonely, "Ein Baum")
    add_point(before, group, "Ein Bericht")
    migrate(before, history)
    points = before.session.query(StatementPoint).order_by(StatementPoint.event_id, StatementPoint.position).all()
    assert [(each.event_id, each.position, each.text) for each in points] == [
        (council.id, 1, "Ein Treffpunkt"),
        (council.id, 2, "Ein Bericht"),
        (lonely.id, 1, "Ein Baum"),
    ]
    assert [each.status for each in points] == [PointStatus.TAKEN_UP, PointStatus.OPEN, PointStatus.OPEN]
    assert points[0].response == "Die Stadt mietet den Laden."


def test_other_formats_keep_their_answers(before, history):
    other = before.event(details={"question": "Wozu?"})
    migrate(before, history)
    assert before.session.get_one(Event, other.id).workflow_version == 1
    assert other.details == {"question": "Wozu?"}


def insert(make, table, **values):
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    statement = f"INSERT INTO fdp_buergerinnenrat_{table} ({names}, version) VALUES ({marks}, 1)"
    make.session.execute(text(statement), values)
    make.session.commit()


def test_criteria_members_and_reserve_move_to_the_draw(before, history):
    council = before.event(format_id="buergerinnenrat", state="selected")
    council.details = {"question": "Wie?", "places": 14}
    before.session.commit()
    for attribute, value, least, most, reached in (
        ("Alter", "16 bis 29", 3, 5, 4),
        ("Herkunft", "anderswo", 3, 2, None),
        ("Alter", "ab 30", 9, 11, 10),
        ("Alter", "ab 30", 1, 2, None),
    ):
        row = {"attribute": attribute, "value": value, "least": least, "most": most, "reached": reached}
        insert(before, "criterion", event_id=council.id, **row)
    for name, contact in (
        ("Amal", "amal@example.org"),
        ("Basim", "0711 / 12-3"),
        ("Cem", "Gasse 1, 70001 Musterstadt"),
    ):
        insert(before, "member", event_id=council.id, name=name, contact=contact)
    insert(before, "reserve", event_id=council.id, position=2, name="Zweite", contact=None)
    insert(before, "reserve", event_id=council.id, position=1, name="Erste", contact=None)
    migrate(before, history, "head")

    session = before.session
    plan, criteria = plan_of(session, council.id), criteria_of(session, council.id)
    assert (plan.seats, council.details) == (14, {"question": "Wie?"})
    assert [(c.title, [(x.title, x.least, x.most) for x in c.categories]) for c in criteria] == [
        ("Alter", [("16 bis 29", 3, 5), ("ab 30", 9, 11), ("ab 30 (3)", 1, 2)]),
        ("Herkunft", [("anderswo", 3, 3)]),
    ]
    assert sorted(counts_of(session, council.id).values()) == [4, 10]
    people = everybody_of(session, council.id)
    assert [(p.name, p.street, p.email, p.phone, p.sits) for p in people] == [
        ("Amal", None, "amal@example.org", None, True),
        ("Basim", None, None, "0711 / 12-3", True),
        ("Cem", "Gasse 1, 70001 Musterstadt", None, None, True),
        ("Erste", None, None, None, False),
        ("Zweite", None, None, None, False),
    ]
