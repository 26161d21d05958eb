"""Rules about the phases of a dialogue: overlaps, the current one, the picture."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fdplattform.dialogues.models import Phase, PhaseStatus
from fdplattform.dialogues.phases import current_phase, overlaps
from fdplattform.dialogues.timeline import WIDTH, draw

FIRST = date(2026, 1, 1)


def phase(block: int, start: int | None, days: int = 1, status: PhaseStatus = PhaseStatus.PLANNED) -> Phase:
    begin = None if start is None else FIRST + timedelta(days=start)
    end = None if begin is None else begin + timedelta(days=days - 1)
    return Phase(block=block, position=block, starts_on=begin, ends_on=end, status=status)


spans = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 100)), st.integers(1, 50), st.sampled_from(PhaseStatus)),
    max_size=6,
)


def made(values: list[tuple[int | None, int, PhaseStatus]]) -> list[Phase]:
    return [phase(number, start, days, status) for number, (start, days, status) in enumerate(values, start=1)]


@given(spans)
def test_overlap_is_the_set_of_shared_days(values: list[tuple[int | None, int, PhaseStatus]]) -> None:
    phases = made(values)

    def days(each: Phase) -> set[date]:
        if each.starts_on is None or each.ends_on is None or each.status is PhaseStatus.SKIPPED:
            return set()
        return {each.starts_on + timedelta(days=n) for n in range((each.ends_on - each.starts_on).days + 1)}

    expected = {
        (one.block, other.block): (min(shared), max(shared))
        for index, one in enumerate(phases)
        for other in phases[index + 1 :]
        if (shared := days(one) & days(other))
    }
    assert {(each.one.block, each.other.block): (each.first, each.last) for each in overlaps(phases)} == expected


def test_phases_that_touch_do_not_overlap() -> None:
    assert not overlaps([phase(1, 0, 10), phase(2, 10, 5)])
    assert len(overlaps([phase(1, 0, 11), phase(2, 10, 5)])) == 1


@given(spans, st.booleans())
def test_picture_stays_within_its_frame(values: list[tuple[int | None, int, PhaseStatus]], rtl: bool) -> None:
    picture = draw(made(values), FIRST + timedelta(days=20), rtl=rtl)
    for bar in picture.bars if picture else ():
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH + 0.1
        assert bar.width > 0


def test_time_runs_with_the_writing() -> None:
    phases = [phase(1, 0, 10), phase(2, 20, 10)]
    left = draw(phases, FIRST, rtl=False)
    right = draw(phases, FIRST, rtl=True)
    assert left is not None
    assert right is not None
    assert left.bars[0].x < left.bars[1].x
    assert right.bars[0].x > right.bars[1].x
    assert left.today is not None
    assert right.today is not None
    assert left.today < right.today


def test_current_phase_is_what_runs_else_what_is_due_else_what_comes() -> None:
    done, running = phase(1, 0, status=PhaseStatus.DONE), phase(3, 50, status=PhaseStatus.RUNNING)
    due, coming = phase(2, 5), phase(4, 90)
    today = FIRST + timedelta(days=10)
    assert current_phase([done, due, running, coming], today) is running
    assert current_phase([done, due, coming], today) is due
    assert current_phase([done, coming], today) is coming
    assert current_phase([done], today) is None
