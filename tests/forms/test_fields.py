"""What a form looks like to a browser and to assistive technology, and what becomes of what is typed."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from webtest import Upload

from fdplattform import forms
from fdplattform.testing.client import Client
from fdplattform.testing.html import control, described, soup


def test_every_control_has_a_label_and_an_id_of_its_own(page: Client) -> None:
    html = soup(page.get("/demo/form"))
    controls = [tag for tag in html.form.find_all(["input", "select", "textarea"]) if tag.get("type") != "hidden"]
    assert len(controls) > 15
    labelled = {label["for"] for label in html.form.find_all("label")}
    for tag in controls:
        assert tag["id"] in labelled, tag
    ids = [tag["id"] for tag in html.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_help_why_and_kept_are_read_with_the_control(page: Client) -> None:
    html = soup(page.get("/demo/form"))
    assert described(html, control(html, "Titel")) == "Kurz und klar"
    assert described(html, control(html, "E-Mail")) == "Für die Bestätigung."
    assert "aria-describedby" not in control(html, "Tag").attrs


def test_required_is_a_word(page: Client) -> None:
    html = soup(page.get("/demo/form?lang=de"))
    label = html.find("label", attrs={"for": control(html, "Titel")["id"]})
    assert "(erforderlich)" in label.get_text()
    assert control(html, "Titel")["aria-required"] == "true"
    assert "(erforderlich)" not in html.find("label", attrs={"for": control(html, "Tag")["id"]}).get_text()


def test_choices_are_a_fieldset_with_a_legend(page: Client) -> None:
    html = soup(page.get("/demo/form"))
    legends = [legend.get_text(" ", strip=True).split(" (")[0] for legend in html.form.find_all("legend")]
    assert {"Stimmung", "Bedarf", "Personen", "Themen"} <= set(legends)
    assert control(html, "Gut").find_parent("fieldset").legend.get_text(strip=True).startswith("Stimmung")


def test_autocomplete_says_what_a_field_is_for(page: Client) -> None:
    html = soup(page.get("/demo/form"))
    assert control(html, "E-Mail")["autocomplete"] == "email"
    assert control(html, "E-Mail")["type"] == "email"
    assert control(html, "E-Mail")["dir"] == "ltr"
    assert control(html, "Telefon")["autocomplete"] == "tel"


def test_there_is_nothing_that_the_content_security_policy_forbids(page: Client) -> None:
    html = soup(page.get("/demo/form"))
    for tag in html.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name == "style"], tag
    assert not html.find_all("style")
    assert all(script.get("src", "").startswith("/static/") for script in html.find_all("script"))


def test_values_come_clean_and_typed(fill: Any, demo: Any) -> None:
    form = fill(
        goal="Zeile 1\r\nZeile 2\x00",
        places="12",
        day="2026-12-05",
        hour="14:30",
        starts_at="2026-12-05T14:00",
        ends_at="2026-12-05T17:00",
        email="  a@example.org ",
    )
    assert form.submit("submit").status_int == 303
    received = demo.received
    assert received is not None
    assert received["title"] == "Ein Titel"
    assert received["goal"] == "Zeile 1\nZeile 2"
    assert received["places"] == 12
    assert received["day"] == date(2026, 12, 5)
    assert received["hour"] == time(14, 30)
    assert received["starts_at"] == datetime(2026, 12, 5, 13, 0, tzinfo=UTC)
    assert received["mood"] is demo.Mood.GOOD
    assert received["email"] == "a@example.org"
    assert received["consent"] is True
    assert (received["phone"], received["state"], received["needs"], received["people"]) == (None, None, [], [])


def test_what_is_given_is_shown(page: Client, demo: Any) -> None:
    demo.values = {
        "title": "Gegeben <b>",
        "starts_at": datetime(2026, 7, 1, 12, 0, tzinfo=UTC),
        "mood": demo.Mood.BAD,
        "needs": ["sign"],
        "email": None,
        "people": [{"name": "Ali", "age": 3}],
    }
    html = soup(page.get("/demo/form"))
    assert control(html, "Titel")["value"] == "Gegeben <b>"
    assert control(html, "Beginn")["value"] == "2026-07-01T14:00"
    assert control(html, "Schlecht").has_attr("checked")
    assert control(html, "Gebärden").has_attr("checked")
    assert not control(html, "Kinderbetreuung").has_attr("checked")
    assert control(html, "Name")["value"] == "Ali"
    assert not control(html, "E-Mail").has_attr("value")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.5", 1.5), ("1,5", 1.5), ("1.25", 1.25), ("٢٫٥", 2.5), ("-0", 0.0), ("1.2,5", None), ("7", 7.0)],
)
def test_a_number_with_decimals(fill: Any, demo: Any, typed: str, value: float | None) -> None:
    answer = fill(metres=typed).submit("submit", status="*")
    assert answer.status_int == (422 if value is None else 303)
    assert (demo.received or {"metres": None})["metres"] == value


def test_thousands_are_told_from_decimals_by_the_comma() -> None:
    node = forms.Number(decimals=3, name="number")
    assert node.deserialize("1.200") == 1.2
    assert node.deserialize("1.200,5") == 1200.5


@pytest.mark.parametrize("field", [forms.Text, forms.Number, forms.Rows, forms.Email, forms.Flag])
def test_an_option_that_a_field_does_not_know_is_named_with_those_it_knows(field: Any) -> None:
    expected = rf"^{field.__name__} has no option maximum; it knows .*\bdescription\b.*\brequired\b"
    with pytest.raises(TypeError, match=expected):
        field(maximum=3)


def test_more_decimals_than_pages_show_are_refused() -> None:
    with pytest.raises(ValueError, match="decimals are 0 to 3, not 4"):
        forms.Number(decimals=4)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("title", "", "Bitte füllen Sie dieses Feld aus."),
        ("title", "x" * 31, "Bitte schreiben Sie höchstens 30 Zeichen."),
        ("email", "kein-at", "Bitte prüfen Sie die E-Mail-Adresse, zum Beispiel name@example.org."),
        ("phone", "<script>", "Bitte prüfen Sie die Telefonnummer: Erlaubt sind Ziffern, Leerzeichen und +."),
        ("site", "javascript:alert(1)", "Bitte geben Sie eine vollständige Webadresse an, die mit https:// beginnt."),
        ("places", "0", "Bitte wählen Sie eine Zahl ab 1."),
        ("places", "viele", "Bitte schreiben Sie eine ganze Zahl."),
        ("metres", "1.234", "Höchstens 2 Stellen nach dem Komma."),
        ("metres", "weit", "Bitte schreiben Sie eine Zahl."),
        ("metres", "500,01", "Bitte wählen Sie eine Zahl bis 500."),
        ("day", "31.02.2026", "Bitte geben Sie ein Datum an, zum Beispiel 05.12.2026."),
        ("hour", "25:00", "Bitte geben Sie eine Uhrzeit an, zum Beispiel 14:30."),
        ("starts_at", "bald", "Bitte geben Sie Datum und Uhrzeit an, zum Beispiel 05.12.2026 14:30."),
    ],
)
def test_a_mistake_is_explained_at_its_field(
    page: Client, fill: Any, demo: Any, name: str, value: str, message: str
) -> None:
    form = fill()
    form.action = "/demo/form?lang=de"
    form[name].force_value(value)
    answer = form.submit("submit", status=422)
    html = soup(answer)
    tag = html.form.find(attrs={"name": name})
    assert tag["aria-invalid"] == "true"
    assert message in described(html, tag)
    assert demo.received is None
    if tag.name == "input":
        assert tag.get("value", "") == value
    link = html.select_one(".form-errors li a")
    assert link["href"] == f"#{tag['id']}"
    assert message in link.get_text()


def test_the_summary_takes_the_focus(page: Client) -> None:
    summary = soup(page.get("/demo/form").forms["form"].submit("submit", status=422)).select_one(".form-errors")
    assert summary["tabindex"] == "-1"
    assert summary.has_attr("autofocus")
    assert summary["role"] == "alert"
    assert [link["href"].startswith("#deformField") for link in summary.find_all("a")] == [True, True, True]


def test_radio_buttons_carry_the_error_of_their_group(page: Client) -> None:
    html = soup(page.get("/demo/form").forms["form"].submit("submit", status=422))
    group = control(html, "Gut").find_parent("fieldset")
    assert described(html, group)
    assert control(html, "Gut")["aria-invalid"] == "true"


def test_an_option_that_was_not_offered_is_refused(page: Client, fill: Any, demo: Any) -> None:
    form = fill()
    form["state"].force_value("99")
    form.submit("submit", status=422)
    assert demo.received is None


@pytest.mark.parametrize(("typed", "message"), [("2026-10-25T02:30", "zweimal"), ("2026-03-29T02:30", "gibt es")])
def test_a_time_on_the_night_of_the_clock_change(page: Client, fill: Any, typed: str, message: str) -> None:
    form = fill(starts_at=typed)
    form.action = "/demo/form?lang=de"
    html = soup(form.submit("submit", status=422))
    assert message in described(html, control(html, "Beginn"))


def test_the_end_must_come_after_the_start(page: Client, fill: Any) -> None:
    form = fill(starts_at="2026-12-05T14:00", ends_at="2026-12-05T13:00")
    html = soup(form.submit("submit", status=422))
    assert control(html, "Ende")["aria-invalid"] == "true"


@pytest.mark.parametrize("text", ["O'Brien", "مرحبا بكم", "👩🏽‍🚀 Stadt", "a" * 30, 'x"><b>'])
def test_any_name_is_kept_as_it_is(page: Client, fill: Any, demo: Any, text: str) -> None:
    form = fill(title=text)
    form["consent"] = False
    rejected = form.submit("submit", status=422)
    assert control(soup(rejected), "Titel")["value"] == text
    again = rejected.forms["form"]
    again["consent"] = True
    again.submit("submit", status=303)
    assert demo.received is not None
    assert demo.received["title"] == text


def test_a_file_is_recognised_by_its_content(page: Client, fill: Any, demo: Any) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 20
    fill(picture=Upload("C:\\bilder\\foto.png", png)).submit("submit", status=303)
    assert demo.received is not None
    assert demo.received["picture"] == ("foto.png", "image/png", png)


@pytest.mark.parametrize("content", [b"MZ\x90\x00\xff\xfe", b"\x89PNG\r\n\x1a\n" + b"0" * 6000, b"GIF89a\x00"])
def test_a_wrong_or_large_file_is_refused(page: Client, fill: Any, demo: Any, content: bytes) -> None:
    answer = fill(picture=Upload("foto.png", content)).submit("submit", status=422)
    assert control(soup(answer), "Bild")["aria-invalid"] == "true"
    assert demo.received is None
