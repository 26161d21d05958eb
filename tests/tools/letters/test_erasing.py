"""Somebody's data is deleted at the very moment in which a worker keeps the file with the letter."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.jobs.registry import JobContext
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import add_invited
from fdplattform.tools.draw.register.retention import shred_invitees
from fdplattform.tools.letters import jobs
from fdplattform.tools.letters.lookup import files_of, keys_in
from fdplattform.tools.letters.models import LetterRun


def test_no_file_is_kept_with_a_letter_to_somebody_who_is_being_erased(
    order: Callable[..., LetterRun], session: Session, event: Event, app: Router, clock: Clock
) -> None:
    person, other = add_invited(session, event, 2)
    run_id = order(made=False).id
    context = JobContext(registry=app.registry, now=clock(), key="letters")
    batch = jobs._next(context, run_id)
    assert batch is not None

    def keep() -> None:
        with context.transaction() as mine:
            jobs._keep(mine, context, run_id, batch, None)

    with ThreadPoolExecutor() as pool, app.registry.sessions.begin() as erasing:
        shred_invitees(erasing, [person.id], clock())
        kept = pool.submit(keep)
        wait([kept], timeout=0.3)
        erasing.commit()
        kept.result(timeout=20)
    assert not files_of(session, run_id)
    # The next round makes the file for those who are left.
    jobs.make_letters(context, {"run": run_id})
    session.rollback()
    assert keys_in(session, run_id) == {f"invitee:{other.id}"}
