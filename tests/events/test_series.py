"""A series is made from the dialogue's fields of action."""

from fdplattform.security.permissions import Role


def test_without_fields_one_is_led_to_them(make, client, session):
    dialogue = make.dialogue()
    session.refresh(dialogue, ["municipality"])
    client.login(make.account(Role.COORDINATOR, dialogue.municipality))
    answer = client.get(make.path(dialogue, "reihe-anlegen?format=handlungsfeld"), status=303)
    assert answer.location.endswith("/handlungsfelder")
    assert "ein Handlungsfeld" in answer.follow().text or "jedes Handlungsfeld" in answer.follow().text
