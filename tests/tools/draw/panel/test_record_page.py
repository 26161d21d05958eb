"""What everybody can read, download and verify."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.cli.draw import command
from fdplattform.events.models import Event
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_willing, set_criteria
from fdplattform.tools.draw.panel.models import Member, Run


def verified(file: Path) -> tuple[int, str]:
    answer = CliRunner().invoke(command, ["verify", str(file)])
    return answer.exit_code, answer.output


def test_before_there_is_a_record_the_page_says_how_it_goes(client: Client, path: str) -> None:
    page = client.get(f"{path}/auslosung-nachweis/")
    assert "von Hand gezogen" in page
    client.get(f"{path}/auslosung-nachweis/protokoll.json", status=404)
    client.get(f"{path}/auslosung-nachweis/abend", status=404)


def test_the_record_is_public_before_a_number_is_drawn(client: Client, path: str, committed: Run) -> None:
    client.logout()
    page = client.get(f"{path}/auslosung-nachweis/")
    checksum = page.html.find(class_="checksum").get_text("", strip=True)
    assert checksum == committed.commitment
    record = json.loads(client.get(f"{path}/auslosung-nachweis/protokoll.json").text)
    assert record["afterwards"] == []
    assert record["commitment"] == committed.commitment


def test_nobody_is_named_in_public(client: Client, path: str, session: Session, drawn: Run) -> None:
    client.logout()
    members = session.scalars(select(Member)).all()
    for view in ("", "abend", "protokoll.json"):
        page = client.get(f"{path}/auslosung-nachweis/{view}")
        for member in members:
            assert member.name not in page
            assert member.phone not in page
        assert "register" not in json.loads(page.text)["sections"] if view.endswith("json") else "41" in page


def test_the_downloads_are_verified_and_one_byte_is_noticed(
    staff: Client, path: str, drawn: Run, tmp_path: Path, session: Session
) -> None:
    public, sealed, script = (tmp_path / name for name in ("public.json", "sealed.json", "verify_draw.py"))
    public.write_bytes(staff.get(f"{path}/auslosung-nachweis/protokoll.json").body)
    sealed.write_bytes(staff.get(f"{path}/auslosung/protokoll-versiegelt.json").body)
    script.write_bytes(staff.get(f"{path}/auslosung-nachweis/verify_draw.py").body)
    assert verified(public)[0] == verified(sealed)[0] == 0
    checked = [sys.executable, "-I", str(script), str(public), drawn.commitment or ""]
    assert subprocess.run(checked, check=False, capture_output=True).returncode == 0

    text = sealed.read_text(encoding="utf-8")
    sealed.write_text(text.replace('"jung"', '"alt"', 1), encoding="utf-8")
    status, output = verified(sealed)
    assert status == 1
    assert "register:" in output
    first = json.loads(public.read_text(encoding="utf-8"))["sections"]["lottery"][0]
    spoilt = public.read_text(encoding="utf-8").replace(json.dumps(first, separators=(",", ":")), "[]", 1)
    public.write_text(spoilt, encoding="utf-8")
    status, output = verified(public)
    assert status == 1
    assert "lottery:" in output
    assert subprocess.run(checked, check=False, capture_output=True).returncode == 1
    assert session.scalar(select(JournalEntry.id).where(JournalEntry.tag == "draw:download")) is not None


def test_the_sealed_record_is_not_public(client: Client, path: str, drawn: Run) -> None:
    client.logout()
    assert client.get(f"{path}/auslosung/protokoll-versiegelt.json", expect_errors=True).status_int != 200


def test_the_evening_shows_the_number_and_who_sits_without_names(client: Client, path: str, drawn: Run) -> None:
    client.logout()
    page = client.get(f"{path}/auslosung-nachweis/abend")
    assert page.html.find(class_="evening-number").get_text(strip=True) == "41"
    assert len(page.html.find(class_="pseudonyms").find_all("li")) == 6


def test_the_picture_is_told_in_words_and_numbers(client: Client, path: str, committed: Run) -> None:
    page = client.get(f"{path}/auslosung-nachweis/")
    picture = page.html.select_one(".chances svg")
    assert picture["role"] == "img"
    assert "25" in picture.find("desc").get_text()
    assert page.html.find("table") is not None


@pytest.mark.parametrize("public", [True, False])
def test_small_groups_are_for_the_team_only(
    staff: Client, path: str, session: Session, event: Event, start: Callable[..., Run], public: bool
) -> None:
    set_criteria(session, event, {"Geschlecht": {"w": (2, 4), "m": (2, 4), "d": (0, 1)}})
    add_willing(session, event, 16, (("w",), ("m",), ("w",), ("m",), ("d",)))
    start()
    staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(status=303)
    page = staff.get(f"{path}/auslosung-nachweis/" if public else f"{path}/auslosung/")
    heads = {cell.get_text("", strip=True) for cell in page.html.find("main").find_all("th", scope="row")}
    assert ("Geschlecht:w" in heads, "Geschlecht:d" in heads) == (True, not public)
