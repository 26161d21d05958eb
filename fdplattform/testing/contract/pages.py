"""The pages: made from the declaration, they work in every state, for every role, in every language."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.events.transitions import workflow_of
from fdplattform.forms import LongText, Number, Text
from fdplattform.municipalities.models import Municipality
from fdplattform.plugins.format import EventFormat, RecordList
from fdplattform.plugins.registry import LoadedPlugin, PluginState
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.contract.base import Contract, states_of
from fdplattform.testing.contract.samples import fill, row
from fdplattform.testing.factories import Make
from fdplattform.web.locale import LANGUAGE_COOKIE

#: What a page may answer to somebody: here it is, it is not yours, it is not here, please sign in, not in this state.
ANSWERS = frozenset({200, 303, 403, 404, 409})


class PagesContract(Contract):
    """The format's pages work."""

    @pytest.fixture
    def host(self, make: Make) -> Municipality:
        """The municipality in which the events take place."""
        return make.municipality(population=24_000)

    @pytest.fixture
    def dialogue(self, make: Make, host: Municipality) -> Dialogue:
        """Its dialogue, with a field of action."""
        dialogue = make.dialogue(host)
        make.field(dialogue, "Wohnen")
        return dialogue

    @pytest.fixture
    def event(self, make: Make, dialogue: Dialogue, format: EventFormat) -> Event:
        """An event of the format with a row in each of its lists."""
        event = make.event(dialogue, format_id=format.id)
        make.session.add_all([row(each.model, event.id, "", event.created_at) for each in format.data.lists])
        make.session.commit()
        return event

    @pytest.fixture
    def team(self, client: Client, make: Make, host: Municipality) -> Client:
        """The coordinator's browser."""
        client.login(make.account(Role.COORDINATOR, host))
        return client

    def test_an_event_can_be_created(self, team: Client, make: Make, dialogue: Dialogue, format: EventFormat) -> None:
        """The form that the core makes from the declaration can be filled in and sent."""
        after = [make.event(dialogue, format_id=each).slug for each in sorted(format.fit.follows)[:1]]
        query = f"format={format.id}" + "".join(f"&nach={slug}" for slug in after)
        form = team.get(make.path(dialogue, f"veranstaltung-anlegen?{query}")).forms["form"]
        if format.data.details is not None:
            fill(form, format.data.details(), self.answers, "details_")
        for name, value in {
            "title": "Ein Treffen der Kontrolle",
            "starts_at": "2030-05-04T18:00",
            "ends_at": "2030-05-04T20:00",
            "place": "Rathaus",
            "capacity": "1",
        }.items():
            if name in form.fields:
                form[name] = value
        answer = form.submit(expect_errors=True)
        assert answer.status_int == 303, answer.text
        event = make.session.query(Event).filter_by(title="Ein Treffen der Kontrolle").one()
        assert event.state == format.conduct.workflow.initial

    def test_answers_can_be_changed(self, team: Client, make: Make, event: Event, format: EventFormat) -> None:
        """The editing form takes every answer, in a state in which the team may edit."""
        _move_to(make, event, _state_with(format, "event:edit"))
        form = team.get(make.path(event, "bearbeiten")).forms["form"]
        if format.data.details is not None:
            fill(form, format.data.details(), self.answers, "details_")
        answer = form.submit(expect_errors=True)
        assert answer.status_int == 303, answer.text

    def test_lists_can_be_kept(self, team: Client, make: Make, event: Event, format: EventFormat) -> None:
        """Rows are added, changed and deleted; a stale change is noticed."""
        for record_list in format.data.lists:
            state = next(s.id for s in states_of(format) if _may_edit(format, record_list, s.id))
            _move_to(make, event, state)
            self._keep(team, make, event, record_list)

    def _keep(self, team: Client, make: Make, event: Event, record_list: RecordList) -> None:
        session = make.session
        rows = session.query(record_list.model).filter_by(event_id=event.id).order_by(record_list.model.id)
        form = team.get(make.path(event, "eintrag", record_list.id)).forms["form"]
        fill(form, record_list.schema(), self.answers)
        added = form.submit(expect_errors=True)
        assert added.status_int == 303, f"{record_list.id}: {added.text}"
        session.expire_all()
        assert rows.count() == 2, record_list.id
        address = make.path(event, "eintrag", record_list.id, str(rows.all()[-1].id))
        first, second = team.get(address).forms["form"], team.get(address).forms["form"]
        for each in (first, second):
            fill(each, record_list.schema(), self.answers)
        name, text = _change(first, record_list)
        first[name] = text
        assert first.submit(expect_errors=True).status_int == 303, record_list.id
        second[name] = f"{text}2"
        assert second.submit(expect_errors=True).status_int == 409, f"{record_list.id}: mix in Versioned"
        page = team.get(make.path(event, "listen", record_list.id))
        deletions = [form for form in page.forms.values() if "/eintrag-loeschen/" in form.action]
        assert deletions[0].submit().status_int == 303
        session.expire_all()
        assert rows.count() == 1, record_list.id

    def test_follow_ups_say_where_the_answer_goes(
        self, team: Client, make: Make, event: Event, format: EventFormat
    ) -> None:
        """Their page opens from the step on until the very end."""
        workflow = format.conduct.workflow
        for follow_up in format.conduct.follow_ups:
            ends = [state.id for state in workflow.states if state.final]
            for state in filter(None, (workflow.transition(follow_up.from_step).target, *ends)):
                _move_to(make, event, state)
                page = team.get(make.path(event, follow_up.where), status="*")
                assert page.status_int == 200, f"{follow_up.id}: {follow_up.where} in {state}"

    def test_settings_can_be_changed(self, team: Client, make: Make, host: Municipality, format: EventFormat) -> None:
        """The municipality's settings for the format are shown and saved."""
        address = make.path(host, "formate", format.id, "einstellungen")
        if format.data.settings is None:
            assert team.get(address, status=404)
            return
        assert team.get(address).forms["form"].submit(expect_errors=True).status_int == 303

    @pytest.mark.parametrize("language", ["de", "en", "ar"])
    def test_the_team_sees_every_page_in_every_state(
        self,
        team: Client,
        make: Make,
        event: Event,
        host: Municipality,
        format: EventFormat,
        language: str,
    ) -> None:
        """Also every list, every printed page and every step with what speaks against it."""
        team.set_cookie(LANGUAGE_COOKIE, language)
        assert team.get(make.path(host, "formate", format.id)).status_int == 200
        for state in workflow_of(format).states:
            _move_to(make, event, state.id)
            for view in ("", "schritte"):
                assert team.get(make.path(event, view), status="*").status_int == 200, f"{view!r} in {state.id}"
            for view in _views(format, state.id):
                status = team.get(make.path(event, view), status="*").status_int
                assert status in ANSWERS, f"{view} in {state.id} answers {status}"

    @pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.DAY_LINK)], ids=str)
    def test_everybody_sees_a_page_or_a_clear_no(
        self,
        client: Client,
        make: Make,
        event: Event,
        host: Municipality,
        format: EventFormat,
        role: Role,
    ) -> None:
        """A public event can be read without an account; nothing breaks for anybody."""
        if role not in (Role.ANONYMOUS, Role.PARTICIPANT):
            client.login(make.account(role, None if role in (Role.ADMIN, Role.PROGRAMME_OFFICE) else host))
        for state in workflow_of(format).states:
            _move_to(make, event, state.id)
            if state.public:
                assert client.get(make.path(event)).status_int == 200
            for view in ("", "schritte", *_views(format, state.id)):
                status = client.get(make.path(event, view), status="*").status_int
                assert status in ANSWERS, f"{view!r} in {state.id} answers {status}"

    def test_printed_pages_are_pages_of_the_platform(
        self, team: Client, make: Make, event: Event, format: EventFormat
    ) -> None:
        """They stand in the layout, which says the language and brings the heading: screen readers need both."""
        for material in format.output.materials:
            state = next(each.id for each in states_of(format) if material.states is None or each.id in material.states)
            _move_to(make, event, state)
            html = team.get(make.path(event, "unterlagen", material.id)).html
            assert html.html.get("lang"), f"{material.id}: <html> has no lang; use the core's layout"
            assert html.select_one("main h1") is not None, f"{material.id} does not use the core's layout"

    def test_the_public_page_says_first_what_it_is_about(
        self, client: Client, make: Make, event: Event, format: EventFormat
    ) -> None:
        """The goal, and what happens with the results: people did not know it in earlier dialogues."""
        for state in states_of(format):
            _move_to(make, event, state.id)
            if state.public:
                main = client.get(make.path(event)).html.main
                about = [section.get_text(" ", strip=True) for section in main.select("section")[:2]]
                assert event.goal in about[0], state.id
                assert event.results_promise in about[1], state.id

    def test_events_can_be_read_when_the_plugin_is_gone(
        self,
        team: Client,
        make: Make,
        event: Event,
        plugin: LoadedPlugin,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The team still reads the event, and lists that name it still work."""
        monkeypatch.setattr(plugin, "state", PluginState.NOT_LOADED)
        assert event.title in team.get(make.path(event))
        assert event.title in team.get(make.path(make.session.get_one(Dialogue, event.dialogue_id)))
        assert team.get(make.path(event, "protokoll")).status_int == 200
        assert team.get(make.path(event, "schritte"), status=404)


def _views(format_: EventFormat, state: str) -> Iterator[str]:
    """The pages of an event that depend on its format."""
    yield from ("bearbeiten", "termine", "wer-darf-was")
    for record_list in format_.data.lists:
        yield from (f"listen/{record_list.id}", f"eintrag/{record_list.id}", f"listen-export/{record_list.id}")
    yield from (f"unterlagen/{material.id}" for material in format_.output.materials)
    yield from (f"schritt?transition={step.id}" for step in workflow_of(format_).leaving(state))


def _move_to(make: Make, event: Event, state: str) -> None:
    make.session.refresh(event)
    event.state, event.entered_at = state, event.created_at + timedelta(minutes=1)
    make.session.commit()


def _state_with(format_: EventFormat, permission: str) -> str:
    """A state in which the coordinator holds the permission."""
    for state in states_of(format_):
        if permission in state.grants.get(Role.COORDINATOR, ()):
            return state.id
    raise AssertionError(f"the coordinator has {permission} in no state")


def _may_edit(format_: EventFormat, record_list: RecordList, state: str) -> bool:
    granted = workflow_of(format_).state(state).grants.get(Role.COORDINATOR, frozenset())
    return record_list.editable_in(state) and "record:edit" in granted


def _change(form: Any, record_list: RecordList) -> tuple[str, str]:
    """A field in which something else can be written, and what."""
    nodes = [node for node in record_list.schema().children if form.fields.get(node.name)]
    for node in nodes:
        if type(node) in (Text, LongText):
            return node.name, "Geändert"
    return next(node.name for node in nodes if isinstance(node, Number)), "2"
