"""The resource tree: `/kommunen/{municipality}/{dialogue}/{event}` and `/verwaltung/…`.

A room hangs its things into the tree by naming who finds children of which resource::

    config.add_child_finder(DialogueResource, find_event)

so that a parent never imports its children.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from pyramid.authorization import ALL_PERMISSIONS, Allow, Authenticated, Everyone
from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.security.permissions import Permission, Role, principal

_ = TranslationStringFactory("fdplattform")

Acl = list[tuple[str, str, Any]]


@dataclass(kw_only=True)
class Resource:
    """A place in the tree. `__acl__` is inherited from the parents unless a resource ends its own with DENY_ALL."""

    __name__: str
    __parent__: "Resource | None"
    request: Request = field(repr=False)

    def __acl__(self) -> Acl:
        return []

    def __getitem__(self, name: str) -> "Resource":
        """The child called `name`. Raises KeyError, which traversal turns into 404."""
        if "\x00" in name:
            # Nothing is called so, and PostgreSQL would refuse the question.
            raise KeyError(name)
        for find in self.request.registry.child_finders.get(type(self), ()):
            child = find(self, name)
            if child is not None:
                return child
        raise KeyError(name)


Kind = TypeVar("Kind", bound=Resource)


class ChildFinder(Protocol):
    """Returns the child called `name` of `parent`, or None."""

    def __call__(self, parent: Any, name: str, /) -> Resource | None: ...


@dataclass(kw_only=True)
class Root(Resource):
    """`/`"""

    def page_title(self, _request: Request) -> TranslationString:
        return _("Home")

    def __acl__(self) -> Acl:
        return [
            (Allow, Everyone, Permission.SITE_VIEW),
            (Allow, Authenticated, Permission.WORK_VIEW),
            (Allow, principal(Role.ADMIN), ALL_PERMISSIONS),
            (Allow, principal(Role.PROGRAMME_OFFICE), (Permission.PROGRAMME_VIEW, Permission.PROGRAMME_EDIT)),
        ]


@dataclass(kw_only=True)
class Administration(Resource):
    """`/verwaltung`: work across municipalities. The views below it name their permissions."""

    def page_title(self, _request: Request) -> TranslationString:
        return _("My week")

    def __acl__(self) -> Acl:
        return [(Allow, Authenticated, Permission.ACCOUNT_OWN)]


def root_factory(request: Request) -> Root:
    """The tree's root, made for each request."""
    return Root(__name__="", __parent__=None, request=request)


def _find_administration(parent: Root, name: str) -> Resource | None:
    if name != "verwaltung":
        return None
    return Administration(__name__=name, __parent__=parent, request=parent.request)


def add_child_finder(config: Configurator, parent: type[Resource], find: ChildFinder) -> None:
    """Directive: let `find` look for children of resources of class `parent`."""

    def register() -> None:
        config.registry.child_finders.setdefault(parent, []).append(find)

    config.action(("child finder", parent, find), register)


def nearest(resource: Resource, kind: type[Kind]) -> Kind:
    """The nearest `kind` at or above `resource`. Raises LookupError when there is none."""
    here: Resource | None = resource
    while here is not None:
        if isinstance(here, kind):
            return here
        here = here.__parent__
    raise LookupError(f"{resource!r} is not inside a {kind.__name__}")


def includeme(config: Configurator) -> None:
    config.registry.child_finders = {}
    config.add_directive("add_child_finder", add_child_finder)
    config.add_child_finder(Root, _find_administration)
    config.set_root_factory(root_factory)
