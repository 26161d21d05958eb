"""The way of an assembly from the decision to the last answer, as the coordinator leads it in the browser."""

from datetime import timedelta

import pytest

from fdp_einwohnerversammlung.models import Suggestion
from fdplattform.events.time import take_all_due_steps
from fdplattform.jobs.registry import JobContext
from fdplattform.testing.html import choose
from fdplattform.testing.steps import attempt, reasons, take


def suggest(team, path, text, **values):
    form = team.get(f"{path}/eintrag/suggestions").forms["form"]
    form["text"] = text
    for name, value in values.items():
        form[name] = value
    return form.submit(expect_errors=True)


def answer(team, make, event, suggestion, **values):
    form = team.get(make.path(event, "eintrag", "suggestions", str(suggestion.id))).forms["form"]
    for name, value in values.items():
        form[name] = value
    assert form.submit().status_int == 303


def test_from_the_decision_to_the_last_answer(team, coordinator, make, assembly, session, clock):
    event = assembly()
    path = make.path(event)
    take(team, path, "decide", decided_on="2026-11-02", decision_reference="Vorlage 41")
    assert team.get(f"{path}/unterlagen/bekanntmachung").status_int == 200
    take(team, path, "announce")

    session.commit()
    clock.advance(days=31)
    take_all_due_steps(JobContext(registry=make.registry, now=clock(), key="test"))
    session.refresh(event)
    assert event.state == "held"
    team.login(coordinator)

    assert suggest(team, path, "Gehweg zur Schule").status_int == 303
    take(team, path, "release_minutes", minutes_released_on="2026-12-24")
    assert "zuständige" in reasons(attempt(team, path, "assign"))

    suggestion = session.query(Suggestion).one()
    answer(team, make, event, suggestion, body="Technischer Ausschuss")
    take(team, path, "assign")
    assert reasons(attempt(team, path, "answer"))
    answer(team, make, event, suggestion, answered_on="2026-12-27", answer="Der Gehweg wird 2027 gebaut.")
    take(team, path, "answer")
    assert reasons(attempt(team, path, "close"))
    make.finding(event)
    take(team, path, "close")

    team.logout()
    page = team.get(path)
    assert "Der Gehweg wird 2027 gebaut." in page
    assert "Technischer Ausschuss" in page
    assert "§ 20a GemO" in page


def test_a_new_suggestion_is_due_three_months_after_the_assembly(team, make, assembly, clock):
    start = clock().replace(year=2031, month=11, day=30, hour=18)
    event = assembly("held", starts_at=start)
    form = team.get(make.path(event, "eintrag", "suggestions")).forms["form"]
    assert form["due_on"].value == "2032-02-29"


def test_where_no_time_limit_is_recorded_none_is_proposed(team, make, assembly):
    form = team.get(make.path(assembly("held", "Sachsen"), "eintrag", "suggestions")).forms["form"]
    assert form["due_on"].value == ""


def test_a_later_answer_wants_a_reason(team, make, assembly, clock):
    event = assembly("minutes_released")
    path = make.path(event)
    suggest(team, path, "Gehweg", body="Gemeinderat", due_on=str((clock() + timedelta(days=500)).date()))
    assert attempt(team, path, "assign").status_int == 422
    take(team, path, "assign", justification="Der Haushalt wird erst im Herbst beraten.")


@pytest.mark.parametrize(("days", "warned"), [(6, True), (8, False)])
def test_a_short_notice_is_warned_of_but_never_stopped(team, make, assembly, clock, days, warned):
    path = make.path(assembly("decided", starts_at=clock() + timedelta(days=days)))
    assert (attempt(team, path, "announce").status_int == 422) is warned
    if warned:
        take(team, path, "announce", justification="Die Lage hat sich geändert.")


def set_severity(team, make, municipality, value):
    form = team.get(make.path(municipality, "formate", "einwohnerversammlung", "einstellungen")).forms["form"]
    choose(form, value)
    assert form.submit().status_int == 303


def test_where_the_law_names_days_the_municipality_may_be_stopped(team, make, assembly, clock, municipality):
    event = assembly("decided", "Hessen", starts_at=clock() + timedelta(days=6))
    path = make.path(event)
    assert "§ 8a HGO" in reasons(team.get(f"{path}/schritt?transition=announce"))
    assert attempt(team, path, "announce").status_int == 422
    set_severity(team, make, municipality, "block")
    assert "form" not in attempt(team, path, "announce").forms


def test_a_guide_value_never_stops_even_those_who_want_to_be_stopped(team, make, assembly, clock, municipality):
    path = make.path(assembly("decided", starts_at=clock() + timedelta(days=3)))
    set_severity(team, make, municipality, "block")
    assert "Der Richtwert sind 14 Tage" in reasons(team.get(f"{path}/schritt?transition=announce"))
    take(team, path, "announce", justification="Eilfall")


def test_without_a_norm_the_decision_is_warned_of(team, make, assembly):
    path = make.path(assembly(land="Bremen"))
    answers = {"decided_on": "2026-11-02", "decision_reference": "Beirat"}
    assert attempt(team, path, "decide", **answers).status_int == 422
    take(team, path, "decide", justification="Ortsgesetz", **answers)


def test_nothing_is_public_before_the_notice(client, make, assembly):
    for state in ("draft", "petitioned", "petition_admitted", "decided"):
        event = assembly(state)
        assert client.get(make.path(event), expect_errors=True).status_int != 200
        shown = client.get(make.path(event, "unterlagen", "bekanntmachung"), expect_errors=True)
        assert shown.status_int != 200


def test_the_notice_names_place_agenda_and_who_may_speak(client, make, assembly):
    page = client.get(make.path(assembly("announced"), "unterlagen", "bekanntmachung"))
    for text in ("Einwohnerversammlung", "Rathaus", "Murmelgruppen", "die Leitung kann anderen das Wort geben"):
        assert text in page


def test_in_bavaria_it_is_called_buergerversammlung(client, make, assembly):
    event = assembly("announced", "Bayern")
    assert "Bürgerversammlung" in client.get(make.path(event))
    assert "Bürgerversammlung" in client.get(make.path(event, "unterlagen", "bekanntmachung"))


def test_what_is_not_recorded_is_said(team, make, assembly):
    page = team.get(make.path(assembly(land="Saarland"), "unterlagen", "recht"))
    assert "§ 20 KSVG" in page
    assert "noch nicht erfasst" in page


def test_what_is_only_presumed_is_said(team, make, assembly):
    page = team.get(make.path(assembly(), "unterlagen", "recht"))
    assert "(nicht bestätigt)" in page
    assert "(not confirmed)" not in page


@pytest.mark.parametrize(
    ("state", "step", "before"),
    [
        ("petitioned", "petition_mistaken", "draft"),
        ("petition_admitted", "check_again", "petitioned"),
        ("decided", "undecide", "draft"),
        ("held", "not_over", "announced"),
        ("minutes_released", "revise_minutes", "held"),
        ("suggestions_assigned", "assign_again", "minutes_released"),
        ("answered", "correct_answers", "suggestions_assigned"),
    ],
)
def test_a_wrong_click_is_taken_back(team, make, assembly, session, state, step, before):
    event = assembly(state)
    take(team, make.path(event), step)
    session.refresh(event)
    assert event.state == before


def test_the_page_of_a_step_says_that_no_way_leads_back(team, make, assembly):
    warning = "Von diesem Schritt führt kein Weg zurück."
    event = assembly("answered")
    make.finding(event)
    assert warning in team.get(make.path(event, "schritt?transition=close"))
    assert warning not in team.get(make.path(event, "schritt?transition=correct_answers"))
    assert warning not in team.get(make.path(assembly("held"), "schritt?transition=release_minutes"))
