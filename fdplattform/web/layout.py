"""What surrounds every page: `request.page` and the macros `layout` and `macros` in every template."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.decorator import reify
from pyramid.encode import urlencode
from pyramid.events import BeforeRender
from pyramid.location import lineage
from pyramid.renderers import get_renderer
from pyramid.request import Request

from fdplattform.web.flash import Message, take_messages
from fdplattform.web.locale import direction, native_name
from fdplattform.web.menu import MenuItem, menu_of
from fdplattform.web.theme import PLAIN, Look, look_of
from fdplattform.web.toolbar import ToolbarPart


class Crumb(NamedTuple):
    """A step of the breadcrumbs."""

    title: Any
    href: str


class Text(NamedTuple):
    """A text with its language and direction of writing, as `translation` gives it."""

    value: str
    lang: str
    dir: str


class Language(NamedTuple):
    """A language in which this very page can be read."""

    code: str
    name: str
    dir: str
    href: str
    current: bool


@dataclass
class Page:
    """What the layout shows. A bare page asks neither the database nor who reads it: for pages about a fault.

    `place` is where the breadcrumbs end instead, when the person may not read the place that was asked for.
    """

    request: Request
    bare: bool = False
    place: Any = None

    @reify
    def language(self) -> str:
        """The language of the page, for `lang`."""
        return self.request.locale_name.replace("_", "-")

    @reify
    def dir(self) -> str:
        """The direction of writing, for `dir`."""
        return direction(self.request.locale_name)

    @reify
    def site_name(self) -> str:
        """What the deployment is called."""
        return self.request.registry.fdp.site_name

    def full_title(self, title: Any) -> str:
        """For `<title>`: what the page is, then where."""
        text = self.request.localizer.translate(title)
        return text if text == self.site_name else f"{text} – {self.site_name}"

    def as_text(self, value: Any) -> Any:
        """A plain string as a text in the page's language; a translated text as it is."""
        return value if hasattr(value, "lang") else Text(str(value), self.language, self.dir)

    @reify
    def stylesheet(self) -> str:
        """The address of the stylesheet for the page's direction of writing."""
        return self.request.asset("app.css")

    @reify
    def person(self) -> Any:
        """The signed-in person's identity, or None."""
        return None if self.bare else self.request.identity

    @property
    def is_staff(self) -> bool:
        """True when somebody is signed in: residents have no account."""
        return self.person is not None

    @property
    def has_account(self) -> bool:
        """True when the person signed in to an account, and did not come by a link for the day."""
        return self.is_staff and self.request.authenticated_userid is not None

    @reify
    def _look(self) -> Look:
        return PLAIN if self.bare else look_of(self.request)

    @property
    def theme(self) -> str | None:
        """The address of the municipality's own stylesheet, where the page lies in one that has chosen a colour."""
        return self._look.stylesheet

    @property
    def logo(self) -> str | None:
        """The address of the municipality's logo, where the page lies in one that has a logo."""
        return self._look.logo

    @reify
    def menu(self) -> list[MenuItem]:
        """The entries of the main navigation."""
        return [] if self.bare else menu_of(self.request)

    @reify
    def breadcrumbs(self) -> list[Crumb]:
        """The way from the home page to the thing that is shown, by each resource's `page_title(request)`."""
        asked = getattr(self.request, "context", None)
        context = self.place or asked
        if self.bare or context is None or not hasattr(context, "__parent__"):
            return []
        places = [place for place in reversed(list(lineage(context))) if hasattr(place, "page_title")]
        crumbs = [Crumb(place.page_title(self.request), self.request.resource_path(place)) for place in places]
        # On the thing's own page it is the heading already.
        return crumbs if self.request.view_name or context is not asked else crumbs[:-1]

    @reify
    def languages(self) -> list[Language]:
        """The site's languages, each with the address of this page in it."""
        return [
            Language(
                code,
                native_name(code),
                direction(code),
                self._address(code),
                code == self.request.locale_name,
            )
            for code in self.request.registry.fdp.locales
        ]

    @property
    def language_name(self) -> str:
        """The page's language in that language."""
        return native_name(self.request.locale_name)

    @reify
    def tools(self) -> list[ToolbarPart]:
        """What staff can do with the thing that is shown."""
        return [] if self.bare else self.request.toolbar

    @reify
    def messages(self) -> list[Message]:
        """What the page before wanted to say."""
        return [] if self.bare else take_messages(self.request)

    @reify
    def csrf_token(self) -> str:
        """For the forms that the layout itself shows, such as signing out."""
        return get_csrf_token(self.request)

    def _address(self, language: str) -> str:
        try:
            path = self.request.path
            query = [(key, value) for key, value in self.request.GET.items() if key != "lang"]
        except UnicodeDecodeError:
            path, query = "/", []
        if self.request.method not in {"GET", "HEAD"} and self.bare:
            path, query = "/", []
        return f"{path}?{urlencode([*query, ('lang', language)])}"


def use_page(request: Request, *, bare: bool) -> Page:
    """Replace the request's page, e.g. by a bare one."""
    request.page = Page(request, bare=bare)
    return request.page


def _add_macros(event: BeforeRender) -> None:
    if str(event["renderer_name"]).endswith(".pt"):
        event["layout"] = get_renderer("fdplattform.templates:layout.pt").implementation()
        event["macros"] = get_renderer("fdplattform.templates:macros.pt").implementation().macros


def includeme(config: Configurator) -> None:
    config.include("pyramid_chameleon")
    config.add_request_method(Page, "page", reify=True)
    config.add_subscriber(_add_macros, BeforeRender)
