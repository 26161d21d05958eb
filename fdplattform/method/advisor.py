"""Which format fits? Ranks formats from their profiles and says why. Nothing is hidden; people decide.

Each answered question gives every format from no points up to the question's weight. The score is the share of the
points that could be had, so a question left open changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from fdplattform.plugins.format import Aim, EventFormat, Openness, Profile, Suitability

_ = TranslationStringFactory("fdplattform")


class Tension(StrEnum):
    """How people in the place stand to the subject."""

    CALM = "calm"
    DIFFERENCES = "differences"
    CONFLICT = "conflict"


class Question(StrEnum):
    """What the advisor asks."""

    AIMS = "aims"
    PEOPLE = "people"
    TENSION = "tension"
    WEEKS = "weeks"
    OPENNESS = "openness"
    STAFF = "staff"


#: How much a question counts. What the event is for comes first; staff can be found most easily.
WEIGHTS = {
    Question.AIMS: 30,
    Question.PEOPLE: 20,
    Question.TENSION: 20,
    Question.WEEKS: 15,
    Question.OPENNESS: 10,
    Question.STAFF: 5,
}

QUESTION_TITLES = {
    Question.AIMS: _("What is the event for?"),
    Question.PEOPLE: _("How many people do you expect?"),
    Question.TENSION: _("How do people stand to the subject?"),
    Question.WEEKS: _("How many weeks are left until the event?"),
    Question.OPENNESS: _("Who should be able to come?"),
    Question.STAFF: _("How many people from the town hall can work on it?"),
}

AIM_TITLES = {
    Aim.INFORM: _("Inform and answer questions"),
    Aim.COLLECT_IDEAS: _("Collect ideas"),
    Aim.FIND_FIELDS: _("Find out what needs to be worked on"),
    Aim.DEEPEN_FIELD: _("Look closely at one subject"),
    Aim.FORM_GROUPS: _("Set up working groups"),
    Aim.SOLVE_CONFLICT: _("Find a way out of a conflict"),
    Aim.ADVISE_COUNCIL: _("Advise the council"),
    Aim.PRESENT_RESULTS: _("Present results"),
}

OPENNESS_TITLES = {
    Openness.OPEN: _("Everybody who wants to"),
    Openness.INVITED: _("People who are invited"),
    Openness.DRAWN: _("People drawn by lot"),
}

TENSION_TITLES = {
    Tension.CALM: _("They mostly agree"),
    Tension.DIFFERENCES: _("Opinions differ"),
    Tension.CONFLICT: _("There is open conflict"),
}

SUITABILITY_TITLES = {
    Suitability.POOR: _("Not suited to conflict"),
    Suitability.FAIR: _("Bears different opinions"),
    Suitability.GOOD: _("Suited to open conflict"),
}

#: Share of the points by how tense it is and what the format bears.
_BEARS = {
    (Tension.DIFFERENCES, Suitability.POOR): Fraction(1, 4),
    (Tension.CONFLICT, Suitability.POOR): Fraction(0),
    (Tension.CONFLICT, Suitability.FAIR): Fraction(1, 2),
}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the advisor was told. None or nothing leaves a question open."""

    aims: frozenset[Aim] = frozenset()
    people: int | None = None
    tension: Tension | None = None
    weeks: int | None = None
    openness: Openness | None = None
    staff: int | None = None


@dataclass(frozen=True)
class Reason:
    """A sentence for (or against) a format. Values in its mapping are numbers or translatable themselves."""

    in_favour: bool
    sentence: TranslationString


@dataclass(frozen=True)
class Verdict:
    """What one question says of a format: `share` (0 to 1) of the question's weight, and why."""

    question: Question
    share: Fraction
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> Fraction:
        """Points got, at most the question's weight."""
        return self.share * WEIGHTS[self.question]


@dataclass(frozen=True)
class Advice:
    """A format with what speaks for and against it."""

    format: EventFormat
    verdicts: tuple[Verdict, ...]

    @property
    def score(self) -> Fraction | None:
        """From 0 (nothing fits) to 100 (everything fits); None when no question was answered."""
        possible = sum(WEIGHTS[verdict.question] for verdict in self.verdicts)
        return 100 * sum((verdict.points for verdict in self.verdicts), Fraction(0)) / possible if possible else None

    @property
    def reasons_for(self) -> list[TranslationString]:
        """What speaks for the format."""
        return self._reasons(in_favour=True)

    @property
    def reasons_against(self) -> list[TranslationString]:
        """What speaks against the format."""
        return self._reasons(in_favour=False)

    def _reasons(self, *, in_favour: bool) -> list[TranslationString]:
        reasons = (reason for verdict in self.verdicts for reason in verdict.reasons)
        return [reason.sentence for reason in reasons if reason.in_favour is in_favour]


def choosable(formats: Iterable[EventFormat], block: int | None = None) -> list[EventFormat]:
    """The formats that can be chosen freely, by id; with `block` only those for this building block.

    A format that follows another event is made from that event.
    """
    free = (item for item in formats if item.fit.profile and not item.fit.chained_only)
    return sorted((item for item in free if block is None or block in item.fit.blocks), key=lambda item: item.id)


def advise(formats: Iterable[EventFormat], answers: Answers) -> list[Advice]:
    """Every format that can be chosen freely, the best first; equals by id, whatever the order of `formats`."""
    ranking = [
        Advice(item, tuple(_judge(item.fit.profile, answers))) for item in choosable(formats) if item.fit.profile
    ]
    return sorted(ranking, key=lambda advice: (-(advice.score or 0), advice.format.id))


def _judge(profile: Profile, answers: Answers) -> Iterable[Verdict]:
    if answers.aims:
        yield _aims(profile, answers.aims)
    if answers.people is not None:
        yield _people(profile, answers.people)
    if answers.tension is not None:
        yield _tension(profile, answers.tension)
    if answers.weeks is not None:
        yield _weeks(profile, answers.weeks)
    if answers.openness is not None:
        yield _openness(profile, answers.openness)
    if answers.staff is not None:
        yield _staff(profile, answers.staff)


def _aims(profile: Profile, asked: frozenset[Aim]) -> Verdict:
    reached = [aim for aim in Aim if aim in asked & profile.aims]
    missed = [aim for aim in Aim if aim in asked - profile.aims]
    reasons = [Reason(True, _("It is made for: ${aim}.", mapping={"aim": AIM_TITLES[aim]})) for aim in reached]
    reasons += [Reason(False, _("It is not made for: ${aim}.", mapping={"aim": AIM_TITLES[aim]})) for aim in missed]
    return Verdict(Question.AIMS, Fraction(len(reached), len(asked)), tuple(reasons))


def _people(profile: Profile, people: int) -> Verdict:
    least, most = profile.people.least, profile.people.most
    mapping = {"people": people, "least": least, "most": most}
    if people in profile.people:
        reason = Reason(True, _("You expect ${people} people; it is for ${least} to ${most}.", mapping=mapping))
        return Verdict(Question.PEOPLE, Fraction(1), (reason,))
    reason = Reason(False, _("You expect ${people} people, but it is for ${least} to ${most}.", mapping=mapping))
    share = _short_of(people, least) if people < least else _short_of(most, people)
    return Verdict(Question.PEOPLE, share, (reason,))


def _tension(profile: Profile, tension: Tension) -> Verdict:
    share = _BEARS.get((tension, profile.conflict), Fraction(1))
    if tension is Tension.CALM:
        sentence = _("People mostly agree: that suits it.")
    else:
        sentence = {
            Suitability.POOR: _("It is not made for disagreement."),
            Suitability.FAIR: _("It bears different opinions, but hardly an open conflict."),
            Suitability.GOOD: _("It has proved itself where there is conflict."),
        }[profile.conflict]
    return Verdict(Question.TENSION, share, (Reason(share == 1, sentence),))


def _weeks(profile: Profile, weeks: int) -> Verdict:
    needed = profile.preparation_weeks
    mapping = {"weeks": weeks, "needed": needed}
    if weeks >= needed:
        reason = Reason(True, _("The time is enough: weeks left ${weeks}, needed ${needed}.", mapping=mapping))
        return Verdict(Question.WEEKS, Fraction(1), (reason,))
    reason = Reason(False, _("The time is short: weeks left ${weeks}, needed ${needed}.", mapping=mapping))
    return Verdict(Question.WEEKS, _short_of(weeks, needed), (reason,))


def _openness(profile: Profile, wanted: Openness) -> Verdict:
    fits = profile.openness is wanted
    mapping = {"who": OPENNESS_TITLES[profile.openness]}
    sentence = (
        _("The right people can come: ${who}.", mapping=mapping)
        if fits
        else _("It is for others than you wish: ${who}.", mapping=mapping)
    )
    return Verdict(Question.OPENNESS, Fraction(int(fits)), (Reason(fits, sentence),))


def _staff(profile: Profile, staff: int) -> Verdict:
    needed = profile.staff
    mapping = {"staff": staff, "needed": needed}
    if staff >= needed:
        reason = Reason(True, _("You are enough: staff there ${staff}, needed ${needed}.", mapping=mapping))
        return Verdict(Question.STAFF, Fraction(1), (reason,))
    reason = Reason(False, _("You are too few: staff there ${staff}, needed ${needed}.", mapping=mapping))
    return Verdict(Question.STAFF, _short_of(staff, needed), (reason,))


def _short_of(given: float, needed: float) -> Fraction:
    # What falls short gets at most half of the points, less the further it is away.
    return Fraction(given) / Fraction(needed) / 2
