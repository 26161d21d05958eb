"""A request that may write reads without a lock; what locks or writes first takes SQLite's only one."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, create_engine, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.db import lock_on_write
from fdplattform.testing.factories import Make

pytestmark = pytest.mark.backends("sqlite")


@pytest.fixture
def account(make: Make) -> Account:
    return make.account(name="Amal")


def is_locked(engine: Engine) -> bool:
    """Whether another writer would have to wait."""
    impatient = create_engine(engine.url, connect_args={"timeout": 0, "isolation_level": None})
    try:
        with impatient.connect() as other:
            other.exec_driver_sql("BEGIN IMMEDIATE")
            other.exec_driver_sql("ROLLBACK")
    except OperationalError:
        return True
    finally:
        impatient.dispose()
    return False


def test_reading_locks_nobody_out(engine: Engine, account: Account) -> None:
    with Session(engine) as session:
        lock_on_write(session)
        assert session.get_one(Account, account.id).name == "Amal"
        assert not is_locked(engine)


@pytest.mark.parametrize(
    "statement",
    [
        lambda session, account: session.refresh(account, with_for_update=True),
        lambda session, account: session.scalars(select(Account.id).with_for_update(read=True)).all(),
        lambda session, account: session.execute(update(Account).values(name="Amira")),
        lambda session, account: session.execute(text("DELETE FROM account")),
        lambda session, account: (session.begin_nested(), session.connection()),
    ],
    ids=["refresh", "select", "update", "text", "savepoint"],
)
def test_the_first_statement_that_locks_or_writes_takes_the_lock(
    engine: Engine, account: Account, statement: Callable[[Session, Account], object]
) -> None:
    with Session(engine) as session:
        lock_on_write(session)
        statement(session, session.get_one(Account, account.id))
        assert is_locked(engine)
        session.rollback()
        assert not is_locked(engine)


def test_what_is_locked_is_read_as_it_is_now(engine: Engine, account: Account) -> None:
    with Session(engine) as session, Session(engine) as other:
        lock_on_write(session)
        seen = session.get_one(Account, account.id)
        other.execute(update(Account).values(name="Amira"))
        other.commit()
        session.refresh(seen, with_for_update=True)
        assert seen.name == "Amira"
        seen.name = "Noor"
        session.flush()
        session.rollback()
        assert session.scalars(select(Account.name)).all() == ["Amira"]
