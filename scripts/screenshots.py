"""Take the pictures of the handbook: the demo on a database of its own, looked at with Chromium.

python scripts/screenshots.py [NAME …]      all pictures, or those named, into docs/handbuch/bilder/
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page
from pyramid.router import Router

from fdplattform.accounts.passwords import hash_password
from fdplattform.accounts.services import add_membership, create_account
from fdplattform.accounts.services.sessions import open_session
from fdplattform.cli.support.sample import make_demo
from fdplattform.config import make_app, migrate
from fdplattform.db import utcnow
from fdplattform.groups.services import create_working_groups
from fdplattform.journal.services import COMMAND_LINE
from fdplattform.plugins.loader import installed
from fdplattform.security.cookie import cookie_name
from fdplattform.security.permissions import Role
from fdplattform.settings import read_settings
from fdplattform.testing.browser import chromium, served
from fdplattform.testing.client import Client
from fdplattform.testing.registration import sign_up

TARGET = Path(__file__).parent.parent / "docs" / "handbuch" / "bilder"
MAX_BYTES = 150_000
TOWN = "/kommunen/musterstadt-beispiel"
DIALOGUE = f"{TOWN}/wie-leben-wir-zukuenftig-zusammen"
FORUM = f"{DIALOGUE}/forum-zusammen-leben-in-musterstadt"
FIELD = f"{DIALOGUE}/dialog-sprache-verstaendigung"
ASSEMBLY = f"{DIALOGUE}/einwohnerversammlung-ankommen-in-musterstadt"
RESIDENT, COORDINATOR, OFFICE = None, Role.COORDINATOR, Role.PROGRAMME_OFFICE


@dataclass(frozen=True)
class Picture:
    """A page, who looks at it, and how."""

    name: str
    path: str
    role: Role | None = COORDINATOR
    phone: bool = False
    language: str = "de"
    #: How much of the page is shown, in pixels from the top.
    height: int = 800


PICTURES = (
    Picture("forum", FORUM, RESIDENT, height=860),
    Picture("forum-handy", FORUM, RESIDENT, phone=True, language="ar", height=760),
    Picture("anmelden-handy", f"{FORUM}/anmelden", RESIDENT, phone=True, height=900),
    Picture("startseite", "/", RESIDENT, height=700),
    Picture("meine-woche", "/verwaltung"),
    Picture("konto", "/verwaltung/konto", height=700),
    Picture("team", f"{TOWN}/mitglieder", height=600),
    Picture("dialog-anlegen", f"{TOWN}/dialog-anlegen", height=900),
    Picture("dialog", DIALOGUE, height=900),
    Picture("phasen", f"{DIALOGUE}/phasen", height=850),
    Picture("format-waehlen", f"{DIALOGUE}/format-waehlen", height=780),
    Picture("beratung", f"{DIALOGUE}/beratung?ziel=form_groups&personen=80&stimmung=mixed&wochen=12", height=900),
    Picture("veranstaltung-anlegen", f"{DIALOGUE}/veranstaltung-anlegen?format=grossgruppenforum", height=900),
    Picture("schritte", f"{FORUM}/schritte", height=900),
    Picture("ablauf", f"{FORUM}/ablauf", height=850),
    Picture("teilnehmende", f"{FORUM}/teilnehmende", height=1000),
    Picture("anwesenheit", f"{FORUM}/anwesenheit", height=700),
    Picture("ergebnisse-eintragen", f"{FIELD}/ergebnisse", height=900),
    Picture("ergebnisse", f"{DIALOGUE}/ergebnisse", height=900),
    Picture("handlungsfelder", f"{DIALOGUE}/handlungsfelder", height=800),
    Picture("gruppen", f"{DIALOGUE}/gruppen", height=800),
    Picture("absagen", f"{FORUM}/schritt?transition=cancel", height=650),
    Picture("protokoll", f"{FORUM}/protokoll", height=600),
    Picture("programm", "/verwaltung/programme/1", OFFICE, height=900),
)


@contextmanager
def demo() -> Iterator[Router]:
    """The application with the demo and some registrations, on a database that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(
            {
                "fdplattform.database_url": f"sqlite:///{folder}/demo.sqlite",
                "fdplattform.secret": "for pictures only, for pictures only",
                "fdplattform.var": folder,
                "fdplattform.secure_cookies": "false",
            }
        )
        plugins = installed()
        migrate(settings, plugins)
        app = make_app(settings, plugins)
        with app.registry.sessions.begin() as session:
            dialogue = make_demo(session, app.registry, utcnow())
            create_working_groups(session, dialogue, now=utcnow(), actor=COMMAND_LINE)
        for name, people, phone in (("Amal Haddad", 3, "07000 1"), ("Jonas Beck", 1, ""), ("Familie Kaya", 4, "")):
            sign_up(Client(app), FORUM, name=name, people=people, phone=phone)
        yield app
        app.registry.engine.dispose()


def sign_in(app: Router, role: Role) -> str:
    """The token of a session of somebody who is `role` in the demo's municipality."""
    names = {COORDINATOR: "Cora Beispiel", OFFICE: "Olga Beispiel"}
    with app.registry.sessions.begin() as session:
        account = create_account(
            session,
            email=f"{role}@musterstadt.example",
            name=names[role],
            password_hash=hash_password("nobody signs in with this"),
            now=utcnow(),
        )
        place = 1 if role is COORDINATOR else None
        add_membership(session, account, role, place, actor=COMMAND_LINE, now=utcnow())
        session.flush()
        return open_session(session, account.id, "Chromium", utcnow())


def take(page: Page, address: str, picture: Picture) -> int:
    """Take one picture. Returns its size in bytes. Raises RuntimeError when there is no such page."""
    separator = "&" if "?" in picture.path else "?"
    answer = page.goto(f"{address}{picture.path}{separator}lang={picture.language}")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{picture.path}: {answer.status if answer else 'no answer'}")
    target = TARGET / f"{picture.name}.png"
    page.screenshot(path=target)
    return target.stat().st_size


def photograph(browser: Browser, app: Router, address: str, wanted: list[Picture]) -> None:
    """Take all these pictures."""
    tokens = {role: sign_in(app, role) for role in {each.role for each in wanted} if role}
    for picture in wanted:
        context = browser.new_context(
            viewport={"width": 390 if picture.phone else 1100, "height": picture.height}, locale="de-DE"
        )
        if picture.role:
            cookie = {"name": cookie_name(app.registry.fdp), "value": tokens[picture.role], "url": address}
            context.add_cookies([cookie])  # type: ignore[list-item]
        size = take(context.new_page(), address, picture)
        context.close()
        print(f"{picture.name}: {size // 1000} kB{' – too large' if size > MAX_BYTES else ''}")


def main(names: list[str]) -> None:
    """Take the named pictures, or all."""
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    TARGET.mkdir(parents=True, exist_ok=True)
    with demo() as app, served(app) as address, chromium() as browser:
        photograph(browser, app, address, wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
