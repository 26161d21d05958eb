"""`…/auslosung`: start a draw, look at the lottery, accept it, enter the number."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from fdplattform.errors import Conflict
from fdplattform.events.access import journal_access
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.engine.result import Method
from fdplattform.tools.draw.panel import runs, seats
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import AT_WORK, WITH_RECORD, Run, RunState
from fdplattform.tools.draw.panel.readiness import checks
from fdplattform.tools.draw.panel.resources import DrawDesk
from fdplattform.tools.draw.panel.retention import deadlines
from fdplattform.tools.draw.panel.schemas import DEFAULT_MINUTES, StartSchema, WithdrawSchema
from fdplattform.tools.draw.panel.views.common import active, back_to, doing, json_file
from fdplattform.tools.draw.panel.views.figures import figures_of
from fdplattform.tools.draw.panel.words import METHODS, OUTCOMES, STATES, STEPS, said
from fdplattform.tools.draw.replies.needs import cannot_always_come
from fdplattform.web.private import keep_private

CONFIRM = "fdplattform.templates:draw/panel/confirm.pt"


@view_config(
    context=DrawDesk,
    name="",
    permission=Permission.DRAW_PLAN,
    renderer="fdplattform.templates:draw/panel/desk.pt",
    request_method="GET",
)
def desk(context: DrawDesk, request: Request) -> dict[str, Any]:
    """Where the draw stands, and what can be done next."""
    keep_private(request)
    event = context.event_resource.event
    all_ = runs.runs_of(request.db, event.id)
    run = next((run for run in all_ if run.active_key is not None), all_[0] if all_ else None)
    active = run is not None and run.active_key is not None
    translate = request.localizer.translate
    return {
        "title": _("Draw of the panel"),
        "here": request.resource_path(context),
        "event_href": request.resource_path(context.event_resource),
        "run": run,
        "active": active,
        "at_work": run is not None and run.state in AT_WORK,
        "earlier": [each for each in all_ if each is not run],
        "checks": [] if active else checks(request, event.id),
        "figures": figures_of(request, run, all_) if run is not None else None,
        "reasons": [said(sentence, translate) for sentence in (run and run.reason) or ()],
        "changes": [said(step, translate) for step in _proposed(run)],
        "relaxable": run is not None and runs.proposal(run) is not None,
        "deadlines": deadlines(event, event.dates, run.started_at) if run is not None and run.has_sealed else None,
        "states": STATES,
        "methods": METHODS,
        "outcomes": OUTCOMES,
        "correctable": run is not None and seats.may_correct(request.db, run, request.now),
        "step": STEPS.get(run.step) if run is not None and run.step else None,
    }


@view_config(
    context=DrawDesk,
    name="starten",
    permission=Permission.DRAW_PLAN,
    renderer="fdplattform.templates:draw/panel/start.pt",
)
def start(context: DrawDesk, request: Request) -> Any:
    """Say how, and let the worker compute the lottery. What is missing has to be read first."""
    event = context.event_resource.event
    runs.check_free(request.db, event.id)
    found = checks(request, event.id)
    schema = StartSchema()
    if not any(check.kind == "warning" for check in found):
        del schema["anyway"]
    if not cannot_always_come(request.db, event.id):
        del schema["every_date"]

    def on_valid(values: dict[str, Any]) -> str:
        every_date = bool(values.get("every_date"))
        seconds = 60 * values["minutes"]
        runs.start(request.db, values["method"], seconds, doing(context, request), every_date=every_date)
        return str(request.resource_path(context))

    form = make_form(
        schema, request, buttons=(Button(title=_("Start the draw")),), cancel=request.resource_path(context)
    )
    return handle(
        request,
        form,
        on_valid=on_valid,
        values={"method": Method.LEXIMIN, "minutes": DEFAULT_MINUTES},
        title=_("Start the draw"),
        checks=found,
        event_href=request.resource_path(context.event_resource),
    )


@view_config(context=DrawDesk, name="stoppen", permission=Permission.DRAW_PLAN, request_method="POST")
def stop(context: DrawDesk, request: Request) -> Response:
    """Stop the computation, or turn the lottery down."""
    runs.stop(request.db, active(context, request, *AT_WORK, RunState.OFFERED), doing(context, request))
    return back_to(request, context, _("The draw was stopped. You can start again."))


@view_config(context=DrawDesk, name="lockern", permission=Permission.DRAW_PLAN, renderer=CONFIRM)
def relax(context: DrawDesk, request: Request) -> Any:
    """Change the quotas as proposed, after showing every change once more."""
    last = next(iter(runs.runs_of(request.db, context.event_resource.event.id)), None)
    proposed = runs.proposal(last) if last is not None else None
    if last is None or proposed is None:
        raise Conflict(runs.OVER)
    if request.method == "POST":
        runs.relax(request.db, last, doing(context, request))
        return back_to(request, context, _("The quotas were changed. Start the draw again."))
    return {
        "title": _("Change the quotas as proposed"),
        "lead": None,
        "changes": [said(step, request.localizer.translate) for step in proposed["steps"]],
        "question": _("Quotas say whom the panel resembles. Ask those who decided on them before you change them."),
        "button": _("Yes, change them"),
        "back": request.resource_path(context),
    }


@view_config(context=DrawDesk, name="annehmen", permission=Permission.DRAW_PLAN, renderer=CONFIRM)
def accept(context: DrawDesk, request: Request) -> Any:
    """Commit to the lottery, after asking once more."""
    run = active(context, request, RunState.OFFERED)
    if request.method == "POST":
        runs.accept(request.db, run, doing(context, request))
        return back_to(request, context, _("The record is published. Now the number can be drawn before witnesses."))
    return {
        "title": _("Accept the lottery and publish its record"),
        "lead": OUTCOMES.get(run.outcome),
        "question": _(
            "From now on everybody can read the record, and criteria and answers can no longer change the result. "
            "Names are not in it."
        ),
        "button": _("Yes, publish the record"),
        "back": request.resource_path(context),
    }


@view_config(
    context=DrawDesk,
    name="zurueckziehen",
    permission=Permission.DRAW_PLAN,
    renderer="fdplattform.templates:forms/page.pt",
)
def withdraw(context: DrawDesk, request: Request) -> Any:
    """Withdraw a published draw before a number is drawn, with a reason for everybody."""
    run = active(context, request, RunState.COMMITTED)

    def on_valid(values: dict[str, Any]) -> str:
        runs.withdraw(request.db, run, values["reason"], doing(context, request))
        request.flash(_("The draw was withdrawn. Record and reason stay public."))
        return str(request.resource_path(context))

    buttons = (Button(title=_("Withdraw the draw")),)
    form = make_form(WithdrawSchema(), request, buttons=buttons, cancel=request.resource_path(context))
    return handle(request, form, on_valid=on_valid, title=_("Withdraw the draw"))


@view_config(context=DrawDesk, name="nachruecken-beenden", permission=Permission.DRAW_PLAN, renderer=CONFIRM)
def end_replacements(context: DrawDesk, request: Request) -> Any:
    """End the period for replacements, after asking once more."""
    run = active(context, request, RunState.DRAWN)
    if request.method == "POST":
        seats.end_replacements(request.db, run, doing(context, request))
        return back_to(request, context, _("The sealed record is deleted. Nobody can be replaced by lot any more."))
    return {
        "title": _("End the period for replacements"),
        "lead": None,
        "question": _(
            "The sealed record and everybody's categories are deleted, and the needs of all who are not on the panel. "
            "This cannot be taken back."
        ),
        "button": _("Yes, delete it"),
        "back": request.resource_path(context),
    }


@view_config(context=DrawDesk, name="protokoll-versiegelt.json", permission=Permission.PANEL_READ, request_method="GET")
def download_sealed(context: DrawDesk, request: Request) -> Response:
    """The sealed record, for `fdplattform draw verify`."""
    run = active(context, request, *WITH_RECORD)
    sealed = request.db.scalar(select(Run.sealed).where(Run.id == run.id))
    if sealed is None:
        raise Conflict(_("The sealed record is deleted: the period for replacements is over."))
    journal_access(context, "draw:download")
    return json_file(f"auslosung-versiegelt-{context.event_resource.event.slug}.json", sealed, private=True)


def _proposed(run: Run | None) -> list[Any]:
    """The changes of quotas that would help, one by one."""
    return [] if run is None or run.relaxation is None else list(run.relaxation["steps"])
