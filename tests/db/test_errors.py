"""What the database refuses is told without what should have been stored: errors go to logs and to the outbox."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fdplattform.db import make_engine


def test_an_error_does_not_name_what_was_to_be_stored(database_url: str) -> None:
    engine = make_engine(database_url)
    with engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Amal Haddad"})
    engine.dispose()
    told = str(refused.value)
    assert "nowhere" in told
    assert "Haddad" not in told
