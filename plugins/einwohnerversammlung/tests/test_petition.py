"""The second entrance: residents demand the assembly, on paper."""

import pytest

from fdplattform.testing.steps import attempt, reasons, take


@pytest.fixture
def petitioned(assembly, make):
    return make.path(assembly("petitioned", details={"petition_received_on": None}))


def name_person(team, path, name):
    form = team.get(f"{path}/eintrag/trusted_persons").forms["form"]
    form["name"] = name
    assert form.submit().status_int == 303


REJECTION = {"rejected_on": "2026-11-16", "rejection_reason": "Zu wenige Unterschriften"}
ADMISSION = {"admitted_on": "2026-11-16", "admission_reference": "Gemeinderat, Vorlage 43"}


def test_a_petition_leads_to_the_decision(team, make, assembly, session):
    event = assembly()
    path = make.path(event)
    take(team, path, "petition_received", petition_received_on="2026-11-01")
    name_person(team, path, "Amal Haddad")
    take(team, path, "count_signatures", eligible="11400", signatures="350")
    take(team, path, "admit_petition", **ADMISSION)
    take(team, path, "decide", decided_on="2026-11-16", decision_reference="Vorlage 44")
    session.refresh(event)
    assert event.state == "decided"


def test_who_has_not_counted_cannot_admit(team, petitioned):
    name_person(team, petitioned, "Amal Haddad")
    assert "form" not in attempt(team, petitioned, "admit_petition").forms


@pytest.mark.parametrize(("signatures", "enough"), [("349", False), ("350", True)])
def test_the_quorum_decides(team, petitioned, signatures, enough):
    name_person(team, petitioned, "Amal Haddad")
    take(team, petitioned, "count_signatures", eligible="11400", signatures=signatures)
    answer = attempt(team, petitioned, "admit_petition", **ADMISSION)
    assert (answer.status_int == 303) is enough
    if not enough:
        assert "349 von 350" in reasons(answer)


def test_more_signatures_than_residents_cannot_be(team, petitioned):
    name_person(team, petitioned, "Amal Haddad")
    take(team, petitioned, "count_signatures", eligible="400", signatures="401")
    assert "form" not in attempt(team, petitioned, "admit_petition").forms


def test_the_population_can_be_entered_where_the_register_does_not_know_it(team, petitioned, municipality, session):
    municipality.population = None
    session.commit()
    name_person(team, petitioned, "Amal Haddad")
    take(team, petitioned, "count_signatures", eligible="3200", signatures="160")
    assert "form" not in attempt(team, petitioned, "admit_petition").forms
    form = team.get(f"{petitioned}/bearbeiten").forms["form"]
    form["details_population"] = "4000"
    assert form.submit().status_int == 303
    take(team, petitioned, "admit_petition", **ADMISSION)


def test_a_fourth_trusted_person_is_warned_of(team, petitioned):
    take(team, petitioned, "count_signatures", eligible="11400", signatures="400")
    assert attempt(team, petitioned, "admit_petition", **ADMISSION).status_int == 422
    for name in ("Amal", "Berta", "Chidi", "Dilek"):
        name_person(team, petitioned, name)
    assert attempt(team, petitioned, "admit_petition", **ADMISSION).status_int == 422
    take(team, petitioned, "admit_petition", justification="Nur drei werden benannt.", **ADMISSION)


def test_a_rejected_petition_leaves_a_draft(team, make, assembly, session):
    event = assembly("petitioned")
    path = make.path(event)
    assert attempt(team, path, "reject_petition", rejected_on="2026-11-16").status_int == 422
    take(team, path, "reject_petition", **REJECTION)
    session.refresh(event)
    assert event.state == "draft"
    assert "Zu wenige Unterschriften" in team.get(f"{path}/bearbeiten")


@pytest.mark.parametrize("step", ["reject_petition", "petition_mistaken"])
def test_a_petition_that_is_off_does_not_hurry_the_assembly(team, make, assembly, step):
    path = make.path(assembly())
    take(team, path, "petition_received", petition_received_on="2025-01-07")
    take(team, path, step, **(REJECTION if step == "reject_petition" else {}))
    take(team, path, "decide", decided_on="2026-11-16", decision_reference="Vorlage 44")
    take(team, path, "announce")


@pytest.mark.parametrize(("dealt_with", "warned"), [("2026-05-02", True), ("2026-04-30", False)])
def test_the_same_subject_so_soon_wants_a_reason(team, make, assembly, dealt_with, warned):
    given = {"petition_received_on": "2026-11-01", "last_dealt_with_on": dealt_with}
    event = assembly("petitioned", details={**given, "eligible": 11_400, "signatures": 350})
    path = make.path(event)
    name_person(team, path, "Amal Haddad")
    answer = attempt(team, path, "admit_petition", **ADMISSION)
    assert (answer.status_int == 422) is warned
    if warned:
        take(team, path, "admit_petition", justification="Es geht um einen anderen Platz.", **ADMISSION)


def test_where_no_petition_is_recorded_it_wants_a_reason(team, make, assembly):
    path = make.path(assembly(land="Sachsen"))
    assert attempt(team, path, "petition_received", petition_received_on="2026-11-01").status_int == 422
    take(team, path, "petition_received", petition_received_on="2026-11-01", justification="§ 22 SächsGemO geprüft")


def test_an_assembly_long_after_the_petition_wants_a_reason(team, make, assembly):
    event = assembly("decided", details={"petition_received_on": "2025-01-07"})
    assert attempt(team, make.path(event), "announce").status_int == 422


def test_the_list_of_signatures_names_who_speaks_and_says_paper_only(team, make, assembly, client):
    event = assembly("petitioned", details={"eligible": 11_400})
    path = make.path(event)
    name_person(team, path, "Amal Haddad")
    page = team.get(f"{path}/unterlagen/unterschriften")
    for text in ("Amal Haddad", "350", "nur auf Papier", "16"):
        assert text in page
    client.logout()
    assert client.get(f"{path}/unterlagen/unterschriften", expect_errors=True).status_int != 200


def test_who_speaks_for_the_petition_is_never_public(client, team, make, assembly, session):
    event = assembly("petitioned")
    name_person(team, make.path(event), "Amal Haddad")
    event.state = "announced"
    session.commit()
    client.logout()
    assert "Amal Haddad" not in client.get(make.path(event))
