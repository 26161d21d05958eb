"""Creating an event asks for what the format can use, and puts it where it was chosen for."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from fdplattform.events.models import Event
from fdplattform.security.permissions import Role


@pytest.fixture
def dialogue(make, client, session):
    dialogue = make.dialogue()
    session.refresh(dialogue, ["municipality"])
    client.login(make.account(Role.COORDINATOR, dialogue.municipality))
    return dialogue


@pytest.fixture
def change_probe(app, monkeypatch):
    """Replaces parts of the format "probe"."""
    formats = app.registry.plugins.formats

    def change(part, **values):
        probe = formats["probe"]
        changed = replace(probe, **{part: replace(getattr(probe, part), **values)})
        monkeypatch.setattr(type(app.registry.plugins), "formats", {**formats, "probe": changed})

    return change


def form_of(client, make, dialogue, query=""):
    return client.get(make.path(dialogue, f"veranstaltung-anlegen?format=probe{query}")).forms["form"]


@pytest.mark.parametrize(("query", "block"), [("", 2), ("&block=3", 3), ("&block=4", 2), ("&block=x", 2)])
def test_it_lies_in_the_block_for_which_the_format_was_chosen(
    client, make, session, change_probe, dialogue, query, block
):
    change_probe("fit", blocks=frozenset({2, 3}))
    form = form_of(client, make, dialogue, query)
    form["starts_at"], form["ends_at"], form["place"] = "2030-05-04T18:00", "2030-05-04T20:00", "Rathaus"
    form.submit(status=303)
    assert session.scalars(select(Event)).one().block == block


def test_places_are_asked_only_where_a_tool_gives_them_out(client, make, session, change_probe, dialogue):
    assert {"capacity"} <= form_of(client, make, dialogue).fields.keys()
    change_probe("conduct", tools=())
    form = form_of(client, make, dialogue)
    assert "capacity" not in form.fields
    form["starts_at"], form["ends_at"], form["place"] = "2030-05-04T18:00", "2030-05-04T20:00", "Rathaus"
    form.submit(status=303)
    event = session.scalars(select(Event)).one()
    fields = client.get(make.path(event, "termin")).forms["form"].fields
    assert not {"capacity", "registration_until"} & fields.keys()


def test_the_title_is_in_the_language_of_the_dialogue_whoever_reads(client, make, dialogue):
    read = [
        client.get(make.path(dialogue, f"veranstaltung-anlegen?format=grossgruppenforum&lang={language}"))
        for language in ("de", "ar")
    ]
    assert [page.forms["form"]["title"].value for page in read] == [
        f"Eintägiges Großgruppenforum: {dialogue.title}"
    ] * 2


def test_an_address_that_nobody_wrote_is_unknown_and_not_empty(client, make, session, dialogue):
    event = make.event(dialogue, state="open")
    form = client.get(make.path(event, f"termin?id={event.dates[0].id}")).forms["form"]
    form["place"] = "Stadthalle"
    form.submit("submit", status=303)
    (date,) = client.get(f"/api/v1/events/{event.id}").json["dates"]
    assert (date["place"], date["address"]) == ("Stadthalle", None)
