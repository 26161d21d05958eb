"""Pages that everybody could read if they were public: what of the way to them may be shown to who may not."""

from pyramid.exceptions import PredicateMismatch
from pyramid.httpexceptions import HTTPForbidden
from pyramid.location import lineage
from pyramid.request import Request
from pyramid.security import view_execution_permitted

from fdplattform.security.permissions import Permission
from fdplattform.web.tree import Resource

#: A place that refuses these is no page of staff: it is not public yet, or not any more.
FOR_EVERYBODY = frozenset({Permission.DIALOGUE_VIEW, Permission.EVENT_VIEW})


def is_hidden(refusal: HTTPForbidden) -> bool:
    """True when the page that was refused is one that residents read as soon as it is public."""
    return getattr(refusal.result, "permission", None) in FOR_EVERYBODY


def nearest_shown(request: Request) -> Resource | None:
    """The nearest place at or above the one that was asked for whose own page the person may read, else the root.

    None where the request was refused before it came into the tree.
    """
    context = getattr(request, "context", None)
    places = lineage(context) if isinstance(context, Resource) else ()
    return next((place for place in places if _is_shown(place, request)), getattr(request, "root", None))


def _is_shown(place: Resource, request: Request) -> bool:
    try:
        return bool(view_execution_permitted(place, request))
    except (TypeError, PredicateMismatch):
        # It has no page of its own.
        return False
