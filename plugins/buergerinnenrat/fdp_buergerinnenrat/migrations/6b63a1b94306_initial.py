"""initial"""

import sqlalchemy as sa
from alembic import op

import fdplattform.api

revision = "6b63a1b94306"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fdp_buergerinnenrat_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("attribute", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_fdp_buergerinnenrat_criterion_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fdp_buergerinnenrat_criterion")),
    )
    with op.batch_alter_table("fdp_buergerinnenrat_criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fdp_buergerinnenrat_criterion_event_id"), ["event_id"], unique=False)

    op.create_table(
        "fdp_buergerinnenrat_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_fdp_buergerinnenrat_member_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fdp_buergerinnenrat_member")),
    )
    with op.batch_alter_table("fdp_buergerinnenrat_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fdp_buergerinnenrat_member_event_id"), ["event_id"], unique=False)

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
    with op.batch_alter_table("fdp_buergerinnenrat_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fdp_buergerinnenrat_point_event_id"), ["event_id"], unique=False)

    op.create_table(
        "fdp_buergerinnenrat_reserve",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_fdp_buergerinnenrat_reserve_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fdp_buergerinnenrat_reserve")),
    )
    with op.batch_alter_table("fdp_buergerinnenrat_reserve", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fdp_buergerinnenrat_reserve_event_id"), ["event_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("fdp_buergerinnenrat_reserve", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fdp_buergerinnenrat_reserve_event_id"))

    op.drop_table("fdp_buergerinnenrat_reserve")
    with op.batch_alter_table("fdp_buergerinnenrat_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fdp_buergerinnenrat_point_event_id"))

    op.drop_table("fdp_buergerinnenrat_point")
    with op.batch_alter_table("fdp_buergerinnenrat_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fdp_buergerinnenrat_member_event_id"))

    op.drop_table("fdp_buergerinnenrat_member")
    with op.batch_alter_table("fdp_buergerinnenrat_criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fdp_buergerinnenrat_criterion_event_id"))

    op.drop_table("fdp_buergerinnenrat_criterion")
