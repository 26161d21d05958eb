"""Groups: who works on what, who is responsible, and who may read that."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from fdplattform.errors import Conflict, DomainError, StaleVersion
from fdplattform.events.facts import load_facts
from fdplattform.groups import services
from fdplattform.groups.models import Group, GroupKind
from fdplattform.groups.services import GroupText, Leadership, is_set_up
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import SYSTEM
from fdplattform.security.permissions import Role
from fdplattform.testing.html import choose, chosen, soup
from fdplattform.testing.queries import queries


@pytest.fixture
def group(make, session, dialogue) -> Group:
    """A working group of the dialogue."""
    make.field(dialogue, "Wohnen")
    made = services.create_working_groups(session, dialogue, now=dialogue.created_at, actor=SYSTEM)
    session.commit()
    return made[0]


def leaders_form(staff, make, dialogue, group):
    return staff.get(make.path(dialogue, "gruppen", str(group.id), "verantwortung")).forms["form"]


def lead(staff, make, dialogue, group, *ticks: str, **fields: str):
    form = leaders_form(staff, make, dialogue, group)
    for name, value in fields.items():
        form[name] = value
    for tick in ticks:
        form[tick] = True
    return form.submit("submit", status="*")


def test_one_step_makes_a_working_group_for_each_field(staff, make, session, dialogue):
    fields = [make.field(dialogue, title) for title in ("Wohnen", "Arbeit")]
    make.field(make.dialogue(), "Anderswo")
    path = make.path(dialogue, "gruppen")
    form = next(form for form in staff.get(path).forms.values() if form.action.endswith("/arbeitsgruppen"))
    form.submit(status=303)
    form.submit(status=303)
    groups = session.scalars(select(Group).order_by(Group.id)).all()
    assert [(each.title, each.field_id, each.kind) for each in groups] == [
        (field.title, field.id, GroupKind.WORKING_GROUP) for field in fields
    ]
    assert not any(form.action.endswith("/arbeitsgruppen") for form in staff.get(path).forms.values())


def test_without_consent_or_deputy_a_working_group_is_not_set_up(staff, make, session, dialogue, group):
    lead(staff, make, dialogue, group, lead_name="Amal Haddad", deputy_name="Jo Kern")
    session.refresh(group)
    assert group.lead_consented_at is None
    assert not is_set_up(group)
    lead(staff, make, dialogue, group, "consented")
    session.refresh(group)
    assert group.lead_consented_at is not None
    assert is_set_up(group)
    lead(staff, make, dialogue, group, deputy_name="")
    session.refresh(group)
    assert not is_set_up(group)


def test_the_public_page_says_that_a_group_is_not_yet_set_up(client, make, dialogue, group):
    page = soup(client.get(make.path(dialogue, "gruppen") + "?lang=en"))
    assert "Not yet set up" in page.find(id=f"gruppe-{group.id}").text


def test_the_guards_of_an_event_see_the_group(staff, make, app, session, dialogue, group):
    event = make.event(dialogue, state="held")
    lead(staff, make, dialogue, group, "consented", lead_name="Amal Haddad", deputy_name="Jo Kern")
    session.expire_all()
    facts = load_facts(session, app.registry, event, app.registry.plugins.formats["probe"]).groups
    assert [(each.has_lead, each.lead_consented, each.has_deputy) for each in facts] == [(True, True, True)]


def test_names_are_public_only_with_a_consent_of_their_own(staff, make, client, session, dialogue, group):
    contact = {"lead_contact": "amal@example.org", "deputy_contact": "0711 12345"}
    lead(staff, make, dialogue, group, "consented", lead_name="Amal Haddad", deputy_name="Jo Kern", **contact)
    assert "amal@example.org" in staff.get(make.path(dialogue, "gruppen"))
    client.logout()
    for view in ("gruppen", "handlungsfelder"):
        page = client.get(make.path(dialogue, view))
        for secret in ("Amal Haddad", "Jo Kern", "amal@example.org", "0711 12345"):
            assert secret not in page
    session.refresh(group)
    group.lead_public = True
    session.commit()
    for view in ("gruppen", "handlungsfelder"):
        page = client.get(make.path(dialogue, view))
        assert "Amal Haddad" in page
        for secret in ("Jo Kern", "amal@example.org", "0711 12345"):
            assert secret not in page


def test_a_new_name_needs_a_consent_of_its_own(staff, make, session, dialogue, group):
    lead(staff, make, dialogue, group, "consented", "public", lead_name="Amal Haddad", deputy_name="Jo Kern")
    form = leaders_form(staff, make, dialogue, group)
    assert len(chosen(form)) == 2
    answer = lead(staff, make, dialogue, group, lead_name="Kim Berg")
    session.refresh(group)
    assert (group.lead_name, group.lead_consented_at, group.lead_public) == ("Kim Berg", None, False)
    assert answer.location.endswith("/verantwortung")
    lead(staff, make, dialogue, group, "consented")
    session.refresh(group)
    assert group.lead_consented_at is not None


def test_a_consent_keeps_its_date(make, session, dialogue, group):
    first = dialogue.created_at
    person = Leadership(lead_name="Amal Haddad", deputy_name="Jo Kern", consented=True)
    for days, contact in ((0, None), (9, "amal@example.org")):
        leaders = Leadership(**{**vars(person), "lead_contact": contact})
        version = group.version
        now = first + timedelta(days=days)
        services.name_leaders(session, dialogue, group, leaders, version=version, now=now, actor=SYSTEM)
        session.flush()
    assert (group.lead_consented_at, group.lead_contact) == (first, "amal@example.org")


def test_withdrawing_deletes_name_and_contact_at_once(staff, make, session, dialogue, group):
    lead(staff, make, dialogue, group, "consented", "public", lead_name="Amal Haddad", lead_contact="amal@example.org")
    page = staff.get(make.path(dialogue, "gruppen", str(group.id), "verantwortung"))
    next(form for form in page.forms.values() if form.action.endswith("einwilligung-widerrufen")).submit(status=303)
    session.refresh(group)
    assert (group.lead_name, group.lead_contact, group.lead_consented_at, group.lead_public) == (
        None,
        None,
        None,
        False,
    )


def test_the_journal_never_names_who_leads(staff, make, session, dialogue, group):
    lead(staff, make, dialogue, group, "consented", lead_name="Amal Haddad", deputy_name="Jo Kern")
    entries = session.scalars(select(JournalEntry).where(JournalEntry.tag.startswith("group:"))).all()
    assert {entry.tag for entry in entries} == {"group:create", "group:lead", "group:consent"}
    assert all("Amal" not in str(entry.payload) and "Jo Kern" not in str(entry.payload) for entry in entries)


def test_one_person_cannot_stand_in_for_themselves(staff, make, session, dialogue, group):
    answer = lead(staff, make, dialogue, group, lead_name="Amal Haddad", deputy_name="Amal Haddad")
    assert answer.status_int == 422
    assert answer.forms["form"]["deputy_name"].attrs["aria-invalid"] == "true"


def test_nobody_agrees_without_a_name(staff, make, session, dialogue, group):
    answer = lead(staff, make, dialogue, group, "consented")
    assert answer.status_int == 422
    session.refresh(group)
    assert group.lead_consented_at is None


def test_the_steering_group_grows_out_of_the_preparation_group(staff, make, session, dialogue):
    text = GroupText(kind=GroupKind.PREPARATION, title="Vorbereitungsgruppe", task="Den Auftakt planen")
    group = services.create_group(session, dialogue, text, now=dialogue.created_at, actor=SYSTEM)
    session.commit()
    path = make.path(dialogue, "gruppen")
    form = next(form for form in staff.get(path).forms.values() if form.action.endswith("/erweitern"))
    form.submit(status=303)
    form.submit(status=303)
    session.refresh(group)
    assert (group.kind, group.task) == (GroupKind.STEERING, "Den Auftakt planen")
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "group:extend")).one()
    assert entry.public


def test_a_working_group_does_not_become_the_steering_group(session, dialogue, group):
    with pytest.raises(Conflict):
        services.extend_to_steering(session, dialogue, group, title="x", actor=SYSTEM)


def test_a_group_is_created_with_the_form(staff, make, session, dialogue):
    form = staff.get(make.path(dialogue, "gruppen", "anlegen")).forms["form"]
    choose(form, "project_team")
    form["title"], form["least_members"], form["most_members"] = "Projektteam", "3", "8"
    form["first_meeting_at"] = "2026-12-05T18:30"
    form.submit("submit", status=303)
    group = session.scalars(select(Group)).one()
    assert (group.kind, group.title, group.least_members, group.most_members) == (
        GroupKind.PROJECT_TEAM,
        "Projektteam",
        3,
        8,
    )
    assert group.first_meeting_at.isoformat() == "2026-12-05T17:30:00+00:00"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "working_group"}, "field_id"),
        ({"kind": "project_team", "least_members": "8", "most_members": "3"}, "most_members"),
    ],
)
def test_what_contradicts_itself_is_said_at_the_field(staff, make, session, dialogue, changes, field):
    form = staff.get(make.path(dialogue, "gruppen", "anlegen")).forms["form"]
    values = dict(changes)
    choose(form, values.pop("kind"))
    form["title"] = "Gruppe"
    for name, value in values.items():
        form[name] = value
    page = form.submit("submit", status=422)
    assert page.forms["form"][field].attrs["aria-invalid"] == "true"
    assert session.scalars(select(Group)).all() == []


def test_a_field_of_another_dialogue_is_refused(make, session, dialogue):
    text = GroupText(kind=GroupKind.WORKING_GROUP, title="x", field_id=make.field(make.dialogue()).id)
    with pytest.raises(DomainError):
        services.create_group(session, dialogue, text, now=dialogue.created_at, actor=SYSTEM)


def test_a_stale_form_changes_nothing(session, dialogue, group):
    stale = group.version
    text = GroupText(kind=group.kind, title="Neu", field_id=group.field_id)
    services.edit_group(session, dialogue, group, text, version=stale, actor=SYSTEM)
    session.commit()
    with pytest.raises(StaleVersion):
        services.name_leaders(
            session, dialogue, group, Leadership(), version=stale, now=dialogue.created_at, actor=SYSTEM
        )


def test_deleting_a_group_deletes_the_names(staff, make, session, dialogue, group):
    number = group.id
    page = staff.get(make.path(dialogue, "gruppen", str(number), "loeschen"))
    next(form for form in page.forms.values() if form.action.endswith("/loeschen")).submit(status=303)
    session.expire_all()
    assert session.get(Group, number) is None


def test_residents_and_facilitators_change_nothing(client, make, dialogue, group):
    path = make.path(dialogue, "gruppen", str(group.id), "verantwortung")
    client.get(path, status=303)
    make.session.refresh(dialogue, ["municipality"])
    client.login(make.account(Role.FACILITATOR, dialogue.municipality))
    client.get(path, status=403)
    client.get(make.path(dialogue, "gruppen"))


def test_the_programme_office_sees_groups_and_no_contacts(staff, client, make, dialogue, group):
    lead(staff, make, dialogue, group, "consented", lead_name="Amal Haddad", lead_contact="amal@example.org")
    client.logout()
    client.login(make.account(Role.PROGRAMME_OFFICE))
    page = client.get(make.path(dialogue, "gruppen"))
    assert "Wohnen" in page
    assert "Amal Haddad" not in page
    assert "amal@example.org" not in page


def test_the_number_of_queries_does_not_grow(staff, make, session, engine, dialogue, group):
    path = make.path(dialogue, "gruppen")
    with queries(engine) as few:
        staff.get(path)
    for _number in range(8):
        make.field(dialogue)
    services.create_working_groups(session, dialogue, now=dialogue.created_at, actor=SYSTEM)
    session.commit()
    with queries(engine) as many:
        staff.get(path)
    assert len(many) == len(few)


NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("kind", GroupKind)
@pytest.mark.parametrize("lead_name", [None, "Amal"])
@pytest.mark.parametrize("consented_at", [None, NOW])
@pytest.mark.parametrize("deputy_name", [None, "Jo"])
def test_only_a_working_group_needs_all_three(kind, lead_name, consented_at, deputy_name):
    group = Group(kind=kind, lead_name=lead_name, lead_consented_at=consented_at, deputy_name=deputy_name)
    complete = None not in (lead_name, consented_at, deputy_name)
    assert is_set_up(group) == (complete or kind is not GroupKind.WORKING_GROUP)
