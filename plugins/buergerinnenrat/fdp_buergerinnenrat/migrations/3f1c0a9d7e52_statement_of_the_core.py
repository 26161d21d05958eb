"""The statement and its points belong to the core's tool.

What was written so far moves there: the words out of the council's answers, the points from the resonance group to the
council that it follows. Going back brings the table back, not its rows: they stay with the core.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import fdplattform.api

revision = "3f1c0a9d7e52"
down_revision = "6b63a1b94306"
branch_labels = None
depends_on = None

COUNCIL = "buergerinnenrat"
WORDS = ("statement", "unanimity", "reservations")

EVENT = sa.table(
    "event",
    sa.column("id", sa.Integer),
    sa.column("format_id", sa.String),
    sa.column("follows_id", sa.Integer),
    sa.column("language", sa.String),
    sa.column("workflow_version", sa.Integer),
    sa.column("details", sa.JSON(none_as_null=True)),
    sa.column("entered_at", fdplattform.api.UtcDateTime()),
)
STATEMENT = sa.table(
    "statement",
    sa.column("id", sa.Integer),
    *(sa.column(name, sa.String) for name in ("language", "text", "unanimity", "reservations")),
    *(sa.column(name, sa.Integer) for name in ("event_id", "version")),
)
DRAFT = sa.table(
    "statement_draft",
    *(sa.column(name, sa.Integer) for name in ("statement_id", "number")),
    sa.column("text", sa.Text),
    sa.column("saved_at", fdplattform.api.UtcDateTime()),
)
NEW_POINT = sa.table(
    "statement_point",
    *(sa.column(name, sa.Integer) for name in ("event_id", "position", "version")),
    *(sa.column(name, sa.String) for name in ("language", "text", "body", "status", "response")),
)
OLD_POINT = sa.table(
    "fdp_buergerinnenrat_point",
    *(sa.column(name, sa.Integer) for name in ("id", "event_id")),
    *(sa.column(name, sa.String) for name in ("text", "decision", "body", "reason")),
)
TRANSLATION = sa.table(
    "text_translation",
    *(sa.column(name, sa.String) for name in ("object_type", "field")),
    sa.column("object_id", sa.Integer),
)


def upgrade() -> None:
    """Move the words and the points, then drop the table."""
    connection = op.get_bind()
    for council in connection.execute(sa.select(EVENT).where(EVENT.c.format_id == COUNCIL)).all():
        _move_words(connection, council)
    _move_points(connection)
    # The states are the same as before, so that running councils can go on in the new version.
    connection.execute(sa.update(EVENT).where(EVENT.c.format_id == COUNCIL).values(workflow_version=2))
    op.drop_table("fdp_buergerinnenrat_point")


def _move_words(connection: sa.Connection, council: Any) -> None:
    details = council.details or {}
    text = details.get("statement")
    if text:
        connection.execute(
            sa.insert(STATEMENT).values(
                event_id=council.id,
                language=council.language,
                text=text,
                unanimity=details.get("unanimity"),
                reservations=details.get("reservations") or None,
                version=1,
            )
        )
        new_id = connection.scalars(sa.select(STATEMENT.c.id).where(STATEMENT.c.event_id == council.id)).one()
        connection.execute(
            sa.insert(DRAFT).values(statement_id=new_id, number=1, text=text, saved_at=council.entered_at)
        )
        _move_translations(connection, council.id, new_id)
    rest = {name: value for name, value in details.items() if name not in WORDS}
    if rest != details:
        connection.execute(sa.update(EVENT).where(EVENT.c.id == council.id).values(details=rest))


def _move_translations(connection: sa.Connection, council_id: int, statement_id: int) -> None:
    for old, new in (("details_statement", "text"), ("details_reservations", "reservations")):
        connection.execute(
            sa.update(TRANSLATION)
            .where(
                TRANSLATION.c.object_type == "event",
                TRANSLATION.c.object_id == council_id,
                TRANSLATION.c.field == old,
            )
            .values(object_type="statement", object_id=statement_id, field=new)
        )


def _move_points(connection: sa.Connection) -> None:
    """A group that follows no council keeps its points itself."""
    owner = sa.func.coalesce(EVENT.c.follows_id, EVENT.c.id)
    query = (
        sa.select(OLD_POINT, owner.label("owner_id"), EVENT.c.language)
        .join_from(OLD_POINT, EVENT, EVENT.c.id == OLD_POINT.c.event_id)
        .order_by(OLD_POINT.c.id)
    )
    positions: dict[int, int] = {}
    for point in connection.execute(query).all():
        positions[point.owner_id] = positions.get(point.owner_id, 0) + 1
        connection.execute(
            sa.insert(NEW_POINT).values(
                event_id=point.owner_id,
                position=positions[point.owner_id],
                language=point.language,
                text=point.text,
                body=point.body or None,
                status=point.decision or "open",
                response=point.reason or None,
                version=1,
            )
        )


def downgrade() -> None:
    """Bring the empty table back."""
    op.create_table(
        "fdp_buergerinnenrat_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("body", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_fdp_buergerinnenrat_point_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fdp_buergerinnenrat_point")),
    )
    op.create_index(op.f("ix_fdp_buergerinnenrat_point_event_id"), "fdp_buergerinnenrat_point", ["event_id"])
