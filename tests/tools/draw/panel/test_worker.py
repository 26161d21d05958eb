"""What the worker makes of a draw. How it bears being killed in the middle is in tests/faults."""

import json
from collections.abc import Callable

from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.jobs.models import Job, JobState
from fdplattform.jobs.registry import JobContext
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import work
from fdplattform.tools.draw.engine.errors import Stopped
from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.record import make_record
from fdplattform.tools.draw.engine.sentences import Code
from fdplattform.tools.draw.engine.verify import verify
from fdplattform.tools.draw.engine.watch import Step, Watch
from fdplattform.tools.draw.panel import work as worker
from fdplattform.tools.draw.panel.fairness import figures
from fdplattform.tools.draw.panel.models import Run, RunState
from fdplattform.tools.draw.panel.runs import basis_of, source_of, text_of
from tests.tools.draw.panel.conftest import newest

Start = Callable[..., Run]


def test_a_worker_that_is_late_changes_nothing(
    start: Start, app: Router, session: Session, clock: Clock, people: list[int], staff: Client, path: str
) -> None:
    run = start()
    staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(status=303)
    before = newest(session)
    worker.run_draw(JobContext(registry=app.registry, now=clock(), key="late", job_id=run.job_id), {"run": run.id})
    after = newest(session)
    assert (after.state, after.sealed, after.public) == (RunState.COMMITTED, before.sealed, before.public)


def test_without_time_for_one_panel_there_is_no_lottery(
    start: Start, app: Router, session: Session, people: list[int], staff: Client, path: str
) -> None:
    run = start(computed=False)
    session.get_one(Run, run.id).time_limit = 0
    session.commit()
    work(app.registry, session)
    run = newest(session)
    assert (run.state, run.outcome, run.sealed) == (RunState.FAILED, None, None)
    page = staff.get(f"{path}/auslosung/")
    assert "Die Zeit war um, bevor es eine Losliste gab." in page
    assert "Auslosung starten" in page


def offer_after_a_while(session: Session, run: Run) -> None:
    """What a worker offers whose time is up as soon as it begins to put panels together."""

    def too_late(step: Step, _share: float) -> None:
        if step is Step.PANELS:
            raise Stopped(Code.TIME_IS_UP)

    source = source_of(session, run.event_id)
    lottery = draw(source.pool, run.size, seed=1, panels=run.panels, watch=Watch(progress=too_late))
    record = make_record(lottery)
    run = session.get_one(Run, run.id)
    run.state, run.outcome, run.basis = RunState.OFFERED, lottery.outcome, basis_of(source)
    run.seed, run.sealed, run.fairness = "1", text_of(record), figures(lottery, record)
    session.commit()


def test_when_the_time_is_up_the_best_lottery_so_far_is_offered_with_what_it_may_lack(
    start: Start, session: Session, people: list[int], staff: Client, path: str
) -> None:
    offer_after_a_while(session, start(computed=False))
    run = newest(session)
    assert (run.state, run.outcome) == (RunState.OFFERED, "stopped-early")
    # Six of 24 people like each other: the fairest chance is a quarter, and panels drawn at random miss it.
    smallest = json.loads(run.sealed or "")["sections"]["chances"]["smallest"]
    assert 0 < smallest < 25
    page = " ".join(staff.get(f"{path}/auslosung/").html.find("main").get_text(" ").split())
    assert "Vorzeitig beendet: die beste Losliste bis dahin, nicht die fairste." in page
    assert f"Die kleinste Chance beträgt {smallest} %; größer als 25 % kann sie nicht sein." in page
    assert f"Unterschied von {25 - smallest} % fehlt also nicht." in page

    staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(status=303)
    staff.logout()
    assert "Vorzeitig beendet" in staff.get(f"{path}/auslosung-nachweis/")
    record = staff.get(f"{path}/auslosung-nachweis/protokoll.json").json
    assert record["sections"]["rules"]["outcome"] == "stopped-early"
    assert verify(record) == []


def test_a_finished_job_is_done(start: Start, session: Session, people: list[int]) -> None:
    run = start()
    assert (run.state, run.progress) == (RunState.OFFERED, 100)
    found = session.get_one(Job, run.job_id or 0)
    assert (found.state, found.lane) == (JobState.DONE, "long")
