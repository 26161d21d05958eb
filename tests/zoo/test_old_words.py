"""A plugin written for API 1.0 goes on working; what it says in old words warns its author."""

import pytest

from fdplattform.api import EventFormat, Role, Text
from fdplattform.errors import Retired
from fdplattform.testing.probe import PROBE


def test_what_was_written_for_the_first_version_still_runs(app, client, make):
    plugin = next(each for each in app.registry.plugins.all if each.id == "zoo_old_words")
    assert (plugin.api, plugin.state.value, plugin.reason) == ((1, 0), "active", "")
    municipality = make.municipality()
    coordinator = make.account(Role.COORDINATOR, municipality)
    event = make.event(make.dialogue(municipality), format_id="zoo_old_words", state="draft")
    client.login(coordinator)
    client.get(make.path(event, "schritt?transition=announce"))
    for page in ("", "schritte", "bearbeiten", "wer-darf-was"):
        assert client.get(make.path(event, page)).status_int == 200
    about = client.get(make.path(municipality, "formate", "zoo_old_words"))
    assert "group_member" not in about.text
    assert "kern-icon--calendar-today" in client.get(make.path(municipality, "formate/")).text
    assert "unicorn" not in client.get(make.path(municipality, "formate/")).text


@pytest.mark.parametrize(
    ("old", "instead"),
    [
        (
            lambda: Text(title="Question", translatable=True),
            "Text Question: leave out translatable; a text that is public can be translated",
        ),
        (lambda: Role.GROUP_MEMBER, "grant nothing to it"),
        (lambda: with_icon("unicorn"), "no icon called unicorn; known are account-circle, calendar-today"),
    ],
    ids=["translatable", "GROUP_MEMBER", "icon"],
)
def test_old_words_warn_and_say_what_to_do(old, instead):
    with pytest.warns(Retired, match=instead):
        old()


def test_authors_notice_it_in_their_tests(pytestconfig):
    assert "error::fdplattform.errors.Retired" in pytestconfig.getini("filterwarnings")


def with_icon(icon: str) -> EventFormat:
    return EventFormat(id="x1", title="X", summary="X", icon=icon, fit=PROBE.fit, conduct=PROBE.conduct)


def test_a_role_that_never_was_is_still_an_error():
    with pytest.raises(AttributeError, match="KING"):
        _ = Role.KING
