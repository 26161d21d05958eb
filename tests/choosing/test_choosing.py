"""Compare formats and be advised, as a coordinator does it."""

import pytest
from webob.multidict import MultiDict

from fdplattform.choosing.schemas import read_answers, read_block
from fdplattform.dialogues.models import PhaseStatus
from fdplattform.dialogues.phases import phases_of
from fdplattform.method.advisor import Answers, Tension
from fdplattform.plugins.format import Aim, Openness
from fdplattform.plugins.offers import offer
from fdplattform.testing.html import choose, chosen, soup


def test_all_formats_on_offer_are_compared_and_can_be_chosen(staff, make, dialogue):
    page = soup(staff.get(make.path(dialogue, "format-waehlen")))
    assert "Probe" in page.find("thead").text
    assert page.find("a", href=f"{make.path(dialogue)}/veranstaltung-anlegen?format=probe") is not None


def test_a_fact_of_all_formats_stands_in_one_row(staff, make, dialogue):
    page = soup(staff.get(make.path(dialogue, "format-waehlen?lang=de&block=")))
    titles = [cell.get_text(strip=True) for cell in page.select("thead th")]
    assert len(titles) > 3
    rows = {row.find("th").get_text(strip=True): row.select("td") for row in page.select("tbody tr")}
    assert {"Personen", "Gut für"} <= rows.keys()
    for cells in rows.values():
        assert [cell["data-label"] for cell in cells] == titles


def test_the_building_block_decides_which_are_compared_and_goes_along(staff, make, dialogue):
    fitting = soup(staff.get(make.path(dialogue, "format-waehlen"), {"block": "2"}))
    assert fitting.find("a", href=f"{make.path(dialogue)}/veranstaltung-anlegen?format=probe&block=2") is not None
    assert "Probe" not in staff.get(make.path(dialogue, "format-waehlen"), {"block": "6"}).text


def run(session, dialogue, *blocks):
    for phase in phases_of(session, dialogue.id):
        phase.status = PhaseStatus.RUNNING if phase.block in blocks else PhaseStatus.DONE
    session.commit()


def current(page):
    return [link.text for link in page.html.select(".jump a[aria-current]")]


def test_the_comparison_opens_with_the_block_that_is_running(staff, make, session, dialogue):
    run(session, dialogue, 2)
    page = staff.get(make.path(dialogue, "format-waehlen"))
    assert [text[0] for text in current(page)] == ["2"]
    assert "format=probe&block=2" in page.html.find("a", href=lambda href: "format=probe" in href)["href"]
    everything = page.click(href=r"format-waehlen\?block=$")
    assert current(everything) == [everything.html.select_one(".jump a").text]


def test_a_running_block_without_formats_hides_none(staff, make, session, dialogue):
    run(session, dialogue, 6)
    assert "Probe" in staff.get(make.path(dialogue, "format-waehlen")).html.find("thead").text


def test_a_format_that_was_withdrawn_here_is_in_neither_page(staff, make, session, dialogue):
    offer(session, dialogue.municipality_id, "probe", offered=False)
    session.commit()
    for view in ("format-waehlen", "beratung"):
        assert "A format for tests" not in staff.get(make.path(dialogue, view)).text


def questions(page):
    return next(form for form in page.forms.values() if form.method.lower() == "get")


def test_the_advice_ranks_and_says_why_with_numbers(staff, make, dialogue):
    form = questions(staff.get(make.path(dialogue, "beratung") + "?lang=en"))
    choose(form, "deepen_field")
    form["personen"], form["wochen"] = "50", "0"
    page = soup(form.submit())
    card = next(tag for tag in page.select(".ranking li") if tag.find("h3") and "Probe" in tag.find("h3").text)
    assert "You expect 50 people; it is for 1 to 1,000." in card.select_one(".reasons-for").text
    against = card.select_one(".reasons-against").text
    assert "The time is short: weeks left 0, needed 1." in against
    assert "It is not made for: Look closely at one subject." in against
    meter = card.find("meter")
    assert meter["value"] == str(round(100 * 20 / 65))
    assert page.find("label", attrs={"for": meter["id"]}) is not None


def test_the_result_can_be_shared_by_its_address(staff, make, dialogue):
    path = make.path(dialogue, "beratung")
    page = staff.get(f"{path}?ziel=inform&ziel=form_groups&stimmung=conflict&wer=drawn&personen=15&wochen=9&team=2")
    form = questions(page)
    assert set(chosen(form)) == {"inform", "form_groups", "conflict", "drawn"}
    assert [form[name].value for name in ("personen", "wochen", "team")] == ["15", "9", "2"]


def test_before_the_first_answer_there_is_no_score(staff, make, dialogue):
    page = soup(staff.get(make.path(dialogue, "beratung")))
    assert page.find("meter") is None
    assert page.select(".ranking li")


def test_in_arabic_the_reasons_are_translated_inside_too(staff, make, dialogue):
    page = staff.get(make.path(dialogue, "beratung") + "?lang=ar&ziel=inform&wer=open")
    assert soup(page).html["dir"] == "rtl"
    reasons = soup(page).select_one(".reasons-for").text
    assert "Inform" not in reasons
    assert "Everybody" not in reasons


def test_only_who_creates_events_is_advised(client, make, dialogue):
    for view in ("format-waehlen", "beratung"):
        client.get(make.path(dialogue, view), status=303)
        client.get(make.path(dialogue, view), headers={"Accept-Language": "ar"}, status=303)


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        ({}, Answers()),
        (
            {"ziel": "inform", "personen": " 40 ", "stimmung": "calm", "wer": "open", "wochen": "0", "team": "0"},
            Answers(
                aims=frozenset({Aim.INFORM}), people=40, tension=Tension.CALM, openness=Openness.OPEN, weeks=0, staff=0
            ),
        ),
        ({"ziel": "frieden", "personen": "-3", "stimmung": "?", "wer": "", "wochen": "²", "team": "1e3"}, Answers()),
        ({"personen": "0", "wochen": "999999999999", "team": "٣"}, Answers()),
    ],
)
def test_what_makes_no_sense_leaves_a_question_open(query, answers):
    assert read_answers(MultiDict(query)) == answers


@pytest.mark.parametrize(("text", "block"), [("2", 2), ("7", None), ("0", None), ("x", None), ("", None)])
def test_a_building_block_is_one_of_six(text, block):
    assert read_block(MultiDict(block=text)) == block
