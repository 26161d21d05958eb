"""Which language a page is in: `?lang=` → cookie → the browser's wish → the deployment's default."""

from functools import cache

from babel import Locale
from pyramid.config import Configurator
from pyramid.events import NewRequest, NewResponse
from pyramid.request import Request
from pyramid.response import Response

LANGUAGE_COOKIE = "lang"
ONE_YEAR = 365 * 24 * 3600


@cache
def direction(language: str) -> str:
    """`ltr` or `rtl`."""
    return Locale.parse(language, sep="-").text_direction


@cache
def native_name(language: str) -> str:
    """The name of a language in that language: `Deutsch`, `العربية`."""
    name = Locale.parse(language, sep="-").get_display_name() or language
    return name[:1].upper() + name[1:]


def asked_language(request: Request) -> str | None:
    """The language that the address asks for, if the site has it."""
    try:
        wanted = request.GET.get("lang")
    except UnicodeDecodeError:
        # The error page for such an address needs a language too.
        return None
    return wanted if wanted in request.registry.fdp.locales else None


def negotiate_locale(request: Request) -> str:
    """Pyramid's locale negotiator. A language that the site does not have falls back without a word."""
    locales = request.registry.fdp.locales
    remembered = request.cookies.get(LANGUAGE_COOKIE)
    default = request.registry.fdp.default_locale
    return (
        asked_language(request)
        or (remembered if remembered in locales else None)
        or request.accept_language.lookup(list(locales), default=default)
    )


def remember_language(request: Request, response: Response, language: str) -> None:
    """Keep `language` in a cookie for a year."""
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=ONE_YEAR,
        path="/",
        samesite="Lax",
        httponly=True,
        secure=request.registry.fdp.secure_cookies,
    )


def _remember_asked_language(event: NewRequest) -> None:
    language = asked_language(event.request)
    if language and event.request.cookies.get(LANGUAGE_COOKIE) != language:
        event.request.add_response_callback(lambda request, response: _remember_on_page(request, response, language))


def _remember_on_page(request: Request, response: Response, language: str) -> None:
    # A program that asks for one language has no next page, and its answer can be kept by others.
    if response.content_type == "text/html":
        remember_language(request, response, language)


def _say_language(event: NewResponse) -> None:
    # A cache between us and the reader must not hand a German page to somebody who asked for Arabic.
    if event.response.content_type == "text/html":
        event.response.vary = (*(event.response.vary or ()), "Accept-Language", "Cookie")
        event.response.content_language = event.request.locale_name


def includeme(config: Configurator) -> None:
    config.set_locale_negotiator(negotiate_locale)
    config.add_translation_dirs("fdplattform:locale")
    config.add_subscriber(_remember_asked_language, NewRequest)
    config.add_subscriber(_say_language, NewResponse)
