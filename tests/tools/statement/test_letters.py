"""What a format and its statement say in letters."""

import pytest

from fdplattform.events.guards import has_date
from fdplattform.plugins.format import BadFormat, LetterText, ToolUse
from fdplattform.tools.letters.composing import compose, load_occasion
from fdplattform.tools.letters.kinds import Recipient
from fdplattform.tools.letters.models import LetterHead
from fdplattform.tools.letters.offered import check_options, kind_at
from fdplattform.tools.statement.models import PointStatus, StatementPoint
from fdplattform.translation.services import save

MEMBER = Recipient(key="member:1", name="Ayşe Öz", street="Weg 1", postal_code="70173", city="Stuttgart", language="ar")


@pytest.fixture
def council(make):
    return make.event(format_id="buergerinnenrat", state="responded", language="de")


@pytest.fixture
def letter(app, session, clock):
    """The letter of a kind to one person at an event."""

    def written(event, kind_id="members_reply"):
        kind = kind_at(app.registry, event, kind_id)
        return load_occasion(session, app.registry, event.id, kind, clock())

    return written


@pytest.fixture
def points(session, council, clock):
    taken = StatementPoint(
        event_id=council.id,
        position=1,
        text="Ein Treffpunkt",
        status=PointStatus.TAKEN_UP,
        response="Die Stadt mietet den Laden.",
    )
    waiting = StatementPoint(event_id=council.id, position=2, text="Ein Bericht")
    head = LetterHead(event_id=council.id, sender="Stadt Musterstadt · Markt 1", contact="Frau Kurz")
    session.add_all([taken, waiting, head])
    session.flush()
    save(session, taken, "ar", {"text": "ملتقى"}, now=clock())
    session.commit()


def words(part):
    return "\n".join("\n".join(block.lines) for block in part.blocks)


def test_the_members_read_each_point_with_its_response_in_their_language(letter, council, points):
    german, arabic = compose(letter(council), MEMBER).parts
    assert "1. Ein Treffpunkt: Wird aufgegriffen. Die Stadt mietet den Laden." in words(german)
    assert "2. Ein Bericht: Noch nicht beantwortet." in words(german)
    assert words(german).startswith("Guten Tag Ayşe Öz,")
    assert "1. ملتقى: سيؤخذ به." in words(arabic)
    assert council.title in german.subject


def test_a_letter_without_any_response_is_not_complete(letter, council):
    assert "responses" in letter(council).missing()


def test_a_format_without_words_of_its_own_has_those_of_the_kind(app, make):
    event = make.event(format_id="grossgruppenforum")
    kind = kind_at(app.registry, event, "members_reply")
    assert "${responses}" not in kind.default_texts["de"].body
    assert "responses" not in {each.name for each in kind.placeholders}


def test_an_unknown_kind_is_none(app, make):
    assert kind_at(app.registry, make.event(), "nonsense") is None


@pytest.mark.parametrize("texts", [["drawn"], {"drawn": "Guten Tag"}])
def test_texts_are_declared_as_letter_texts(texts):
    check_options(ToolUse(tool="letters", options={"texts": {"drawn": LetterText(subject="a", body="b")}}))
    with pytest.raises(BadFormat):
        check_options(ToolUse(tool="letters", options={"texts": texts}))


@pytest.mark.parametrize("wrong", [["invitation"], {"invitation": has_date()}, {"invitation": ("never",)}])
def test_guards_are_declared_as_tuples_for_each_kind(wrong):
    check_options(ToolUse(tool="letters", options={"guards": {"invitation": (has_date(),)}}))
    with pytest.raises(BadFormat):
        check_options(ToolUse(tool="letters", options={"guards": wrong}))
