"""The coordinator's page of the criteria: the plan, what is asked, and the quotas."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.forms import SAVE, Button, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.criteria import services
from fdplattform.tools.draw.criteria.messages import _
from fdplattform.tools.draw.criteria.models import Plan
from fdplattform.tools.draw.criteria.quotas import PLENTY, scarce
from fdplattform.tools.draw.criteria.resources import Criteria, CriterionResource
from fdplattform.tools.draw.criteria.schemas import (
    CriterionSchema,
    PlanSchema,
    StartSchema,
    criterion_from,
    criterion_values,
    fixed_schema,
    lines_of,
    plan_from,
    plan_values,
)
from fdplattform.tools.draw.criteria.shown import shown_criteria
from fdplattform.tools.draw.criteria.sizes import planned_letters
from fdplattform.tools.draw.criteria.starts import STARTS, start_with
from fdplattform.tools.draw.criteria.texts import CriteriaTexts
from fdplattform.translation.packed import localizer_for

PAGE = "fdplattform.templates:forms/page.pt"
#: A new criterion's form begins with so many empty categories.
EMPTY_ROWS = 3


@view_config(
    context=Criteria,
    name="",
    permission=Permission.DRAW_PLAN,
    renderer="fdplattform.templates:draw/criteria/page.pt",
)
def overview(context: Criteria, request: Request) -> Any:
    """The criteria with their quotas, what is still wrong with them, and the form of the plan."""
    event = context.event
    shown = shown_criteria(request, event.id)
    plan, criteria = shown.plan, [row.criterion for row in shown.criteria]
    locked = plan.locked_at is not None

    def on_valid(values: dict[str, Any]) -> str:
        services.save_plan(
            request.db, event, plan_from(values), version=values["version"], actor=request.identity.actor
        )
        request.flash(_("Saved."))
        return here

    here = str(request.resource_path(context))
    form = make_form(PlanSchema(), request, buttons=() if locked else (SAVE,))
    texts = CriteriaTexts(request, criteria)
    rare = scarce(criteria, planned_letters(plan), plan.response_percent)
    return handle(
        request,
        form,
        on_valid=on_valid,
        values=plan_values(plan),
        current=plan_values,
        title=_("Criteria"),
        here=here,
        shown=shown,
        locked=locked,
        too_many=len(criteria) > PLENTY,
        scarce=[(texts.category(each.category), each.expected) for each in rare],
        sample_href=request.resource_path(context.__parent__, "stichprobe"),
    )


@view_config(context=Criteria, name="anfangen", permission=Permission.DRAW_PLAN, renderer=PAGE)
def start(context: Criteria, request: Request) -> Any:
    """Take over ready-made criteria."""
    here = str(request.resource_path(context))

    def on_valid(values: dict[str, Any]) -> str:
        made = start_with(
            request.db,
            context.event,
            values["starts"],
            lines_of(values["quarters"]),
            languages=request.fdp.locales,
            write=lambda code, text: str(localizer_for(request.registry, code).translate(text)),
            actor=request.identity.actor,
            now=request.now,
        )
        request.flash(_("New criteria: ${number}", mapping={"number": made}))
        return here

    options = [(key, start.title) for key, start in STARTS.items()]
    form = make_form(StartSchema(), request, buttons=(Button(title=_("Take over")),), cancel=here, starts=options)
    intro = _("Four or five criteria are plenty. You can change everything about them afterwards.")
    values = {"starts": ["age", "gender"]}
    return handle(request, form, on_valid=on_valid, values=values, title=_("Ready-made criteria"), intro=intro)


@view_config(context=Criteria, name="neu", permission=Permission.DRAW_PLAN, renderer=PAGE)
def add(context: Criteria, request: Request) -> Any:
    """A new criterion."""
    here = str(request.resource_path(context))

    def on_valid(values: dict[str, Any]) -> str:
        services.add_criterion(request.db, context.event, criterion_from(values), actor=request.identity.actor)
        request.flash(_("Saved."))
        return here

    form = make_form(CriterionSchema(), request, cancel=here)
    values = {"categories": [{} for _row in range(EMPTY_ROWS)], "version": 0}
    return handle(request, form, on_valid=on_valid, values=values, title=_("New criterion"))


@view_config(context=CriterionResource, name="", permission=Permission.DRAW_PLAN, renderer=PAGE)
def edit(context: CriterionResource, request: Request) -> Any:
    """Change a criterion, its categories and their quotas."""
    criterion, here = context.criterion, str(request.resource_path(context.__parent__))
    plan = services.plan_of(request.db, context.event.id)
    schema = CriterionSchema() if plan.sampled_at is None else fixed_schema(criterion)

    def on_valid(values: dict[str, Any]) -> str:
        services.save_criterion(
            request.db,
            context.event,
            criterion,
            criterion_from(values, criterion),
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("Saved."))
        return here

    form = make_form(schema, request, buttons=() if plan.locked_at else (SAVE,), cancel=here)
    return handle(
        request,
        form,
        on_valid=on_valid,
        values=criterion_values(criterion),
        current=criterion_values,
        title=criterion.title,
        intro=_why_fixed(plan),
    )


def _why_fixed(plan: Plan) -> Any:
    """Why less can be changed than usual."""
    if plan.locked_at is not None:
        return _("The draw is committed. Criteria and places can no longer be changed.")
    if plan.sampled_at is not None:
        return _("People were drawn from the register by these criteria already. Only quotas and names can be changed.")
    return _(
        "${seats} places are drawn. The minimums together may not be more, the maximums together not less.",
        mapping={"seats": plan.drawn_seats},
    )


@view_config(context=CriterionResource, name="verschieben", permission=Permission.DRAW_PLAN, request_method="POST")
def move(context: CriterionResource, request: Request) -> Response:
    """Let a criterion change places with its neighbour; the page opens where it is now."""
    up = request.POST.get("where") == "up"
    services.move_criterion(request.db, context.event, context.criterion, up=up, actor=request.identity.actor)
    return HTTPSeeOther(f"{request.resource_path(context.__parent__)}#criterion-{context.criterion.id}")


@view_config(
    context=CriterionResource,
    name="loeschen",
    permission=Permission.DRAW_PLAN,
    renderer="fdplattform.templates:findings/confirm.pt",
)
def remove(context: CriterionResource, request: Request) -> Any:
    """Take a criterion away, after asking once more."""
    back = str(request.resource_path(context.__parent__))
    if request.method == "POST":
        services.remove_criterion(request.db, context.event, context.criterion, actor=request.identity.actor)
        request.flash(_("The criterion was deleted."))
        return HTTPSeeOther(back)
    return {
        "title": _("Delete the criterion"),
        "thing": context.criterion.title,
        "explanation": _("Its categories and quotas are deleted with it."),
        "here": request.path,
        "back": back,
    }


@view_config(context=Criteria, name="vorschlagen", permission=Permission.DRAW_PLAN, request_method="POST")
def propose(context: Criteria, request: Request) -> Response:
    """Set the quotas from the shares of the population."""
    without = services.propose_quotas(request.db, context.event, actor=request.identity.actor)
    if without:
        titles = ", ".join(criterion.title for criterion in without)
        request.flash(
            _(
                "No quotas proposed for: ${titles}. The shares of their categories must add up to 100 percent first.",
                mapping={"titles": titles},
            ),
            "warning",
        )
    else:
        request.flash(_("The quotas were proposed from the shares. Look at them, and change what you need."))
    return HTTPSeeOther(request.resource_path(context))
