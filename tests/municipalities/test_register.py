"""The register: what is read from the file, and what an import does and leaves alone."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.errors import DomainError
from fdplattform.municipalities.loader import import_register
from fdplattform.municipalities.models import Municipality, MunicipalityKind
from fdplattform.municipalities.register import district_name, read_register, shipped_register, short_name
from fdplattform.web.slugs import RESERVED, fold, free_slug, slugify

HEADER = (
    "ags,ars,name,typ,land,regierungsbezirk,kreis,verband,flaeche_km2,einwohner,einwohner_m,"
    "plz,plz_mehrere,lon,lat,verstaedterung,stand"
)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "register.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return path


def row(ags: str, name: str, *, district: str = "Musterkreis", population: int = 1000) -> str:
    return (
        f'{ags},{ags}0000,"{name}",STADT,Baden-Württemberg,Stuttgart,{district},,10.5,{population},500,'
        "70000,0,9.1,48.7,02,2023-11-30"
    )


def test_shipped_register_has_every_municipality_and_every_district(session: Session) -> None:
    result = import_register(session, shipped_register("Baden-Württemberg"))
    assert (result.municipalities, result.districts) == (1101, 44)
    by_kind = dict(session.execute(select(Municipality.kind, func.count()).group_by(Municipality.kind)).all())
    # Nine of the 44 districts are cities, which are municipalities already.
    assert by_kind == {MunicipalityKind.GEMEINDE: 1101, MunicipalityKind.LANDKREIS: 35}
    names = session.scalars(select(Municipality.name).where(Municipality.name.like("%,%"))).all()
    assert not names


def test_names_that_repeat_carry_their_district(session: Session) -> None:
    import_register(session, shipped_register("Baden-Württemberg"))
    slugs = session.scalars(select(Municipality.slug).where(Municipality.name == "Altdorf")).all()
    assert sorted(slugs) == ["altdorf-boeblingen", "altdorf-esslingen"]


def test_import_is_idempotent_and_keeps_what_people_edited(session: Session, tmp_path: Path) -> None:
    import_register(session, read_register(write(tmp_path, row("08999001", "Neustadt, Stadt"))))
    place = session.scalars(select(Municipality).where(Municipality.ags == "08999001")).one()
    place.contact_name, place.colour, place.active = "Eva", "#005b8c", True
    session.commit()
    version = place.version
    changed = row("08999001", "Neustadt am Wald, Stadt", population=2000)
    result = import_register(session, read_register(write(tmp_path, changed)))
    session.refresh(place)
    assert (result.added, result.updated) == (0, 2)
    assert (place.name, place.population) == ("Neustadt am Wald", 2000)
    assert (place.slug, place.contact_name, place.colour, place.active) == ("neustadt", "Eva", "#005b8c", True)
    assert place.version == version
    again = import_register(session, read_register(write(tmp_path, changed)))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)


def line(kind: str, key: str, association: str, name: str, rest: str = "") -> str:
    """A line of a GV100AD file; `rest` begins at column 123."""
    return f"{kind}20260131{key:<8}{association:<4}{name:<50}{'':<50}{rest}"


GV100AD = (
    line("10", "08", "", "Baden-Württemberg"),
    line("20", "081", "", "Stuttgart"),
    line("30", "0811", "", "Stuttgart"),
    line("40", "08999", "", "Musterkreis", "44"),
    line("50", "08999", "0001", "Neustadt, Stadt", "50"),
    line("60", "08999001", "0001", "Neustadt, Stadt", f"63    {1234:011d}{2000:011d}{990:011d}    70000     "),
    line("60", "08999902", "9002", "Großer Forst", f"66    {99:011d}{0:011d}{0:011d}              "),
)


def test_file_of_destatis_is_read(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "GV100AD_310126.txt"
    path.write_text("\n".join(GV100AD) + "\n", encoding="utf-8")
    town, district = read_register(path)
    assert (town.ags, town.ars, town.name, town.type) == ("08999001", "089990001001", "Neustadt", "Stadt")
    assert (town.state, town.region, town.district) == ("Baden-Württemberg", "Stuttgart", "Musterkreis")
    assert (town.area_km2, town.population, town.population_male, town.postcode) == (12.34, 2000, 990, "70000")
    assert town.as_of == date(2026, 1, 31)
    assert (district.name, district.population) == ("Musterkreis", 2000)
    assert read_register(path, "Bayern") == []


def test_what_a_file_does_not_say_stays(session: Session, tmp_path: Path) -> None:
    import_register(session, read_register(write(tmp_path, row("08999001", "Neustadt, Stadt"))))
    path = tmp_path / "gv100ad.txt"
    path.write_text("\n".join(GV100AD) + "\n", encoding="utf-8")
    import_register(session, read_register(path))
    place = session.scalars(select(Municipality).where(Municipality.ags == "08999001")).one()
    assert (place.population, place.lon, place.lat, place.urbanisation) == (2000, 9.1, 48.7, "02")


def test_broken_line_of_the_file_of_destatis_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gv100ad.txt"
    path.write_text("\n".join((*GV100AD[:5], GV100AD[5][:140])) + "\n", encoding="utf-8")
    with pytest.raises(DomainError) as caught:
        read_register(path)
    assert caught.value.message.mapping["line"] == 6


def test_district_is_summed_up(session: Session, tmp_path: Path) -> None:
    path = write(tmp_path, row("08999001", "A", population=10), row("08999002", "B", population=20))
    import_register(session, read_register(path))
    district = session.scalars(select(Municipality).where(Municipality.ags == "08999")).one()
    assert (district.name, district.population, district.kind) == ("Musterkreis", 30, MunicipalityKind.LANDKREIS)


def test_place_called_like_a_view_gets_another_address(session: Session, tmp_path: Path) -> None:
    import_register(session, read_register(write(tmp_path, row("08999001", "Suche"))))
    place = session.scalars(select(Municipality).where(Municipality.ags == "08999001")).one()
    assert place.slug == "suche-musterkreis"


@pytest.mark.parametrize(
    "line", ["08999,x", row("0899900X", "A"), row("08999001", ""), row("08999001", "A")[:-10] + "gestern"]
)
def test_unreadable_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(DomainError) as caught:
        read_register(write(tmp_path, row("08999009", "Gut"), line))
    assert caught.value.message.mapping["line"] == 3


@pytest.mark.parametrize(
    ("official", "short"),
    [("Ostfildern, Stadt", "Ostfildern"), ("Lauenburg/ Elbe, Stadt", "Lauenburg/Elbe"), ("Au", "Au")],
)
def test_short_name(official: str, short: str) -> None:
    assert short_name(official) == short


@pytest.mark.parametrize(
    ("name", "state", "full"),
    [
        ("Calw", "Baden-Württemberg", "Landkreis Calw"),
        ("Ortenaukreis", "Baden-Württemberg", "Ortenaukreis"),
        ("Olpe", "Nordrhein-Westfalen", "Kreis Olpe"),
        ("Region Hannover", "Niedersachsen", "Region Hannover"),
    ],
)
def test_district_name(name: str, state: str, full: str) -> None:
    assert district_name(name, state) == full


@given(st.text(max_size=200))
def test_slug_is_an_address(text: str) -> None:
    slug = slugify(text)
    assert len(slug) <= 80
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in slug.split("-")) or not slug
    assert slugify(slug) == slug


@given(st.text(max_size=50), st.sets(st.text(max_size=10)))
def test_free_slug_is_free(text: str, taken: set[str]) -> None:
    slug = free_slug(text, taken | {slugify(text)}, fallback="dialog")
    assert slug
    assert slug not in taken | RESERVED | {slugify(text)}


@given(st.text(max_size=100))
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_umlauts_may_be_written_either_way() -> None:
    assert slugify("Göppingen") == slugify("Go\u0308ppingen") == "goeppingen"
    assert fold("Göppingen") == "goppingen"
    assert fold("Weißach") == "weissach"
