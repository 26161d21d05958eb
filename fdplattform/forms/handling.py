"""From a schema to a page and back: `make_form` and `handle`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import colander
import deform
import peppercorn
from deform.exception import ValidationFailure
from markupsafe import Markup
from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from translationstring import TranslationStringFactory

from fdplattform.errors import Conflict, DomainError, NotAllowed, StaleVersion, TooMany
from fdplattform.forms.once import TOKEN, only_once, sent_before, token_field
from fdplattform.forms.rows import apply_change, find_field, first_control, take_change, without_blank_rows
from fdplattform.forms.stale import Comparison, compare
from fdplattform.forms.widgets import FormBody

_ = TranslationStringFactory("fdplattform")

FORM_ID = "__formid__"


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button that sends the form. `kind` is KERN's: primary, secondary or tertiary."""

    title: Any
    name: str = "submit"
    kind: str = "primary"
    value: str = "1"


SAVE = Button(title=_("Save"))


def make_form(
    schema: colander.SchemaNode,
    request: Request,
    *,
    buttons: Sequence[Button] = (SAVE,),
    action: str = "",
    formid: str = "form",
    cancel: str | None = None,
    once: bool = False,
    **bindings: Any,
) -> deform.Form:
    """A form for `schema`, which is bound with `request`, `now`, `time_zone` and `bindings`.

    `cancel` is the address to which "Cancel" leads. A form with `once` makes something new: sent twice, it makes it
    once, and its `on_valid` returns an address. Two forms on one page need different `formid`s.
    """
    bound = schema.bind(
        request=request,
        now=request.now,
        time_zone=ZoneInfo(request.registry.fdp.time_zone),
        **bindings,
    )
    if once:
        bound.add(token_field())
    counter = request.__dict__.setdefault("_form_fields", count())
    form = deform.Form(
        bound, action=action, formid=formid, focus="off", counter=counter, renderer=request.registry.form_renderer
    )
    form.buttons = list(buttons)
    form.cancel = cancel
    form.widget = FormBody()
    form.csrf_token = get_csrf_token(request)
    form.comparison = None
    return form


def handle(
    request: Request,
    form: deform.Form,
    *,
    on_valid: Callable[[dict[str, Any]], str | Response],
    values: Mapping[str, Any] | None = None,
    current: Callable[[Any], Mapping[str, Any]] | None = None,
    **page: Any,
) -> Response | dict[str, Any]:
    """Show the form, or take what was sent. For a view whose renderer shows `form`, such as `forms/page.pt`.

    `on_valid` gets the clean values and returns the address of the next page (303) or a response; what it refuses with
    a DomainError is undone and said at the field (422; 409 for a Conflict). NotAllowed and TooMany are not the form's
    affair and go on. `values` fill the form at first. `current` says the values of a thing that somebody else has
    changed meanwhile (default: its attributes). The rest goes to the template.
    """
    if not is_submitted(request, form):
        form.set_appstruct({**values} if values is not None else colander.null)
        return _shown(form, page)
    if TOKEN in form and (earlier := sent_before(request)):
        return HTTPSeeOther(earlier)
    controls, change = take_change(request.POST.items())
    try:
        pstruct = peppercorn.parse(controls)
    except ValueError:
        return _rejected(request, form, page, _("This form was not complete. Please fill it in again."))
    if change is not None:
        focus = apply_change(pstruct, change)
        form.set_pstruct(pstruct)
        _set_focus(form, change.path, focus)
        return _shown(form, page)
    try:
        clean = form.validate_pstruct(without_blank_rows(pstruct))
    except ValidationFailure:
        return _rejected(request, form, page)
    return _carried_out(request, form, clean, page, on_valid, current)


def _carried_out(
    request: Request,
    form: deform.Form,
    clean: dict[str, Any],
    page: dict[str, Any],
    on_valid: Callable[[dict[str, Any]], str | Response],
    current: Callable[[Any], Mapping[str, Any]] | None,
) -> Response | dict[str, Any]:
    try:
        with undone_on_refusal(request):
            token = clean.pop(TOKEN, None)
            answer = on_valid(clean) if token is None else only_once(request, lambda: str(on_valid(clean)))
    except (NotAllowed, TooMany):
        raise
    except StaleVersion as stale:
        thing = stale.current
        form.comparison = compare(form, current(thing) if current else attributes_of(form, thing))
        form.comparison.renew_version()
        return _shown(form, page, request, 409)
    except DomainError as refusal:
        status = refusal.status if isinstance(refusal, Conflict) else 422
        return _rejected(request, form, page, refusal.message, refusal.field, status)
    return HTTPSeeOther(answer) if isinstance(answer, str) else answer


def is_submitted(request: Request, form: deform.Form) -> bool:
    """True when this very form was sent."""
    return request.method == "POST" and request.POST.get(FORM_ID, form.formid) == form.formid


def attributes_of(form: deform.Form, thing: Any) -> dict[str, Any]:
    """The values of a thing for the form: its attributes that are named like fields."""
    return {child.name: getattr(thing, child.name) for child in form.children if hasattr(thing, child.name)}


@contextmanager
def undone_on_refusal(request: Request) -> Iterator[None]:
    """What was written before a DomainError is undone, and what was loaded before stays usable for the page."""
    if "db" in request.__dict__:
        with request.db.begin_nested():
            yield
        return
    # Nothing was read yet: the transaction need not begin, and take a lock, before `on_valid` wants it.
    try:
        yield
    except DomainError:
        request.tm.abort()
        request.tm.begin()
        raise


def _shown(
    form: deform.Form, page: dict[str, Any], request: Request | None = None, status: int = 200
) -> dict[str, Any]:
    if request is not None:
        request.response.status_int = status
    html = Markup(form.widget.serialize(form, form.cstruct))  # noqa: S704 - our own templates, which escape
    return {**page, "form": html, "rejected": form.error is not None}


def _rejected(
    request: Request,
    form: deform.Form,
    page: dict[str, Any],
    message: Any = None,
    field: str | None = None,
    status: int = 422,
) -> dict[str, Any]:
    if message is not None:
        found = find_field(form, field.split(".")) if field else None
        target = form if found is None else found
        target.error = colander.Invalid(target.schema, message)
        form.error = form.error or colander.Invalid(form.schema)
    return _shown(form, page, request, status)


def _set_focus(form: deform.Form, path: tuple[str | int, ...], index: int | None) -> None:
    rows = find_field(form, path)
    if rows is None:
        return
    rows.add_has_focus = index is None
    if index is not None and index < len(getattr(rows, "sequence_fields", ())):
        first_control(rows.sequence_fields[index]).autofocus = "autofocus"


__all__ = ["SAVE", "Button", "Comparison", "attributes_of", "handle", "is_submitted", "make_form", "undone_on_refusal"]
