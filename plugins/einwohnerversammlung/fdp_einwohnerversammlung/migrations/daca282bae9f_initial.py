"""initial"""

import sqlalchemy as sa
from alembic import op

import fdplattform.api

revision = "daca282bae9f"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fdp_einwohnerversammlung_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_fdp_einwohnerversammlung_suggestion_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fdp_einwohnerversammlung_suggestion")),
    )
    with op.batch_alter_table("fdp_einwohnerversammlung_suggestion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fdp_einwohnerversammlung_suggestion_event_id"), ["event_id"], unique=False)

    op.create_table(
        "fdp_einwohnerversammlung_trusted_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_fdp_einwohnerversammlung_trusted_person_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fdp_einwohnerversammlung_trusted_person")),
    )
    with op.batch_alter_table("fdp_einwohnerversammlung_trusted_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fdp_einwohnerversammlung_trusted_person_event_id"), ["event_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("fdp_einwohnerversammlung_trusted_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fdp_einwohnerversammlung_trusted_person_event_id"))

    op.drop_table("fdp_einwohnerversammlung_trusted_person")
    with op.batch_alter_table("fdp_einwohnerversammlung_suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fdp_einwohnerversammlung_suggestion_event_id"))

    op.drop_table("fdp_einwohnerversammlung_suggestion")
