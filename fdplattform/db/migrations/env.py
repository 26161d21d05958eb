"""Alembic's entry: runs one history on the connection that `fdplattform.db.migrate` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], **context.config.attributes["options"])
with context.begin_transaction():
    context.run_migrations()
