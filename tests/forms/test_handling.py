"""What a form answers: 303, 422 with everything typed, 409 with both versions."""

from typing import Any

import pytest

from fdplattform.errors import Conflict, DomainError, NotAllowed, StaleVersion
from fdplattform.testing.client import Client
from fdplattform.testing.html import control, described, soup


def test_success_leads_on(page: Client, fill: Any, demo: Any) -> None:
    answer = fill().submit("submit")
    assert answer.status_int == 303
    assert answer.location == "http://localhost/demo/danke"
    assert demo.saved == 1


def test_a_rejected_form_keeps_everything_typed(page: Client, fill: Any, demo: Any) -> None:
    form = fill(goal="Viel\nText", phone="0711 123", needs=["care"], day="2026-12-05", title="")
    again = form.submit("submit", status=422).forms["form"]
    assert again["goal"].value == "Viel\nText"
    assert again["phone"].value == "0711 123"
    assert again["day"].value == "2026-12-05"
    assert again["consent"].checked
    html = soup(form.submit("submit", status=422))
    assert control(html, "Kinderbetreuung").has_attr("checked")
    assert control(html, "Gut").has_attr("checked")
    assert demo.received is None


def test_a_refusal_of_the_domain_is_said_at_its_field_and_undone(page: Client, fill: Any, demo: Any) -> None:
    demo.error = DomainError("Das geht nicht.", field="email")
    html = soup(fill(email="a@example.org").submit("submit", status=422))
    assert "Das geht nicht." in described(html, control(html, "E-Mail"))
    assert control(html, "E-Mail")["value"] == "a@example.org"
    assert demo.received is not None
    assert demo.saved == 0


def test_a_refusal_inside_a_list_is_said_there(page: Client, fill: Any, demo: Any) -> None:
    demo.values = {"people": [{"name": "Ali"}, {"name": "Eva"}]}
    demo.error = DomainError("Gibt es schon.", field="people.1.name")
    html = soup(fill().submit("submit", status=422))
    names = html.form.find_all("input", attrs={"name": "name"})
    assert [name.get("aria-invalid") for name in names] == [None, "true"]
    assert "Name (2)" in html.select_one(".form-errors").get_text()


def test_a_refusal_about_the_whole_stands_on_top(page: Client, fill: Any, demo: Any) -> None:
    demo.error = Conflict("Die Anmeldung ist geschlossen.")
    html = soup(fill().submit("submit", status=409))
    assert "Die Anmeldung ist geschlossen." in html.select_one(".form-errors").get_text()
    assert control(html, "Titel")["value"].split() == ["Ein", "Titel"]


def test_a_missing_permission_is_no_affair_of_the_form(page: Client, fill: Any, demo: Any) -> None:
    demo.error = NotAllowed("Nur für die Koordination.")
    answer = fill().submit("submit", status=403)
    assert "Nur für die Koordination." in answer.text
    assert demo.saved == 0


def test_a_stale_form_shows_both_versions_and_lets_the_person_decide(page: Client, fill: Any, demo: Any) -> None:
    demo.values = {"version": 3}
    demo.error = StaleVersion("Veraltet", demo.Thing())
    answer = fill(title="Mein Titel", goal="Mein Ziel").submit("submit", status=409)
    html = soup(answer)
    versions = html.select_one(".form-errors")
    for line in ("Mein Titel", "Neuer Titel", "Mein Ziel", "Neues Ziel"):
        assert line in versions.get_text()
    assert control(html, "Titel")["value"] == "Mein Titel"
    assert demo.saved == 0
    demo.error = None
    answer.forms["form"].submit("submit", status=303)
    assert demo.received is not None
    assert (demo.received["title"], demo.received["version"]) == ("Mein Titel", 7)


def test_a_form_from_another_site_is_refused(page: Client, demo: Any) -> None:
    page.get("/demo/form")
    answer = page.post("/demo/form?lang=de", {"title": "x"}, status=400)
    assert "Dieses Formular ist nicht mehr gültig" in answer.text
    assert demo.received is None


@pytest.mark.parametrize("marker", ["__start__", "__end__"])
def test_a_mutilated_form_is_refused_politely(page: Client, demo: Any, marker: str) -> None:
    token = page.get("/demo/form").forms["form"]["csrf_token"].value
    page.post("/demo/form", {"csrf_token": token, marker: "people:sequence"}, status=422)
    assert demo.received is None


@pytest.mark.parametrize("value", ["people:mapping", "title:sequence", "starts_at:mapping", "consent:sequence"])
def test_values_of_another_shape_are_refused(page: Client, demo: Any, value: str) -> None:
    token = page.get("/demo/form").forms["form"]["csrf_token"].value
    sent = [("csrf_token", token), ("__start__", value), ("x", "1"), ("__end__", value)]
    page.post("/demo/form", sent, status=422)
    assert demo.received is None
