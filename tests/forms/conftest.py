"""A demo application: the platform with a page for every kind of field."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

import pytest
from pyramid.request import Request
from pyramid.router import Router
from pyramid.security import NO_PERMISSION_REQUIRED
from sqlalchemy import Column, Integer, MetaData, String, Table, func, select

from fdplattform import forms
from fdplattform.config import configure
from fdplattform.files.kinds import CSV, PNG
from fdplattform.settings import Settings
from fdplattform.testing.client import Client
from fdplattform.testing.html import control, soup

NOTE = Table("fdp_demo_note", MetaData(), Column("id", Integer, primary_key=True), Column("title", String(200)))


class Mood(StrEnum):
    GOOD = "good"
    BAD = "bad"


class Person(forms.FormSchema):
    name = forms.Text(80, title="Name", why="Damit wir Sie ansprechen können.", kept="Bis drei Monate danach.")
    age = forms.Number(title="Alter", required=False, max=120)


class People(forms.Rows):
    person = Person(title="Person")


class Topics(forms.Rows):
    topic = forms.Text(40, title="Thema")


class DemoSchema(forms.FormSchema):
    title = forms.Text(30, title="Titel", description="Kurz und klar")
    goal = forms.LongText(200, title="Ziel", required=False)
    email = forms.Email(title="E-Mail", required=False, why="Für die Bestätigung.")
    phone = forms.Phone(title="Telefon", required=False)
    site = forms.Url(title="Webseite", required=False)
    places = forms.Number(title="Plätze", min=1, max=500, required=False)
    metres = forms.Number(title="Länge", decimals=2, max=500, required=False)
    day = forms.Date(title="Tag", required=False)
    hour = forms.Time(title="Uhrzeit", required=False)
    starts_at = forms.LocalDateTime(title="Beginn", required=False)
    ends_at = forms.LocalDateTime(title="Ende", required=False)
    mood = forms.Choice([(Mood.GOOD, "Gut"), (Mood.BAD, "Schlecht")], kind=Mood, title="Stimmung")
    state = forms.Choice([(str(n), f"Nummer {n}") for n in range(9)], title="Auswahl", required=False)
    needs = forms.Choices([("care", "Kinderbetreuung"), ("sign", "Gebärden")], title="Bedarf", required=False)
    consent = forms.Flag(title="Einverstanden", must=True)
    picture = forms.File(title="Bild", kinds=(PNG, CSV), max_size=5000, required=False)
    people = People(title="Personen", orderable=True)
    topics = Topics(title="Themen", max=3)
    version = forms.Version(missing=None)


class Thing:
    """What somebody else has saved meanwhile."""

    title = "Neuer Titel"
    goal = "Neues Ziel"
    version = 7


class Demo:
    """What the demo page was sent; tests say how it should answer."""

    Mood = Mood
    Thing = Thing

    def __init__(self, router: Router) -> None:
        self.engine = router.registry.engine
        self.received: dict[str, Any] | None = None
        self.error: Exception | None = None
        self.values: dict[str, Any] | None = None

    @property
    def saved(self) -> int:
        """How many times something was saved and kept."""
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(NOTE)).scalar_one()


def save(request: Request, demo: Demo, values: dict[str, Any]) -> str:
    picture = values.pop("picture", None)
    demo.received = {**values, "picture": picture and (picture.name, picture.content_type, picture.file.read())}
    request.db.execute(NOTE.insert().values(title=values["title"]))
    if demo.error:
        raise demo.error
    return "/demo/danke"


@pytest.fixture(scope="session")
def demo_router(migrated_app: Router, settings: Settings) -> Iterator[Router]:
    """The platform with `/demo/form`."""
    config = configure(settings)

    def demo_form(request: Request) -> Any:
        demo = request.registry.demo
        schema = DemoSchema(validator=forms.in_order("starts_at", "ends_at"))
        form = forms.make_form(schema, request, cancel="/")
        return forms.handle(
            request,
            form,
            on_valid=lambda values: save(request, demo, values),
            values=demo.values,
            title="Formular",
            intro="Alle Arten von Feldern",
        )

    config.add_route("thanks", "/demo/danke")
    config.add_view(
        lambda _request: {"title": "Danke", "form": ""},
        route_name="thanks",
        renderer="fdplattform.templates:forms/page.pt",
        permission=NO_PERMISSION_REQUIRED,
    )
    config.add_route("demo", "/demo/form")
    config.add_view(
        demo_form,
        route_name="demo",
        renderer="fdplattform.templates:forms/page.pt",
        permission=NO_PERMISSION_REQUIRED,
        max_body=100_000,
    )
    router = config.make_wsgi_app()
    NOTE.create(router.registry.engine)
    yield router
    NOTE.drop(router.registry.engine)
    router.registry.engine.dispose()


@pytest.fixture
def demo(demo_router: Router, app: Router) -> Demo:
    """What the demo page does and has received; the database is empty."""
    demo_router.registry.demo = Demo(demo_router)
    with demo_router.registry.engine.begin() as connection:
        connection.execute(NOTE.delete())
    return demo_router.registry.demo


@pytest.fixture
def page(demo: Demo, demo_router: Router) -> Client:
    """A browser for the demo page."""
    return Client(demo_router)


@pytest.fixture
def fill(page: Client) -> Callable[..., Any]:
    """`fill(title="…")`: the demo page's form, filled in so that it would be accepted but for what is given."""

    def fill_form(**values: Any) -> Any:
        response = page.get("/demo/form")
        form = response.forms["form"]
        form[control(soup(response), "Gut")["name"]] = "good"
        for name, value in {"title": "  Ein   Titel ", "consent": True, **values}.items():
            form[name] = value
        return form

    return fill_form
