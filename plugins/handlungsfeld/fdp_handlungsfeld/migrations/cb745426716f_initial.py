"""initial"""

import sqlalchemy as sa
from alembic import op

revision = "cb745426716f"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fdp_handlungsfeld_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=True),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_fdp_handlungsfeld_invitation_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fdp_handlungsfeld_invitation")),
    )
    with op.batch_alter_table("fdp_handlungsfeld_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fdp_handlungsfeld_invitation_event_id"), ["event_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("fdp_handlungsfeld_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fdp_handlungsfeld_invitation_event_id"))

    op.drop_table("fdp_handlungsfeld_invitation")
