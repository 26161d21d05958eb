"""The staff's tool bar: few links side by side, many in groups in the order of the work, the next step by its name."""

from typing import Any

import pytest

from fdplattform.security.permissions import Role
from fdplattform.web.toolbar import FEW, LinkGroup, ToolbarLink, parts_of

FIRST, SECOND = (LinkGroup(title=title, order=order) for order, title in enumerate(("first", "second"), start=1))


def link(title: str, group: LinkGroup | None = None, *, current: bool = False) -> ToolbarLink:
    return ToolbarLink(title=title, href=f"/{title}", current=current, group=group)


def test_few_links_stand_side_by_side():
    links = [link(str(number), FIRST) for number in range(FEW)]
    (part,) = parts_of(links)
    assert (part.title, part.links) == (None, links)


def test_many_links_stand_in_groups():
    links = [link("page"), *(link(str(number), FIRST, current=number == 2) for number in range(FEW)), link("x", SECOND)]
    parts = list(parts_of(links))
    assert [(part.title, len(part.links)) for part in parts] == [(None, 1), ("first", FEW), ("second", 1)]
    assert [part.current for part in parts] == [False, True, False]


@pytest.fixture
def coordinator(client: Any, make: Any) -> Any:
    client.login(make.account(Role.ADMIN))
    return client


def groups_on(page: Any) -> dict[str, list[str]]:
    return {
        menu.summary.get_text(strip=True): [entry.get_text(strip=True) for entry in menu.select("a")]
        for menu in page.html.select("nav.toolbar details")
    }


def test_the_pages_of_a_draw_stand_in_the_order_in_which_one_works(coordinator, make):
    event = make.event(format_id="buergerinnenrat", state="published")
    groups = groups_on(coordinator.get(make.path(event, "kriterien/")))
    assert list(groups) == ["Vorbereiten", "Auslosen und einladen", "Am Tag", "Ergebnisse", "Verwaltung"]
    assert groups["Auslosen und einladen"] == [
        "Merkmale",
        "Melderegister",
        "Stichprobe",
        "Briefe",
        "Antworten",
        "Auslosung",
        "Gremium",
    ]


def test_the_group_of_the_open_page_is_marked(coordinator, make):
    event = make.event(format_id="buergerinnenrat", state="published")
    bar = coordinator.get(make.path(event, "briefe/")).html.select_one("nav.toolbar")
    assert bar.select_one("summary.here").get_text(strip=True) == "Auslosen und einladen"
    assert bar.find("a", attrs={"aria-current": "page"}).get_text(strip=True) == "Briefe"


def test_the_group_of_a_page_above_the_open_one_is_marked(coordinator, make):
    event = make.event(format_id="buergerinnenrat", state="published")
    bar = coordinator.get(make.path(event, "briefe", "invitation/")).html.select_one("nav.toolbar")
    assert [each.get_text(strip=True) for each in bar.select("summary.here")] == ["Auslosen und einladen"]
    assert bar.find("a", attrs={"aria-current": "page"}) is None


def test_the_next_step_is_always_visible_by_its_name(coordinator, make):
    event = make.event(format_id="buergerinnenrat", state="invited")
    (link,) = coordinator.get(make.path(event, "termine")).html.select("nav.toolbar > a.next")
    assert link.get_text(strip=True) == "Als Nächstes: Die Mitglieder sind ausgelost"
    assert link["href"] == make.path(event, "schritte")


def test_nothing_comes_next_after_the_end(coordinator, make):
    event = make.event(format_id="buergerinnenrat", state="closed")
    (link,) = coordinator.get(make.path(event)).html.select("nav.toolbar > a.next")
    assert link.get_text(strip=True) == "Wie es weitergeht"


def test_a_postponed_event_goes_on_next(coordinator, make, clock, session):
    event = make.event(state="open")
    event.postponed_at = clock()
    session.commit()
    (link,) = coordinator.get(make.path(event)).html.select("nav.toolbar > a.next")
    assert link.get_text(strip=True) == "Als Nächstes: Veranstaltung weitergehen lassen"


def test_an_event_without_its_plugin_has_no_next_step(coordinator, make, session):
    event = make.event()
    event.format_id = "no_longer_there"
    session.commit()
    assert coordinator.get(make.path(event)).html.select("nav.toolbar > a.next") == []


def test_without_links_there_is_no_bar() -> None:
    assert list(parts_of([])) == []
