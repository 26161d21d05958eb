"""Which column holds what, and which value means what."""

from contextlib import closing
from itertools import islice
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from fdplattform.events.access import journal_access
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.criteria.texts import CriteriaTexts
from fdplattform.tools.draw.register import services
from fdplattform.tools.draw.register.columns import columns_needed
from fdplattform.tools.draw.register.messages import _
from fdplattform.tools.draw.register.models import Extract
from fdplattform.tools.draw.register.resources import Register
from fdplattform.tools.draw.register.schemas import (
    LayoutSchema,
    layout_from,
    layout_values,
    mapping_from,
    mapping_schema,
    mapping_values,
    meanings_from,
    meanings_schema,
    meanings_values,
)
from fdplattform.tools.draw.register.standing import is_at_work
from fdplattform.tools.draw.register.stored import copied
from fdplattform.tools.draw.register.tables import clean, rows

#: So many people are shown, so that one sees what the columns hold.
PREVIEW = 3

READ = Button(title=_("Read the extract"))


def _open_extract(context: Register, request: Request) -> Extract | None:
    """The extract, if it can be changed now."""
    extract = services.active_extract(request.db, context.event.id)
    return None if extract is None or extract.file_id is None or is_at_work(extract) else extract


@view_config(
    context=Register,
    name="spalten",
    permission=Permission.REGISTER_READ,
    renderer="fdplattform.templates:draw/register/columns.pt",
)
def columns(context: Register, request: Request) -> Any:
    """The first rows, and for each thing that a letter or a criterion needs, its column."""
    extract, here = _open_extract(context, request), request.resource_path(context)
    if extract is None:
        return HTTPSeeOther(here)
    event = context.event
    criteria, plan = criteria_of(request.db, event.id), plan_of(request.db, event.id)
    needed = columns_needed(criteria, plan.least_age, plan.quarters)
    schema = mapping_schema(extract.columns, criteria, needed)

    def on_valid(values: dict[str, Any]) -> str:
        services.start_reading(
            request.db,
            event,
            extract,
            mapping_from(values),
            version=values["version"],
            actor=request.identity.actor,
        )
        return str(here)

    form = make_form(schema, request, buttons=(READ,), cancel=here)
    shown = handle(
        request,
        form,
        on_valid=on_valid,
        values=mapping_values(extract, schema),
        current=lambda thing: mapping_values(thing, schema),
        title=_("Columns of the extract"),
        extract=extract,
        layout_href=None if services.layout_of(extract).workbook else f"{here}trennung",
    )
    if isinstance(shown, dict):
        journal_access(context, "register:look")
        shown["preview"] = _preview(request, extract)
    return shown


def _preview(request: Request, extract: Extract) -> list[list[str]]:
    with closing(copied(request.db, extract.file_id or 0, request.fdp.var)) as stream:
        found = islice(rows(stream, services.layout_of(extract)), 1, PREVIEW + 1)
        return [[clean(cell)[:60] for cell in row.cells or ()] for row in found]


@view_config(
    context=Register,
    name="trennung",
    permission=Permission.REGISTER_READ,
    renderer="fdplattform.templates:forms/page.pt",
)
def layout(context: Register, request: Request) -> Any:
    """How the file is taken apart, where the guess was wrong."""
    extract = _open_extract(context, request)
    back = str(request.resource_path(context, "spalten"))
    if extract is None or services.layout_of(extract).workbook:
        return HTTPSeeOther(request.resource_path(context))

    def on_valid(values: dict[str, Any]) -> str:
        with closing(copied(request.db, extract.file_id or 0, request.fdp.var)) as stream:
            services.relayout(request.db, extract, stream, layout_from(values), version=values["version"])
        return back

    form = make_form(LayoutSchema(), request, cancel=back)
    return handle(
        request,
        form,
        on_valid=on_valid,
        values=layout_values(extract),
        current=layout_values,
        title=_("Encoding and separator"),
        intro=_("Do you see odd characters instead of ä or ß, or everything in one column? Then choose differently."),
    )


@view_config(
    context=Register,
    name="werte",
    permission=Permission.REGISTER_READ,
    renderer="fdplattform.templates:forms/page.pt",
)
def meanings(context: Register, request: Request) -> Any:
    """To which category each value of a column belongs."""
    extract, here = _open_extract(context, request), str(request.resource_path(context))
    criteria = criteria_of(request.db, context.event.id)
    if extract is None or not extract.found:
        return HTTPSeeOther(here)
    schema = meanings_schema(extract, criteria, CriteriaTexts(request, criteria))

    def on_valid(values: dict[str, Any]) -> str:
        said = meanings_from(values, extract, criteria)
        version, actor = values["version"], request.identity.actor
        services.set_meanings(request.db, context.event, extract, said, version=version, actor=actor)
        return here

    form = make_form(schema, request, buttons=(READ,), cancel=here)
    return handle(
        request,
        form,
        on_valid=on_valid,
        values=meanings_values(extract, criteria),
        current=lambda thing: meanings_values(thing, criteria),
        title=_("Values and categories"),
        intro=_("The register has its own words. Say which category each of them means; then it is read again."),
    )
