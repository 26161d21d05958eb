"""Asks the database nonsense in a page: PostgreSQL refuses everything after that in the same transaction."""

from sqlalchemy import text

from fdplattform.api import hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_menu_items(context, request):
    request.db.execute(text("SELECT nothing FROM nowhere"))
    return []
