"""The legal pages, their gaps, and reports about barriers, through HTTP."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.jobs.models import Job
from fdplattform.jobs.registry import JobContext
from fdplattform.legal import check_legal_texts
from fdplattform.legal.barriers import forget_old_reports
from fdplattform.legal.gaps import GAPS
from fdplattform.legal.models import BarrierReport, LegalPage
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make

PAGES = [page.value for page in LegalPage]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_pages_are_there_in_every_language(client: Client, make: Make, page: str, language: str) -> None:
    make.municipality(slug="musterstadt")
    for path in (f"/{page}", f"/kommunen/musterstadt/{page}"):
        assert client.get(path, {"lang": language}).html.html["lang"] == language
    client.get(f"/{page}", {"gemeinde": "musterstadt"}, status=200)
    client.get(f"/{page}", {"gemeinde": "nirgendwo"}, status=404)


def fill(client: Client, path: str, **gaps: str) -> None:
    form = client.get(path).forms["form"]
    for name, text in gaps.items():
        form[name] = text
    form.submit("submit", status=303)


def test_admin_fills_the_gaps_and_a_municipality_its_own(client: Client, make: Make) -> None:
    place = make.municipality(slug="musterstadt")
    client.login(make.account(Role.ADMIN))
    fill(client, "/verwaltung/rechtstext/impressum", provider="Akademie <Nord>\nHauptstraße 1", phone="0711 1")
    client.login(make.account(Role.COORDINATOR, place))
    fill(client, "/kommunen/musterstadt/rechtstext/impressum", provider="Stadt Musterstadt")
    client.reset()
    general = client.get("/impressum")
    assert "Akademie &lt;Nord&gt;<br>Hauptstraße 1" in general
    assert "Stadt Musterstadt" not in general
    for path in ("/kommunen/musterstadt/impressum", "/impressum?gemeinde=musterstadt"):
        own = client.get(path)
        assert "Stadt Musterstadt" in own
        assert "Akademie" not in own
        # What the municipality leaves empty is the deployment's.
        assert "0711 1" in own


def test_missing_entries_are_shown_to_staff_only(client: Client, make: Make) -> None:
    assert "Es fehlt" not in client.get("/impressum?lang=de")
    assert client.get("/impressum").html.find("mark") is None
    client.login(make.account(Role.ADMIN))
    page = client.get("/impressum?lang=de")
    assert "Es fehlt" in page
    assert page.html.find("mark") is not None


def test_doctor_names_the_gaps(client: Client, make: Make) -> None:
    def messages() -> str:
        return " ".join(finding.message for finding in check_legal_texts(client.registry))

    assert "/impressum is not complete: provider, represented_by, phone, email" in messages()
    client.login(make.account(Role.ADMIN))
    for page, gaps in GAPS.items():
        fill(client, f"/verwaltung/rechtstext/{page.value}", **{gap.name: "x" for gap in gaps if gap.required})
    assert messages() == "the legal texts are complete"


def test_stale_legal_text_is_a_conflict(client: Client, make: Make) -> None:
    client.login(make.account(Role.ADMIN))
    path = "/verwaltung/rechtstext/impressum"
    first, second = client.get(path).forms["form"], client.get(path).forms["form"]
    first["phone"] = "0711 1"
    first.submit("submit", status=303)
    second["phone"] = "0711 2"
    answer = second.submit("submit", status=409)
    assert "0711 1" in answer
    assert "0711 2" in answer


def test_others_fill_nothing(client: Client, make: Make) -> None:
    place = make.municipality(slug="musterstadt")
    client.login(make.account(Role.COORDINATOR, place))
    client.get("/verwaltung/rechtstexte", status=403)
    client.get("/verwaltung/rechtstext/impressum", status=403)
    client.get("/kommunen/musterstadt/rechtstexte", status=200)
    client.get("/kommunen/musterstadt/rechtstext/nichts", status=404)
    client.login(make.account(Role.PROGRAMME_OFFICE))
    client.get("/kommunen/musterstadt/rechtstexte", status=403)


def test_privacy_page_lists_every_declared_field(client: Client) -> None:
    page = client.get("/datenschutz?lang=en").html.get_text(" ", strip=True)
    fields = client.registry.personal_fields
    assert fields
    for field in fields.values():
        assert field.purpose.interpolate() in page
        assert field.retention.interpolate() in page


def report(client: Client, path: str, **values: str) -> None:
    form = client.get(path).forms["form"]
    for name, text in values.items():
        form[name] = text
    form.submit("submit", status=303)


def test_barrier_is_kept_mailed_and_settled(client: Client, make: Make, session: Session, mailbox: Path) -> None:
    place = make.municipality(slug="musterstadt")
    coordinator = make.account(Role.COORDINATOR, place)
    client.login(coordinator)
    fill(client, "/kommunen/musterstadt/rechtstext/barrierefreiheit", contact="barrieren@example.org")
    client.reset()
    report(client, "/kommunen/musterstadt/barrierefreiheit", message="Der Knopf fehlt.", contact="0711 9")
    session.expire_all()
    kept = session.scalars(select(BarrierReport)).one()
    assert (kept.municipality_id, kept.message, kept.contact) == (place.id, "Der Knopf fehlt.", "0711 9")
    mail = session.scalars(select(Job).where(Job.kind == "mail:send")).one()
    assert mail.payload["to"] == "barrieren@example.org"
    client.login(coordinator)
    page = client.get("/kommunen/musterstadt/barrieren")
    assert "Der Knopf fehlt." in page
    settle = next(form for form in page.forms.values() if "report" in form.fields)
    settle.submit("report", status=303)
    session.refresh(kept)
    assert kept.handled_at is not None


def test_barrier_without_address_is_kept_all_the_same(client: Client, session: Session) -> None:
    report(client, "/barrierefreiheit", message="Zu klein.")
    assert session.scalars(select(BarrierReport)).one().municipality_id is None
    assert not session.scalars(select(Job)).all()


def test_reports_of_other_municipalities_are_out_of_reach(client: Client, make: Make, session: Session) -> None:
    make.municipality(slug="musterstadt")
    elsewhere = make.municipality(slug="anderswo")
    report(client, "/kommunen/musterstadt/barrierefreiheit", message="Geheim")
    number = session.scalars(select(BarrierReport.id)).one()
    client.login(make.account(Role.COORDINATOR, elsewhere))
    assert "Geheim" not in client.get("/kommunen/anderswo/barrieren")
    client.get("/kommunen/musterstadt/barrieren", status=403)
    token = client.get("/kommunen/anderswo/rechtstext/impressum").forms["form"]["csrf_token"].value
    for forged in (str(number), "x", "99999999999", ""):
        data = {"csrf_token": token, "report": forged}
        client.post("/kommunen/anderswo/barrieren", data, status=404)


def test_settled_reports_are_deleted_after_a_year(client: Client, session: Session) -> None:
    now = client.registry.clock()
    for days in (None, 364, 366):
        handled = None if days is None else now - timedelta(days=days)
        session.add(BarrierReport(message=str(days), received_at=now - timedelta(days=900), handled_at=handled))
    session.commit()
    forget_old_reports(JobContext(registry=client.registry, now=now, key="test"))
    session.expire_all()
    assert sorted(session.scalars(select(BarrierReport.message))) == ["364", "None"]


def test_easy_language_is_easy(client: Client) -> None:
    text = client.get("/leichte-sprache").html.find("div", lang="de")
    sentences = [paragraph.get_text(" ", strip=True) for paragraph in text.find_all("p")]
    assert len(sentences) > 30
    assert max(len(sentence.split()) for sentence in sentences) <= 12
    assert not any("," in sentence for sentence in sentences)


def test_the_admin_finds_the_pages_from_my_week(client: Client, make: Make) -> None:
    client.login(make.account(Role.ADMIN))
    links = {link["href"] for link in client.get("/verwaltung").html.select(".toolbar a")}
    assert {"/verwaltung/rechtstexte", "/verwaltung/barrieren", "/verwaltung/auftraege"} <= links
