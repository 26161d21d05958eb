"""The staff's pages of the points: take them from the statement, and say what becomes of each."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.forms import attributes_of, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.statement.points import Answer, PointWords, answer, points_of, save_points
from fdplattform.tools.statement.resources import PointResource, StatementResource
from fdplattform.tools.statement.schemas import AnswerSchema, PointsSchema
from fdplattform.tools.statement.services import statement_of
from fdplattform.tools.statement.shown import point_rows
from fdplattform.web.ids import parse_id

_ = TranslationStringFactory("fdplattform")

LIST = "punkte"


@view_config(
    context=StatementResource,
    name=LIST,
    permission=Permission.STATEMENT_ANSWER,
    renderer="fdplattform.templates:statement/points.pt",
)
def points_page(context: StatementResource, request: Request) -> Response | dict[str, Any]:
    """All points with what becomes of them, and the form to take them from the statement."""
    event = context.event
    points = points_of(request.db, event.id)
    statement = statement_of(request.db, event.id)
    form = make_form(PointsSchema(), request, cancel=context.href)

    def values_of(_event: Any) -> dict[str, Any]:
        rows = [{"id": str(each.id), "text": each.text, "body": each.body, "due_on": each.due_on} for each in points]
        return {"version": event.version, "points": rows}

    def save(values: dict[str, Any]) -> str:
        rows = [
            PointWords(id=parse_id(row["id"]), text=row["text"], body=row["body"] or None, due_on=row["due_on"])
            for row in values["points"]
        ]
        actor = request.identity.actor
        save_points(request.db, event, rows, version=values["version"], actor=actor, now=request.now)
        request.flash(_("The points are saved."))
        return f"{context.href}/{LIST}"

    return handle(
        request,
        form,
        on_valid=save,
        values=values_of(event),
        current=values_of,
        title=_("Points and responses"),
        rows=point_rows(request, points),
        text=request.texts(statement).get(statement, "text") if statement else None,
        here=context.href,
    )


@view_config(
    context=PointResource,
    name="",
    permission=Permission.STATEMENT_ANSWER,
    renderer="fdplattform.templates:forms/page.pt",
)
def answer_page(context: PointResource, request: Request) -> Response | dict[str, Any]:
    """Say what becomes of the point, and later what came of it."""
    back = f"{context.href}/{LIST}"
    form = make_form(AnswerSchema(), request, cancel=back)

    def save(values: dict[str, Any]) -> str:
        version = values.pop("version")
        status = values.pop("status")
        given = Answer(status=status, **{name: value or None for name, value in values.items()})
        answer(
            request.db,
            context.event,
            context.point,
            given,
            version=version,
            actor=request.identity.actor,
            today=request.fmt.local(request.now).date(),
            now=request.now,
        )
        request.flash(_("Saved. Everybody reads it on the event's page as soon as the statement is public."))
        return back

    return handle(
        request,
        form,
        on_valid=save,
        values=attributes_of(form, context.point),
        title=_("Response to point ${number}", mapping={"number": context.point.position}),
        intro=request.texts(context.point).get(context.point, "text"),
    )
