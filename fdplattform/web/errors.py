"""Every fault becomes a page in the reader's language that says what to do; for machines, JSON."""

import logging
from dataclasses import dataclass
from typing import Any

from pyramid.encode import urlencode
from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken, PredicateMismatch, URLDecodeError
from pyramid.httpexceptions import HTTPError, HTTPForbidden, HTTPNotFound, HTTPSeeOther
from pyramid.renderers import render, render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import exception_view_config, forbidden_view_config, notfound_view_config
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.errors import DomainError, TooMany
from fdplattform.web.faults import Fault, fault_of, is_undecodable
from fdplattform.web.hidden import is_hidden, nearest_shown
from fdplattform.web.layout import use_page
from fdplattform.web.methods import allowed_methods

log = logging.getLogger(__name__)
_ = TranslationStringFactory("fdplattform")

#: Paths that machines read.
MACHINE_PATHS = ("/api/", "/-/")
RETRY_SECONDS = 30


@dataclass(frozen=True)
class Problem:
    """What an error page says."""

    title: TranslationString
    message: TranslationString
    advice: TranslationString | None = None


UNREADABLE = Problem(
    _("This request could not be read"),
    _("Your browser sent something that we could not read."),
    _("Please go back and try again."),
)
FORGED = Problem(
    _("This form is no longer valid"),
    _("For your protection, a form is only accepted from an open page of this site."),
    _("Please go back, reload the page and send the form again. Cookies must be allowed."),
)
FORBIDDEN = Problem(
    _("You may not see this page"),
    _("Your account does not have the permission for this."),
    _("If you need it for your work, please ask the coordination of the municipality."),
)
NOT_FOUND = Problem(
    _("This page does not exist"),
    _("The page has moved, or the address has a typing mistake."),
)
NOT_PUBLIC = Problem(
    _("This page is not public"),
    _("It is still being prepared, or it is not shown any more."),
)
WRONG_METHOD = Problem(
    _("This page cannot be used like that"),
    _("The address exists, but it does not accept this kind of request."),
)
CONFLICT = Problem(
    _("Somebody was faster"),
    _("The page has changed in the meantime."),
    _("Please go back, reload the page and look at the current state."),
)
TOO_LARGE = Problem(
    _("This is too large"),
    _("What you sent is larger than we can accept here."),
    _("Please send a smaller file or a shorter text."),
)
NOT_ACCEPTED = Problem(
    _("This could not be accepted"),
    _("Some of what you sent is not as we need it."),
    _("Please go back and check what you entered."),
)
TOO_MANY = Problem(
    _("That was too often"),
    _("There were too many attempts in a short time."),
    _("Please wait a while and try again."),
)
BROKEN = Problem(
    _("Something went wrong here"),
    _("This is our fault, not yours. It has been recorded."),
    _("Please try again later. Nothing of what you sent has been saved."),
)
UNAVAILABLE = Problem(
    _("We are back in a moment"),
    _("The platform cannot reach its data at the moment."),
    _("Please try again in a minute. Nothing of what you sent has been saved."),
)
DISK_FULL = Problem(
    _("No space left"),
    _("The platform cannot save anything at the moment because its storage is full."),
    _("Please inform the operator of this site. Nothing of what you sent has been saved."),
)

BY_STATUS = {
    400: UNREADABLE,
    403: FORBIDDEN,
    404: NOT_FOUND,
    405: WRONG_METHOD,
    409: CONFLICT,
    411: UNREADABLE,
    413: TOO_LARGE,
    422: NOT_ACCEPTED,
    429: TOO_MANY,
    503: UNAVAILABLE,
}


def is_for_machines(request: Request) -> bool:
    """True for addresses of the API and of the operation's pages."""
    return request.environ.get("PATH_INFO", "").startswith(MACHINE_PATHS)


def error_response(request: Request, status: int, problem: Problem | None = None) -> Response:
    """The error page, or JSON for machines. It asks neither the database nor who reads it where that may fail."""
    problem = problem or BY_STATUS.get(status, NOT_ACCEPTED if status < 500 else BROKEN)
    translate = request.localizer.translate
    if is_for_machines(request):
        body = {"error": translate(problem.title), "detail": translate(problem.message), "status": status}
        response = render_to_response("json", body, request)
    else:
        response = Response(_page(request, status, problem), content_type="text/html", charset="utf-8")
        response.content_language = request.locale_name
    response.status_int = status
    response.cache_control.no_store = True
    return response


def _page(request: Request, status: int, problem: Problem) -> str:
    values: dict[str, Any] = {
        "title": problem.title,
        "message": problem.message,
        "advice": problem.advice,
        "status": status,
        "shown": [],
        "sign_in": None,
    }
    template = "fdplattform.templates:web/error.pt"
    # Above the transaction, and after a fault, there is no database to ask who reads this.
    if status < 500 and request.environ.get("tm.active"):
        page = use_page(request, bare=False)
        try:
            # What is hidden does not tell its title in the breadcrumbs, and they lead only where the person may go.
            page.place = nearest_shown(request)
            if problem is NOT_PUBLIC:
                values |= {"shown": page.breadcrumbs[1:][-1:], "sign_in": _sign_in(request)}
            return render(template, values, request)
        except Exception:
            log.exception("the page for status %s could not be rendered whole", status)
    use_page(request, bare=True)
    return render(template, values, request)


@notfound_view_config(append_slash=False)
def not_found(error: HTTPNotFound, request: Request) -> Response:
    """404; 405 where the address exists for another method."""
    allowed = allowed_methods(request) if isinstance(error, PredicateMismatch) else []
    if not allowed:
        return error_response(request, 404)
    response = error_response(request, 405)
    response.allow = allowed
    return response


@forbidden_view_config()
def forbidden(error: HTTPForbidden, request: Request) -> Response:
    """403; who is not signed in is asked to sign in first, or reads that this is not public."""
    anonymous = bool(request.environ.get("tm.active")) and request.identity is None
    if not anonymous or request.method not in {"GET", "HEAD"} or is_for_machines(request):
        return error_response(request, 403)
    if is_hidden(error):
        return error_response(request, 404, NOT_PUBLIC)
    return HTTPSeeOther(_sign_in(request))


def _sign_in(request: Request) -> str:
    """The address where staff sign in and come back to this page."""
    return f"/anmelden?{urlencode({'weiter': request.path_qs})}"


@exception_view_config(HTTPError)
def http_error(error: HTTPError, request: Request) -> Response:
    """An HTTP error that a view or a guard raised."""
    problem = FORGED if isinstance(error, (BadCSRFOrigin, BadCSRFToken)) else None
    response = error_response(request, error.status_int, problem)
    for name in ("Retry-After", "Allow"):
        if name in error.headers:
            response.headers[name] = error.headers[name]
    return response


@exception_view_config(DomainError)
def domain_error(error: DomainError, request: Request) -> Response:
    """A rule refused what was asked, outside a form."""
    usual = BY_STATUS.get(error.status, NOT_ACCEPTED)
    response = error_response(request, error.status, Problem(usual.title, error.message, usual.advice))
    if isinstance(error, TooMany):
        response.retry_after = error.retry_after
    return response


@exception_view_config(StaleDataError)
def overtaken(_error: StaleDataError, request: Request) -> Response:
    """Somebody changed the row between this request's reading and writing, also when it was tried again."""
    return error_response(request, 409)


@exception_view_config(UnicodeDecodeError)
@exception_view_config(URLDecodeError)
def undecodable(error: UnicodeDecodeError, request: Request) -> Response:
    """An address or a body that is not UTF-8."""
    return error_response(request, 400) if is_undecodable(error) else broken(error, request)


@exception_view_config(DBAPIError)
@exception_view_config(PoolTimeout)
@exception_view_config(OSError)
@exception_view_config(Exception)
def broken(error: Exception, request: Request) -> Response:
    """500 for our own mistakes; 503 while the database is gone or the disk is full."""
    fault = fault_of(error)
    log.error("%s %s: %s", request.method, request.environ.get("PATH_INFO", ""), fault, exc_info=error)
    if fault is Fault.BUG:
        plugin = request.registry.plugin_at_fault(request, error)
        return error_response(request, 500) if plugin is None else error_response(request, 503, _plugin_fault(plugin))
    response = error_response(request, 503, DISK_FULL if fault is Fault.DISK_FULL else UNAVAILABLE)
    response.retry_after = RETRY_SECONDS
    return response


def _plugin_fault(plugin: str) -> Problem:
    return Problem(
        _("A part of the platform does not work"),
        _("The plugin “${plugin}” has failed. It has been recorded.", mapping={"plugin": plugin}),
        _("Everything else works. Nothing of what you sent has been saved. Please inform the operator of this site."),
    )
