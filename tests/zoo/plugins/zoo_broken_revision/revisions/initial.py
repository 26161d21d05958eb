"""initial"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

raise RuntimeError("this revision is not finished")


def upgrade() -> None:
    op.create_table(
        "fdp_zoo_broken_revision_thing",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("fdp_zoo_broken_revision_thing")
