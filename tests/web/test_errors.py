"""Every fault becomes a page that says what to do."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pyramid.httpexceptions import HTTPConflict, HTTPUnprocessableEntity
from pyramid.request import Request
from pyramid.router import Router
from pyramid.security import NO_PERMISSION_REQUIRED
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from fdplattform.config import configure
from fdplattform.db import make_engine
from fdplattform.errors import Conflict, DomainError, NotAllowed, StaleVersion, TooMany
from fdplattform.municipalities.models import Municipality
from fdplattform.settings import Settings
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.html import soup


class Trouble:
    """Pages that raise what a test gives them."""

    def __init__(self) -> None:
        self.act: Callable[[Request], Any] = lambda _request: None


@pytest.fixture(scope="session")
def trouble_router(migrated_app: Router, settings: Settings) -> Iterator[Router]:
    config = configure(settings)
    config.registry.trouble = Trouble()

    def view(request: Request) -> str:
        request.registry.trouble.act(request)
        return "fine"

    for name, path in (("trouble", "/trouble"), ("machine", "/api/v1/trouble")):
        config.add_route(name, path)
        config.add_view(
            view, route_name=name, renderer="string", permission=NO_PERMISSION_REQUIRED, request_method="GET"
        )
    config.add_route("box", "/box")
    config.add_view(view, route_name="box", renderer="string", permission=NO_PERMISSION_REQUIRED, request_method="POST")
    router = config.make_wsgi_app()
    yield router
    router.registry.engine.dispose()


@pytest.fixture
def cause(trouble_router: Router, app: Router) -> Callable[..., Any]:
    """`cause(error)`: what the page answers when this is raised."""

    def answer(error: Exception | None = None, act: Any = None, path: str = "/trouble?lang=de") -> Any:
        def raise_it(_request: Request) -> None:
            if error:
                raise error

        trouble_router.registry.trouble.act = act or raise_it
        return Client(trouble_router).get(path, status="*")

    return answer


def full(_request: Request | None = None) -> OperationalError:
    """What SQLAlchemy makes of SQLite's full disk."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE a (b)")
    connection.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("INSERT INTO a VALUES (zeroblob(100000))")
    connection.close()
    return OperationalError("INSERT", {}, caught.value)


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (DomainError("So geht es nicht."), 400, "So geht es nicht."),
        (NotAllowed("Nur für andere."), 403, "Nur für andere."),
        (Conflict("Zu spät."), 409, "Zu spät."),
        (StaleVersion("Veraltet.", None), 409, "Veraltet."),
        (TooMany("Langsamer.", 90), 429, "Langsamer."),
        (HTTPConflict(), 409, "Jemand war schneller"),
        (HTTPUnprocessableEntity(), 422, "Das konnten wir nicht annehmen"),
        (RuntimeError("geheim"), 500, "Hier ist etwas schiefgegangen"),
        (PoolTimeout("geheim"), 503, "Wir sind gleich wieder da"),
        (OSError(errno.ENOSPC, "geheim"), 503, "Kein Speicherplatz mehr"),
        (PermissionError("geheim"), 500, "Hier ist etwas schiefgegangen"),
    ],
)
def test_each_fault_has_its_page(cause: Callable[..., Any], error: Exception, status: int, says: str) -> None:
    answer = cause(error)
    assert answer.status_int == status
    assert says in answer.text
    assert "geheim" not in answer.text
    assert soup(answer).h1
    assert answer.cache_control.no_store


def test_a_full_disk_is_said_plainly(cause: Callable[..., Any]) -> None:
    answer = cause(full())
    assert answer.status_int == 503
    assert "Kein Speicherplatz mehr" in answer.text


def test_waiting_times_are_said(cause: Callable[..., Any]) -> None:
    assert cause(TooMany("Langsamer.", 90)).headers["Retry-After"] == "90"
    assert cause(PoolTimeout()).headers["Retry-After"] == "30"


def test_a_wrong_statement_is_our_mistake_not_a_lost_database(cause: Callable[..., Any]) -> None:
    answer = cause(act=lambda request: request.db.execute(text("SELECT * FROM there_is_no_such_table")))
    assert answer.status_int == 500


def test_machines_get_json(cause: Callable[..., Any]) -> None:
    answer = cause(RuntimeError("geheim"), path="/api/v1/trouble")
    assert answer.status_int == 500
    assert answer.json["status"] == 500
    assert "geheim" not in answer.text
    missing = cause(path="/api/v1/nothing")
    assert (missing.status_int, missing.json["status"]) == (404, 404)


def test_a_lost_database_gives_a_page_and_comes_back(trouble_router: Router, cause: Callable[..., Any]) -> None:
    registry = trouble_router.registry
    engine = registry.engine
    # Port 1 answers nobody, whichever engine the other tests use.
    nowhere = make_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    registry.sessions.configure(bind=nowhere)
    try:
        lost = cause(act=lambda request: request.db.execute(text("SELECT 1")))
    finally:
        registry.sessions.configure(bind=engine)
        nowhere.dispose()
    assert lost.status_int == 503
    assert "Wir sind gleich wieder da" in lost.text
    assert lost.headers["Retry-After"] == "30"
    assert cause(act=lambda request: request.db.execute(text("SELECT 1"))).text == "fine"


def test_a_wrong_method_is_405_and_says_which_are_right(trouble_router: Router, cause: Callable[..., Any]) -> None:
    cause()
    client = Client(trouble_router)
    answer = client.put("/trouble?lang=de", status="*")
    assert answer.status_int == 405
    assert set(answer.allow) == {"GET", "HEAD"}
    assert "So lässt sich diese Seite nicht aufrufen" in answer.text


def test_a_page_that_does_not_exist(client: Client) -> None:
    html = soup(client.get("/gibt/es/nicht?lang=de", status=404))
    assert html.h1.get_text() == "Diese Seite gibt es nicht"
    assert html.select_one("main a[href='/']")


@pytest.mark.parametrize("query", ["a=%ff", "%ff=1", "lang=%c3%28"])
def test_an_address_that_is_not_utf8(trouble_router: Router, cause: Callable[..., Any], query: str) -> None:
    answer = cause(act=lambda request: request.GET.items(), path=f"/trouble?{query}")
    assert answer.status_int == 400
    assert soup(answer).h1


def test_a_path_that_is_not_utf8(trouble_router: Router) -> None:
    request = Request.blank("/")
    request.environ["PATH_INFO"] = "/kommunen/\xff"
    assert request.get_response(trouble_router).status_int == 400


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_body_that_is_not_utf8(trouble_router: Router, cause: Callable[..., Any], kind: str) -> None:
    bodies = {
        "application/x-www-form-urlencoded": b"csrf_token=%ff&\xff\xfe=1",
        "multipart/form-data; boundary=x": (
            b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n\xff\xfe\r\n--x--\r\n'
        ),
    }
    answer = Client(trouble_router).post("/box", bodies[kind], {"Content-Type": kind}, status="*")
    assert answer.status_int == 400
    assert soup(answer).h1


def test_our_own_bad_bytes_are_our_mistake(cause: Callable[..., Any]) -> None:
    assert cause(act=lambda _request: b"\xff".decode("utf-8")).status_int == 500


def test_two_changes_at_the_same_moment_are_a_conflict(cause: Callable[..., Any], make: Make) -> None:
    place = make.municipality()

    def clash(request: Request) -> None:
        mine = request.db.get_one(Municipality, place.id)
        faster = update(Municipality).where(Municipality.id == place.id).values(version=Municipality.version + 1)
        request.db.execute(faster, execution_options={"synchronize_session": False})
        mine.contact_name = "Zu spät"
        request.db.flush()

    answer = cause(act=clash)
    assert answer.status_int == 409
    assert "Jemand war schneller" in answer.text
