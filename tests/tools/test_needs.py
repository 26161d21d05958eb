"""The questions about what somebody needs are the same everywhere; until when the answers are kept is not."""

from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.tools.draw.replies.schemas import YesSchema
from fdplattform.tools.needs import Needs
from fdplattform.tools.registration.schemas import PersonSchema

FIELDS = ["interpreter", "children", "access_needs"]


def test_each_form_says_why_it_asks_and_until_when_it_keeps_the_answer() -> None:
    asked = {schema: schema()["needs"].children for schema in (PersonSchema, YesSchema)}
    said = {schema: [(str(field.why), str(field.kept)) for field in fields] for schema, fields in asked.items()}
    assert [[field.name for field in fields] for fields in asked.values()] == [FIELDS, FIELDS]
    assert {kept for _why, kept in said[PersonSchema]} == {"We delete it 7 days after the event."}
    assert {kept for _why, kept in said[YesSchema]} == {"We delete it when the event is over."}
    assert "So that we can plan the childcare." in {why for why, _kept in said[PersonSchema]}
    assert "So that we can plan the childcare, should you be drawn." in {why for why, _kept in said[YesSchema]}
    assert not any(hasattr(field, "kept") and field.kept for field in Needs().children)


def test_residents_read_it_beside_each_question(client: Client, make: Make) -> None:
    page = client.get(f"{make.path(make.event(state='open'))}/anmelden").html
    for name in FIELDS:
        hint = page.find(id=page.find(attrs={"name": name})["aria-describedby"].split()[0])
        assert "7 Tage nach der Veranstaltung" in hint.text
