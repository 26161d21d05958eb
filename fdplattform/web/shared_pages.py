"""Pages that look the same to everybody are made once and kept until something changes.

    @view_config(…, shared_page=True)

says that the page depends only on its address, on the language and on the time of day, as long as nobody is signed in.
A page is kept together with the journal's revision: a change that any process commits makes every kept page old at
once. What time alone changes (a deadline passes) is seen after MAX_AGE.

    @view_config(…, shared_form=True)

says the same of a page with a form. It is kept for FORM_AGE, whatever changes: what counts is decided when the form
is sent. Its tokens are made anew for each reader. See `docs/adr/0040-shared-pages.md`.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from pyramid.config import Configurator
from pyramid.interfaces import IViewDeriverInfo
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import INGRESS
from sqlalchemy.exc import SQLAlchemyError

from fdplattform.journal.revision import Revision, revision
from fdplattform.security.cookie import read_token
from fdplattform.security.csrf import has_new_token
from fdplattform.web.flash import FLASH_COOKIE
from fdplattform.web.fresh import renew, tokens_of
from fdplattform.web.locale import LANGUAGE_COOKIE

#: Seconds after which a page is made anew although nobody changed anything.
MAX_AGE = 10
#: Seconds for which a form is shown as it was made.
FORM_AGE = 2
#: Larger pages are not kept, in bytes.
MAX_SIZE = 200_000

TRANSACTION = "pyramid_tm.tm_tween_factory"

View = Callable[[Any, Request], Response]
#: Host, path, query and language.
Key = tuple[str, str, str, str]
#: The journal's revision and the time in steps of MAX_AGE; of a form no revision, and the time in steps of FORM_AGE.
Stamp = tuple[Revision | None, int]


class Kept(NamedTuple):
    """A page as it was sent."""

    stamp: Stamp
    body: bytes
    headers: tuple[tuple[str, str], ...]
    #: Of a form: what was made for its first reader only.
    tokens: tuple[str, ...] = ()

    def answer(self, request: Request) -> Response:
        """The page for whoever asks now."""
        body = renew(self.body, self.tokens, request) if self.tokens else self.body
        return Response(body, headerlist=list(self.headers))


@dataclass
class SharedPages:
    """The pages that this process keeps, at most `size`; the one that nobody asked for longest goes first."""

    size: int
    _pages: OrderedDict[Key, Kept] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Key, stamp: Stamp) -> Kept | None:
        """The page with this key, if it was made at this stamp."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is None or kept.stamp != stamp:
                return None
            self._pages.move_to_end(key)
            return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep a page."""
        with self._lock:
            self._pages[key] = kept
            self._pages.move_to_end(key)
            while len(self._pages) > self.size:
                self._pages.popitem(last=False)


def shared_view(view: View, info: IViewDeriverInfo) -> View:
    """View deriver: marks the requests that a view with `shared_page=True` or `shared_form=True` answers."""
    mark = next((option for option in (PAGE, FORM) if info.options.get(option)), None)
    if mark is None:
        return view

    def wrapper(context: Any, request: Request) -> Response:
        request.environ[_MARK] = mark
        return view(context, request)

    return wrapper


PAGE, FORM = "shared_page", "shared_form"
shared_view.options = (PAGE, FORM)  # type: ignore[attr-defined]
_MARK = "fdplattform.shared_page"


def shared_pages_tween_factory(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    """Answers with a kept page where there is one; otherwise keeps the page that is made, where that is allowed."""
    pages = SharedPages(registry.fdp.page_cache)
    if not pages.size:
        return handler

    def shared_pages_tween(request: Request) -> Response:
        if not _may_read(request):
            return handler(request)
        key = (request.host_url, request.path_info, request.query_string, request.locale_name)
        moment, stranger = int(request.now.timestamp()), _knows_nobody(request.cookies)
        if form := pages.get(key, _form_stamp(moment)):
            return form.answer(request)
        try:
            with registry.single_statements.connect() as connection:
                stamp = revision(connection), moment // MAX_AGE
        except SQLAlchemyError:
            # The handler will have the same trouble, and knows what to say about it.
            return handler(request)
        if page := pages.get(key, stamp):
            return page.answer(request)
        response = handler(request)
        # The revision was asked for before the page was made: at worst the page counts as old too early.
        if stranger and (made := _to_keep(request, response, stamp, moment)):
            pages.put(key, made)
        return response

    return shared_pages_tween


def _form_stamp(moment: int) -> Stamp:
    return None, moment // FORM_AGE


def _may_read(request: Request) -> bool:
    return (
        request.method == "GET"
        and read_token(request) is None
        and FLASH_COOKIE not in request.cookies
        # Choosing a language sets a cookie.
        and "lang=" not in request.query_string
        and _is_text(request)
    )


def _is_text(request: Request) -> bool:
    """False for addresses that are no UTF-8: what to say about them, the error pages know."""
    try:
        return bool(request.path_info is not None and request.cookies is not None)
    except UnicodeDecodeError:
        return False


def _to_keep(request: Request, response: Response, stamp: Stamp, moment: int) -> Kept | None:
    """The page for the next readers, if it may be kept."""
    if not _may_keep(response):
        return None
    mark, callbacks = request.environ.get(_MARK), len(request.response_callbacks)
    headers = tuple(response.headerlist)
    # Whoever sets a cookie (a form's token, a message for the next page) does it in a callback.
    if mark in {PAGE, FORM} and not callbacks:
        # A page without its form, because it is not the time for it, has no tokens either.
        return Kept(stamp, response.body, headers)
    if mark == FORM and callbacks == 1 and has_new_token(request):
        return Kept(_form_stamp(moment), response.body, headers, tokens_of(request))
    return None


def _may_keep(response: Response) -> bool:
    return (
        response.status_int == 200
        and response.content_type == "text/html"
        and "Set-Cookie" not in response.headers
        and not response.cache_control.no_store
        and not response.cache_control.private
        and len(response.body) <= MAX_SIZE
    )


def _knows_nobody(cookies: Iterable[str]) -> bool:
    """True for somebody of whom nothing is known: only such a reader's page is kept for others."""
    return set(cookies) <= {LANGUAGE_COOKIE}


def includeme(config: Configurator) -> None:
    config.add_view_deriver(shared_view, name="shared_page")
    config.add_tween("fdplattform.web.shared_pages.shared_pages_tween_factory", under=INGRESS, over=TRANSACTION)
