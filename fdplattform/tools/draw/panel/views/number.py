"""`…/auslosung/nummer`: the number that was drawn by hand is shown once more, large, before it counts."""

from collections.abc import Callable
from typing import Any

from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.forms import Button, FormSchema, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.panel import seats
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import Run, RunState
from fdplattform.tools.draw.panel.resources import DrawDesk
from fdplattform.tools.draw.panel.schemas import CorrectNumberSchema, NumberSchema
from fdplattform.tools.draw.panel.views.common import active, doing
from fdplattform.web.ids import parse_id
from fdplattform.web.private import keep_private

FORM = "fdplattform.templates:forms/page.pt"
CONFIRM = "fdplattform.templates:draw/panel/number.pt"


@view_config(context=DrawDesk, name="nummer", permission=Permission.DRAW_PLAN, renderer=FORM)
def enter(context: DrawDesk, request: Request) -> Any:
    """Enter the number that was drawn before witnesses: it determines the panel."""
    run = active(context, request, RunState.COMMITTED)

    def save(number: int, witnesses: str) -> None:
        seats.enter_number(request.db, run, number, witnesses, doing(context, request))
        request.flash(_("The panel is determined. These are its members."))

    return _ask(
        context,
        request,
        run,
        NumberSchema(),
        beside="witnesses",
        save=save,
        title=_("Enter the number that was drawn"),
        intro=_(
            "The number lies between 1 and ${most}. You see it once more before it counts.",
            mapping={"most": request.fmt.number(run.panels)},
        ),
    )


@view_config(context=DrawDesk, name="nummer-berichtigen", permission=Permission.DRAW_PLAN, renderer=FORM)
def correct(context: DrawDesk, request: Request) -> Any:
    """A number was entered by mistake: enter the one that was drawn, with a reason that everybody reads."""
    run = active(context, request, RunState.DRAWN)
    seats.check_correctable(request.db, run, request.now)

    def save(number: int, reason: str) -> None:
        seats.correct_number(request.db, run, number, reason, doing(context, request))
        request.flash(_("The number was corrected. These are the members."))

    return _ask(
        context,
        request,
        run,
        CorrectNumberSchema(),
        beside="reason",
        save=save,
        title=_("Correct the number"),
        intro=_(
            "Do this only with those who saw the draw. Everybody will read that number ${number} was entered before, "
            "and the reason.",
            mapping={"number": request.fmt.number(run.number or 0)},
        ),
    )


def _ask(
    context: DrawDesk,
    request: Request,
    run: Run,
    schema: FormSchema,
    *,
    beside: str,
    save: Callable[[int, str], None],
    **page: Any,
) -> Any:
    """Ask for a number and what is asked `beside` it, show both, and `save` them once somebody is sure."""
    keep_private(request)

    def on_valid(values: dict[str, Any]) -> str | Response:
        number, answer = values["number"], values[beside]
        if "sure" in request.POST:
            save(number, answer)
            return str(request.resource_path(context.event_resource, "gremium"))
        seats.check_number(run, number)
        back = request.resource_path(context, request.view_name, query=values)
        shown = {"values": values, "asked": schema[beside].title, "answer": answer, "back": back}
        return render_to_response(CONFIRM, {"title": _("Is this the number?"), **shown}, request)

    form = make_form(schema, request, buttons=(Button(title=_("Go on")),), cancel=request.resource_path(context))
    typed = {"number": parse_id(request.GET.get("number")) or "", beside: request.GET.get(beside, "")}
    return handle(request, form, on_valid=on_valid, values=typed, **page)
