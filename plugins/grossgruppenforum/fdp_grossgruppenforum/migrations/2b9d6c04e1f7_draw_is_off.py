"""Forums that began before there was a draw do without it and without letters, until somebody switches them on."""

import sqlalchemy as sa
from alembic import op

revision = "2b9d6c04e1f7"
down_revision = "7e4be133991b"
branch_labels = None
depends_on = None

FORMAT = "grossgruppenforum"
NEW_TOOLS = ("draw", "letters")
EVENT = sa.table(
    "event", sa.column("id"), sa.column("format_id"), sa.column("tools_off", sa.JSON(none_as_null=True))
)


def upgrade() -> None:
    connection = op.get_bind()
    for event in connection.execute(sa.select(EVENT).where(EVENT.c.format_id == FORMAT)).all():
        off = sorted({*(event.tools_off or ()), *NEW_TOOLS})
        connection.execute(sa.update(EVENT).where(EVENT.c.id == event.id).values(tools_off=off))


def downgrade() -> None:
    """Whoever goes back to a release without these tools is not hindered by their names."""
