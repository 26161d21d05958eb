"""`…/stichprobe`: how many letters it takes, the sample itself, and what came out of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.errors import Conflict
from fdplattform.events.resources import EventResource
from fdplattform.events.waiting import waiting_steps
from fdplattform.forms import Button, handle, make_form
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.criteria.models import Plan
from fdplattform.tools.draw.criteria.picture import amount_bar
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.criteria.sizes import POOL_PER_SEAT, Advice, Outlook, Size, Way, advise
from fdplattform.tools.draw.criteria.texts import CriteriaTexts
from fdplattform.tools.draw.register import services
from fdplattform.tools.draw.register.columns import register_criteria
from fdplattform.tools.draw.register.discarding import discard_sample, find_sample, why_kept
from fdplattform.tools.draw.register.faults import failure_text
from fdplattform.tools.draw.register.messages import _
from fdplattform.tools.draw.register.models import Extract, ExtractState, Invitee, InviteeCategory
from fdplattform.tools.draw.register.resources import Sample
from fdplattform.tools.draw.register.retention import deletion_dates
from fdplattform.tools.draw.register.schemas import DiscardSchema, sample_schema
from fdplattform.tools.draw.register.standing import work_of
from fdplattform.web.ids import by_id
from fdplattform.web.tree import nearest

OUTLOOKS = {
    Outlook.TOO_FEW: ("danger", _("Too few to fill the panel")),
    Outlook.TIGHT: ("warning", _("Tight: little to choose from")),
    Outlook.GOOD: ("success", _("Enough to choose from")),
}


@view_config(
    context=Sample,
    name="",
    permission=Permission.REGISTER_READ,
    renderer="fdplattform.templates:draw/register/sample.pt",
)
def page(context: Sample, request: Request) -> Any:
    """The advisor, the form of the sample, and who was drawn, in numbers."""
    event = context.event
    plan = plan_of(request.db, event.id)
    extract = services.active_extract(request.db, event.id)
    place = nearest(context, EventResource)
    advice = advise(
        seats=plan.drawn_seats,
        response_percent=plan.response_percent,
        letters=plan.letters,
        population=nearest(context, MunicipalityResource).municipality.population,
    )
    shown = {
        "title": _("Sample"),
        "here": request.resource_path(context),
        "register_href": request.resource_path(place, "register"),
        "criteria_href": request.resource_path(place, "kriterien"),
        "plan": plan,
        "advice": advice,
        "sizes": _size_rows(request, advice),
        "pool_per_seat": POOL_PER_SEAT,
        "extract": extract,
        "work": work_of(request.db, extract) if extract is not None else None,
        "failure": failure_text(extract.failure) if extract is not None and extract.failure else None,
        "samples": [
            (sample, why_kept(request.db, request.registry, plan, sample))
            for sample in services.samples_of(request.db, event.id)
        ],
        "invited": services.invited(request.db, event.id),
        "groups": _groups(request, event.id),
        "waiting": [step for step in waiting_steps(place) if step.earliest is None or step.earliest > request.now],
        "dates": deletion_dates(request.db, event.id),
    }
    if extract is None or extract.state is not ExtractState.READ or plan.locked_at is not None:
        if request.method == "POST":
            raise Conflict(_("No sample can be drawn now. Look at where the extract stands."))
        return {**shown, "form": None}
    return _form(context, request, extract, plan, advice, shown)


@view_config(
    context=Sample,
    name="verwerfen",
    permission=Permission.REGISTER_READ,
    renderer="fdplattform.templates:forms/page.pt",
)
def discard(context: Sample, request: Request) -> Any:
    """Throw a sample away, with a reason that everybody can read."""
    event = context.event
    sample = by_id(request.GET.get("id", ""), partial(find_sample, request.db, event.id))
    if sample is None:
        raise HTTPNotFound()
    why = why_kept(request.db, request.registry, plan_of(request.db, event.id), sample)
    if why is not None:
        raise Conflict(why)
    here = str(request.resource_path(context))

    def on_valid(values: dict[str, Any]) -> str:
        actor = request.identity.actor
        discard_sample(request.db, request.registry, event, sample, reason=values["reason"], actor=actor)
        request.flash(_("The sample is discarded. Nobody of it gets a letter."))
        return here

    form = make_form(DiscardSchema(), request, buttons=(Button(title=_("Discard the sample")),), cancel=here)
    people = _(
        "${people} people were drawn. Their names and addresses are deleted, and they can be drawn again. For a new "
        "sample the extract of the register has to be uploaded again.",
        mapping={"people": request.fmt.number(sample.counts["drawn"])},
    )
    return handle(request, form, on_valid=on_valid, title=_("Discard the sample"), intro=people)


def _form(
    context: Sample, request: Request, extract: Extract, plan: Plan, advice: Advice, shown: Mapping[str, Any]
) -> Any:
    event = context.event
    today = request.fmt.local(request.now).date()
    asked = services.questions_of(request.db, event.id, today=today, secret=request.fdp.secret)

    def on_valid(values: dict[str, Any]) -> str:
        services.start_sample(
            request.db,
            event,
            extract,
            size=values["size"],
            leave_out=values.get("leave_out", False),
            basis=asked.basis,
            version=values["version"],
            actor=request.identity.actor,
        )
        return str(request.resource_path(context))

    form = make_form(sample_schema(extract), request, buttons=(Button(title=_("Draw the sample")),))
    letters = min(plan.letters or advice.planned.letters, extract.counts["households"])
    values = {"size": letters, "version": extract.version}
    return handle(request, form, on_valid=on_valid, values=values, current=lambda _thing: values, **shown)


def _size_rows(request: Request, advice: Advice) -> list[dict[str, Any]]:
    """The plan and the alternatives, with a bar for the willing people and a line at the places."""
    sizes = (advice.planned, *advice.others)
    most = max(max(size.willing, size.seats) for size in sizes)
    rtl = request.page.dir == "rtl"
    return [
        {
            "size": size,
            "title": _way_title(request, size),
            "outlook": OUTLOOKS[size.outlook],
            "picture": amount_bar(size.willing, most, size.seats, rtl=rtl),
        }
        for size in sizes
    ]


def _way_title(request: Request, size: Size) -> Any:
    if size.way is Way.RESPONSE:
        percent = request.fmt.number(size.response_percent, 1)
        return _("If ${percent} of a hundred say yes", mapping={"percent": percent})
    if size.way is Way.PANEL:
        return _("A panel of ${seats}", mapping={"seats": size.seats})
    return _("2 percent of the residents") if size.way is Way.GUIDE else _("As planned")


def _groups(request: Request, event_id: int) -> list[dict[str, Any]]:
    """How the people drawn are spread over the categories, beside the population."""
    criteria = register_criteria(criteria_of(request.db, event_id))
    numbers = _drawn_by_category(request.db, event_id)
    if not numbers:
        return []
    texts = CriteriaTexts(request, criteria)
    rtl = request.page.dir == "rtl"
    groups = []
    for criterion in criteria:
        whole = sum(numbers.get(category.id, 0) for category in criterion.categories)
        rows = []
        for category in criterion.categories:
            percent = 100 * numbers.get(category.id, 0) / whole if whole else 0.0
            picture: Markup = amount_bar(percent, 100, category.share, rtl=rtl)
            rows.append((texts.category(category), numbers.get(category.id, 0), percent, category.share, picture))
        groups.append({"title": texts.title(criterion), "rows": rows})
    return groups


def _drawn_by_category(session: Session, event_id: int) -> dict[int, int]:
    query = (
        select(InviteeCategory.category_id, func.count())
        .join(Invitee, Invitee.id == InviteeCategory.invitee_id)
        .where(Invitee.event_id == event_id)
        .group_by(InviteeCategory.category_id)
    )
    return dict(session.execute(query).all())
