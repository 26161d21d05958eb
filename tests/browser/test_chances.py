"""The picture of the chances on a narrow screen."""

import pytest
from playwright.sync_api import Browser
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.testing.browser import overflows
from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_willing, set_criteria, work
from fdplattform.testing.factories import Make
from fdplattform.testing.html import choose
from fdplattform.tools.draw.panel import runs

#: The words of the picture that stand, in part, beside the screen or on each other, or are too small to be read.
CUT = """() => {
    const words = [...document.querySelectorAll('.chances .scale span, .chances .axis')].map(word => {
        const range = document.createRange();
        range.selectNodeContents(word);
        return [word, range.getBoundingClientRect()];
    });
    return words.filter(([word, box], place) =>
        box.left < 0 || box.right > innerWidth || parseFloat(getComputedStyle(word).fontSize) < 12 ||
        words.slice(0, place).some(([_, other]) => box.top < other.bottom && other.top < box.bottom)
    ).map(([word, _]) => word.textContent);
}"""

pytestmark = [pytest.mark.browser, pytest.mark.backends("sqlite")]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_no_word_of_the_picture_is_cut(
    browser: Browser,
    address: str,
    client: Client,
    make: Make,
    app: Router,
    session: Session,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "PANELS", 20)
    event = make.event(state="open")
    set_criteria(session, event)
    add_willing(session, event, 24, household_of=2)
    client.login(make.coordinator_of(event))
    form = client.get(f"{make.path(event)}/auslosung/starten").forms["form"]
    choose(form, "leximin")
    form.submit("submit", status=303)
    work(app.registry, session)
    client.get(f"{make.path(event)}/auslosung/annehmen").forms["confirm"].submit(status=303)
    page = browser.new_page(viewport={"width": 320, "height": 640}, locale=language)
    page.goto(f"{address}{make.path(event)}/auslosung-nachweis")
    page.locator(".chances").scroll_into_view_if_needed()
    words = page.locator(".chances .scale span, .chances .axis")
    assert words.count() == 6
    cut = page.evaluate(CUT)
    # The smallest chance is drawn at the left, and the scale with it.
    scale, drawing = (page.locator(f".chances {part}").bounding_box() for part in (".scale", "svg"))
    assert scale is not None
    assert drawing is not None
    assert scale["x"] < drawing["x"]
    fits = not overflows(page)
    page.close()
    assert (cut, fits) == ([], True)
