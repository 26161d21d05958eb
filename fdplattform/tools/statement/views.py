"""The staff's pages of a statement: write it, look at its drafts, show it to the room."""

from typing import Any

from pyramid.httpexceptions import HTTPNoContent, HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.events.resources import EventResource
from fdplattform.forms import attributes_of, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.statement.comparing import compared
from fdplattform.tools.statement.models import StatementDraft
from fdplattform.tools.statement.points import points_of
from fdplattform.tools.statement.resources import StatementResource
from fdplattform.tools.statement.schemas import WordsSchema
from fdplattform.tools.statement.services import Words, drafts_of, save_words, statement_of
from fdplattform.tools.statement.shown import carried
from fdplattform.web.ids import parse_id
from fdplattform.web.locale import direction
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")


@view_config(
    context=StatementResource,
    name="",
    permission=Permission.STATEMENT_WRITE,
    renderer="fdplattform.templates:statement/page.pt",
    request_method="GET",
)
def statement_page(context: StatementResource, request: Request) -> dict[str, Any]:
    """The words as they stand, the drafts before them, and what can be done."""
    statement = statement_of(request.db, context.event.id)
    texts = request.texts(*([statement] if statement else []))
    return {
        "title": _("Statement"),
        "event_title": nearest(context, EventResource).texts.get(context.event, "title"),
        "text": texts.get(statement, "text") if statement else None,
        "carried": carried(statement),
        "reservations": texts.get(statement, "reservations") if statement and statement.reservations else None,
        "drafts": drafts_of(request.db, statement) if statement else [],
        "points": len(points_of(request.db, context.event.id)),
        "drafting": context.is_drafted,
        "may_answer": request.has_permission(Permission.STATEMENT_ANSWER, context),
        "here": context.href,
    }


@view_config(
    context=StatementResource,
    name="bearbeiten",
    permission=Permission.STATEMENT_WRITE,
    renderer="fdplattform.templates:forms/page.pt",
)
def write(context: StatementResource, request: Request) -> Response | dict[str, Any]:
    """Write the statement; each saving is a draft that stays."""
    statement = statement_of(request.db, context.event.id)
    form = make_form(WordsSchema(), request, cancel=context.href)

    def save(values: dict[str, Any]) -> str:
        version = values.pop("version")
        save_words(
            request.db,
            context.event,
            context.use,
            Words(**values),
            version=version,
            actor=request.identity.actor,
            now=request.now,
        )
        request.flash(_("The statement is saved. Earlier drafts can still be read."))
        return context.href

    return handle(
        request,
        form,
        on_valid=save,
        values=attributes_of(form, statement) if statement else {"version": 0},
        title=_("Write the statement"),
        intro=_("Nobody outside reads it before the step that publishes it."),
    )


@view_config(
    context=StatementResource,
    name="fassung",
    permission=Permission.STATEMENT_WRITE,
    renderer="fdplattform.templates:statement/draft.pt",
    request_method="GET",
)
def draft_page(context: StatementResource, request: Request) -> dict[str, Any]:
    """One draft, and what it changed in the one before."""
    statement = statement_of(request.db, context.event.id)
    drafts = {draft.number: draft for draft in drafts_of(request.db, statement)} if statement else {}
    draft = drafts.get(parse_id(request.GET.get("nummer")) or 0)
    if draft is None or statement is None:
        raise HTTPNotFound()
    before: StatementDraft | None = drafts.get(draft.number - 1)
    return {
        "title": _("Draft ${number}", mapping={"number": draft.number}),
        "draft": draft,
        "language": statement.language,
        "dir": direction(statement.language),
        "before": before,
        "after": drafts.get(draft.number + 1),
        "parts": compared(before.text if before else "", draft.text),
        "here": context.href,
    }


@view_config(
    context=StatementResource,
    name="projektor",
    permission=Permission.STATEMENT_WRITE,
    renderer="fdplattform.templates:statement/projector.pt",
    request_method="GET",
)
def projector(context: StatementResource, request: Request) -> Response | dict[str, Any]:
    """The words alone, large, for the wall; nothing new as long as the version that it shows is the present one."""
    statement = statement_of(request.db, context.event.id)
    version = statement.version if statement else 0
    if request.GET.get("v") == str(version) and context.is_drafted:
        return HTTPNoContent()
    texts = request.texts(*([statement] if statement else []))
    return {
        "title": _("Statement"),
        "event_title": nearest(context, EventResource).texts.get(context.event, "title"),
        "text": texts.get(statement, "text") if statement else None,
        "carried": carried(statement),
        "version": version,
        "drafting": context.is_drafted,
        "here": context.href,
    }
