"""The advisor: what it ranks, what it says, and that it is fair."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fdplattform.method.advisor import WEIGHTS, Answers, Question, Tension, advise, choosable
from fdplattform.plugins.format import Aim, Conduct, EventFormat, Fit, Openness, Profile, Span, Suitability
from fdplattform.workflow import State, Transition, Workflow

WORKFLOW = Workflow(
    id="plain",
    initial="planned",
    states=(
        State(id="planned", title="Planned", grants={"coordinator": frozenset({"event:advance"})}),
        State(id="closed", title="Closed", final=True),
    ),
    transitions=(
        Transition(id="close", title="Close", sources=("planned",), target="closed", permission="event:advance"),
    ),
)

PROFILE = Profile(
    people=Span(30, 200),
    hours=Span(6, 8),
    openness=Openness.OPEN,
    conflict=Suitability.FAIR,
    preparation_weeks=8,
    staff=3,
    aims=frozenset({Aim.FIND_FIELDS, Aim.FORM_GROUPS}),
    good_for=("Finding fields.",),
    bad_for=("Open conflict.",),
)


def a_format(name: str = "forum", profile: Profile | None = PROFILE, blocks=(2,), follows=()) -> EventFormat:
    fit = Fit(blocks=frozenset(blocks), profile=profile, follows=frozenset(follows))
    return EventFormat(id=name, title=name, summary="-", fit=fit, conduct=Conduct(workflow=WORKFLOW))


def interpolated(sentences) -> list[str]:
    return [sentence.interpolate() for sentence in sentences]


def score(answers: Answers, **profile) -> Fraction | None:
    return advise([a_format(profile=replace(PROFILE, **profile))], answers)[0].score


def test_short_time_speaks_against_a_format_and_names_the_numbers():
    advice = advise([a_format()], Answers(weeks=5))[0]
    assert interpolated(advice.reasons_against) == ["The time is short: weeks left 5, needed 8."]
    assert advice.reasons_for == []


def test_enough_time_speaks_for_a_format():
    advice = advise([a_format()], Answers(weeks=8))[0]
    assert interpolated(advice.reasons_for) == ["The time is enough: weeks left 8, needed 8."]
    assert advice.score == 100


def test_every_aim_that_is_missed_is_named():
    advice = advise([a_format()], Answers(aims=frozenset({Aim.FIND_FIELDS, Aim.INFORM})))[0]
    assert len(advice.reasons_for) == len(advice.reasons_against) == 1
    assert advice.score == 50


@pytest.mark.parametrize(
    ("tension", "expected"), [(Tension.CALM, 100), (Tension.DIFFERENCES, 25), (Tension.CONFLICT, 0)]
)
def test_a_format_that_bears_no_conflict_loses_with_the_tension(tension, expected):
    assert score(Answers(tension=tension), conflict=Suitability.POOR) == expected


@pytest.mark.parametrize("tension", Tension)
def test_a_format_made_for_conflict_bears_everything(tension):
    assert score(Answers(tension=tension), conflict=Suitability.GOOD) == 100


@pytest.mark.parametrize("people", [30, 120, 200])
def test_both_ends_of_the_size_fit(people):
    assert score(Answers(people=people)) == 100


@pytest.mark.parametrize("people", [29, 201, 2])
def test_another_size_gets_at_most_half(people):
    assert score(Answers(people=people)) <= 50


def test_who_can_come_either_fits_or_not():
    assert score(Answers(openness=Openness.OPEN)) == 100
    assert score(Answers(openness=Openness.DRAWN)) == 0


def test_too_few_staff_is_said():
    advice = advise([a_format()], Answers(staff=1))[0]
    assert interpolated(advice.reasons_against) == ["You are too few: staff there 1, needed 3."]


def test_without_answers_nothing_is_scored():
    assert advise([a_format()], Answers())[0].score is None


def test_the_score_is_the_share_of_the_points_that_could_be_had():
    advice = advise([a_format()], Answers(weeks=8, openness=Openness.DRAWN))[0]
    possible = WEIGHTS[Question.WEEKS] + WEIGHTS[Question.OPENNESS]
    assert advice.score == Fraction(100 * WEIGHTS[Question.WEEKS], possible)
    assert sum(verdict.points for verdict in advice.verdicts) == WEIGHTS[Question.WEEKS]


def test_a_format_that_follows_another_event_is_not_in_the_choice():
    chained = a_format("cafe", follows=("council",))
    without_profile = a_format("responses", profile=None, follows=("council",))
    assert choosable([chained, without_profile, a_format()]) == [a_format()]


def test_only_formats_of_the_building_block_are_compared():
    early, late = a_format("early", blocks=(1, 2)), a_format("late", blocks=(5,))
    assert choosable([late, early], block=2) == [early]
    assert choosable([late, early]) == [early, late]


profiles = st.builds(
    lambda least, extra, **more: replace(PROFILE, people=Span(least, least + extra), **more),
    least=st.integers(1, 500),
    extra=st.integers(0, 2000),
    openness=st.sampled_from(Openness),
    conflict=st.sampled_from(Suitability),
    preparation_weeks=st.integers(0, 30),
    staff=st.integers(0, 10),
    aims=st.frozensets(st.sampled_from(Aim), min_size=1),
)
all_answers = st.builds(
    Answers,
    aims=st.frozensets(st.sampled_from(Aim)),
    people=st.none() | st.integers(1, 3000),
    tension=st.none() | st.sampled_from(Tension),
    weeks=st.none() | st.integers(0, 52),
    openness=st.none() | st.sampled_from(Openness),
    staff=st.none() | st.integers(0, 20),
)
some_formats = st.lists(profiles, min_size=1, max_size=6).map(
    lambda found: [a_format(f"format_{number}", profile) for number, profile in enumerate(found)]
)


@given(some_formats, all_answers, st.randoms())
def test_the_order_of_the_formats_changes_nothing(formats, answers, random):
    shuffled = list(formats)
    random.shuffle(shuffled)
    assert advise(shuffled, answers) == advise(formats, answers)


@given(some_formats, all_answers)
def test_nothing_is_hidden_and_equals_stand_by_id(formats, answers):
    ranking = advise(formats, answers)
    assert {advice.format.id for advice in ranking} == {item.id for item in formats}
    for better, worse in itertools.pairwise(ranking):
        assert (-(better.score or 0), better.format.id) < (-(worse.score or 0), worse.format.id)


@given(some_formats, all_answers)
def test_each_answer_gives_a_reason_and_points_within_its_weight(formats, answers):
    given_answers = [value for value in vars(answers).values() if value not in (None, frozenset())]
    for advice in advise(formats, answers):
        assert len(advice.verdicts) == len(given_answers)
        for verdict in advice.verdicts:
            assert verdict.reasons
            assert 0 <= verdict.share <= 1
            # A reason against is never said of a full score, nor left out of a lower one.
            assert (verdict.share == 1) == all(reason.in_favour for reason in verdict.reasons)


def improvements(profile: Profile, answers: Answers) -> list[Profile]:
    """`profile`, made to suit one of the answers fully."""
    better = []
    if answers.aims:
        better.append(replace(profile, aims=profile.aims | answers.aims))
    if answers.people is not None:
        least, most = min(profile.people.least, answers.people), max(profile.people.most, answers.people)
        better.append(replace(profile, people=Span(least, most)))
    if answers.tension is not None:
        better.append(replace(profile, conflict=Suitability.GOOD))
    if answers.weeks is not None:
        better.append(replace(profile, preparation_weeks=min(profile.preparation_weeks, answers.weeks)))
    if answers.openness is not None:
        better.append(replace(profile, openness=answers.openness))
    if answers.staff is not None:
        better.append(replace(profile, staff=min(profile.staff, answers.staff)))
    return better


@given(some_formats, all_answers, st.data())
def test_a_format_that_suits_one_answer_better_never_falls(formats, answers, data):
    chosen = data.draw(st.sampled_from(formats))

    def rank(all_formats) -> int:
        return [advice.format.id for advice in advise(all_formats, answers)].index(chosen.id)

    before = rank(formats)
    for profile in improvements(chosen.fit.profile, answers):
        improved = a_format(chosen.id, profile)
        assert rank([improved if item.id == chosen.id else item for item in formats]) <= before


@given(st.integers(0, 60), st.integers(0, 60), profiles)
def test_more_time_never_makes_a_format_worse(weeks, more, profile):
    less_time, more_time = Answers(weeks=weeks), Answers(weeks=weeks + more)
    assert score_of(profile, less_time) <= score_of(profile, more_time)


def score_of(profile: Profile, answers: Answers) -> Fraction:
    found = advise([a_format(profile=profile)], answers)[0].score
    assert found is not None
    return found
