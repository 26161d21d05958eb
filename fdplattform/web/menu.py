"""The main navigation: each room and plugin adds its entries with `config.add_menu_item(...)`."""

from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.security.permissions import Permission


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """An entry of the main navigation; shown to those who have `permission` on the root."""

    id: str
    title: str | TranslationString
    href: str
    permission: str
    order: int

    def current(self, request: Request) -> bool:
        """True on the entry's page and below it, unless another entry is nearer."""
        near = [item for item in request.registry.menu if item.covers(request.path)]
        return self.covers(request.path) and len(self.href) == max(len(item.href) for item in near)

    def covers(self, path: str) -> bool:
        """True when `path` is the entry's page or lies below it."""
        return path == self.href or (self.href != "/" and path.startswith(f"{self.href}/"))


def add_menu_item(
    config: Configurator,
    item_id: str,
    title: str | TranslationString,
    href: str,
    *,
    permission: str = Permission.SITE_VIEW,
    order: int = 50,
) -> None:
    """Directive: an entry of the main navigation, for those who have `permission` on the root."""
    item = MenuItem(id=item_id, title=title, href=href, permission=permission, order=order)
    config.action(("menu item", item_id), config.registry.menu.append, (item,))


def menu_of(request: Request) -> list[MenuItem]:
    """The entries that the person sees, in order."""
    allowed = (item for item in request.registry.menu if request.has_permission(item.permission, request.root))
    return sorted(allowed, key=lambda item: (item.order, item.id))


def includeme(config: Configurator) -> None:
    config.registry.menu = []
    config.add_directive("add_menu_item", add_menu_item)
