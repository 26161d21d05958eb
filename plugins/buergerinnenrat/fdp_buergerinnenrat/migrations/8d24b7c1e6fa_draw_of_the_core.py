"""Criteria, members and the reserve belong to the core's draw.

What was written so far moves there: the criteria with their quotas and how many members were counted, members and
reserve as people entered by hand, the number of places out of the council's answers. Going back brings the tables back,
not their rows: they stay with the core.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import fdplattform.api

revision = "8d24b7c1e6fa"
down_revision = "3f1c0a9d7e52"
branch_labels = None
depends_on = None

COUNCIL = "buergerinnenrat"
PLACES = "places"
#: What a plan has that nobody has changed.
PLAN_DEFAULTS = {"outside_seats": 0, "response_percent": 4.0, "least_age": 16, "quarters": [], "version": 1}
MAX_EMAIL, MAX_PHONE = 254, 60


def _table(name: str, *columns: Any) -> sa.TableClause:
    return sa.table(name, *(sa.column(each) if isinstance(each, str) else each for each in columns))


def _moment(name: str) -> Any:
    return sa.column(name, fdplattform.api.UtcDateTime())


EVENT = _table(
    "event", "id", "format_id", "language", sa.column("details", sa.JSON(none_as_null=True)), _moment("entered_at")
)
OLD_CRITERION = _table(
    "fdp_buergerinnenrat_criterion", "id", "event_id", "attribute", "value", "least", "most", "reached"
)
OLD_MEMBER = _table("fdp_buergerinnenrat_member", "id", "event_id", "name", "contact")
OLD_RESERVE = _table("fdp_buergerinnenrat_reserve", "id", "event_id", "position", "name", "contact")
PLAN = _table(
    "draw_plan",
    *("event_id", "seats", "outside_seats", "response_percent", "least_age", "version"),
    sa.column("quarters", sa.JSON(none_as_null=True)),
)
CRITERION = _table("draw_criterion", "id", "event_id", "position", "language", "title", "source", "kind", "version")
CATEGORY = _table("draw_category", "id", "criterion_id", "position", "title", "least", "most", "weight")
COUNT = _table("panel_count", "category_id", "event_id", "people")
MEMBER = _table(
    "panel_member",
    *("event_id", "origin", "name", "street", "email", "phone", "version"),
    _moment("entered_at"),
    _moment("joined_at"),
)


def upgrade() -> None:
    """Move everything, then drop the tables."""
    connection = op.get_bind()
    for council in connection.execute(sa.select(EVENT).where(EVENT.c.format_id == COUNCIL)).all():
        _move_places(connection, council)
        _move_criteria(connection, council)
        _move_people(connection, council)
    for name in ("criterion", "member", "reserve"):
        op.drop_table(f"fdp_buergerinnenrat_{name}")


def _move_places(connection: sa.Connection, council: Any) -> None:
    details = dict(council.details or {})
    places = details.pop(PLACES, None)
    if places is None:
        return
    there = connection.scalar(sa.select(PLAN.c.event_id).where(PLAN.c.event_id == council.id))
    if there is None:
        connection.execute(sa.insert(PLAN).values(event_id=council.id, seats=places, **PLAN_DEFAULTS))
    connection.execute(sa.update(EVENT).where(EVENT.c.id == council.id).values(details=details))


def _move_criteria(connection: sa.Connection, council: Any) -> None:
    own = sa.select(OLD_CRITERION).where(OLD_CRITERION.c.event_id == council.id).order_by(OLD_CRITERION.c.id)
    rows = connection.execute(own).all()
    for position, title in enumerate(dict.fromkeys(row.attribute for row in rows), start=1):
        criterion = {
            "event_id": council.id,
            "position": position,
            "language": council.language,
            "title": title,
            "source": "register",
            "kind": "category",
            "version": 1,
        }
        connection.execute(sa.insert(CRITERION).values(criterion))
        criterion_id = connection.scalar(sa.select(sa.func.max(CRITERION.c.id)))
        taken: set[str] = set()
        for place, row in enumerate((row for row in rows if row.attribute == title), start=1):
            _move_category(connection, council.id, criterion_id, place, row, taken)


def _move_category(
    connection: sa.Connection, event_id: int, criterion_id: Any, place: int, row: Any, taken: set[str]
) -> None:
    # A category's name is unique within its criterion; so it was not before.
    title = row.value if row.value not in taken else f"{row.value[:70]} ({place})"
    taken.add(title)
    category = {
        "criterion_id": criterion_id,
        "position": place,
        "title": title,
        "least": row.least,
        # Nobody stopped a maximum below the minimum.
        "most": max(row.least, row.most),
        "weight": 1.0,
    }
    connection.execute(sa.insert(CATEGORY).values(category))
    if row.reached is not None:
        category_id = connection.scalar(sa.select(sa.func.max(CATEGORY.c.id)))
        connection.execute(
            sa.insert(COUNT).values(category_id=category_id, event_id=event_id, people=row.reached)
        )


def _move_people(connection: sa.Connection, council: Any) -> None:
    members = sa.select(OLD_MEMBER).where(OLD_MEMBER.c.event_id == council.id).order_by(OLD_MEMBER.c.id)
    reserve = (
        sa.select(OLD_RESERVE)
        .where(OLD_RESERVE.c.event_id == council.id)
        .order_by(OLD_RESERVE.c.position, OLD_RESERVE.c.id)
    )
    for rows, joined_at in ((members, council.entered_at), (reserve, None)):
        for row in connection.execute(rows).all():
            connection.execute(
                sa.insert(MEMBER).values(
                    event_id=council.id,
                    origin="by_hand",
                    name=row.name,
                    entered_at=council.entered_at,
                    joined_at=joined_at,
                    version=1,
                    **_contact(row.contact),
                )
            )


def _contact(text: str | None) -> dict[str, str | None]:
    """One field held an address, a telephone number or an e-mail address."""
    plain = (text or "").strip()
    if "@" in plain and " " not in plain:
        return {"email": plain[:MAX_EMAIL]}
    if plain and len(plain) <= MAX_PHONE and all(letter in "0123456789 +-/()" for letter in plain):
        return {"phone": plain}
    return {"street": plain[:200] or None}


def downgrade() -> None:
    """Bring the empty tables back."""
    for name, columns in {
        "criterion": (
            sa.Column("attribute", sa.String(length=80), nullable=False),
            sa.Column("value", sa.String(length=80), nullable=False),
            sa.Column("least", sa.Integer(), nullable=False),
            sa.Column("most", sa.Integer(), nullable=False),
            sa.Column("reached", sa.Integer(), nullable=True),
        ),
        "member": (
            sa.Column("name", sa.String(length=200), nullable=False),
            sa.Column("contact", sa.String(length=254), nullable=True),
        ),
        "reserve": (
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("name", sa.String(length=200), nullable=False),
            sa.Column("contact", sa.String(length=254), nullable=True),
        ),
    }.items():
        _bring_back(f"fdp_buergerinnenrat_{name}", columns)


def _bring_back(name: str, columns: tuple[sa.Column[Any], ...]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        *columns,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f(f"fk_{name}_event_id_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_event_id"), name, ["event_id"])
