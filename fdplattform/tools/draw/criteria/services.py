"""Read and change the plan of a draw, its criteria and their quotas.

Who changes anything takes the plan's row first: changes of one event queue, and see whether the draw is committed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from fdplattform.db.sql import insert_for
from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.events.models import Event
from fdplattform.events.record import note
from fdplattform.journal.services import Actor
from fdplattform.tools.draw.criteria.ages import fault_of_bands
from fdplattform.tools.draw.criteria.messages import _
from fdplattform.tools.draw.criteria.models import Category, Criterion, Kind, Plan, Source
from fdplattform.tools.draw.criteria.quotas import fault_of, has_shares, propose

#: A council of the Vorarlberg kind has 12 to 15 members.
DEFAULT_SEATS = 15
#: Fewer are no panel.
LEAST_SEATS = 2
#: Guidance of the Beteiligungsportal Baden-Württemberg: 3 to 6 of a hundred say yes; who is 16 may be drawn.
DEFAULT_RESPONSE_PERCENT = 4.0
DEFAULT_LEAST_AGE = 16

_DEFAULTS: Mapping[str, Any] = {
    "seats": DEFAULT_SEATS,
    "outside_seats": 0,
    "response_percent": DEFAULT_RESPONSE_PERCENT,
    "least_age": DEFAULT_LEAST_AGE,
    "quarters": [],
    "version": 1,
}


@dataclass(frozen=True, kw_only=True)
class PlanValues:
    """What a coordinator says about the plan; see `models.Plan`."""

    seats: int
    outside_seats: int
    letters: int | None
    response_percent: float
    least_age: int
    quarters: Sequence[str]
    reply_until: date | None


@dataclass(frozen=True, kw_only=True)
class CategoryValues:
    """A category as a coordinator enters it; `id` is None for a new one."""

    title: str
    id: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    share: float | None = None
    least: int | None = None
    most: int | None = None
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class CriterionValues:
    """A criterion as a coordinator enters it."""

    title: str
    source: Source
    kind: Kind
    categories: Sequence[CategoryValues]


def plan_of(session: Session, event_id: int) -> Plan:
    """The event's plan; one with the defaults, which is not saved, when it has none."""
    return session.get(Plan, event_id) or Plan(event_id=event_id, **{**_DEFAULTS, "quarters": []})


def criteria_of(session: Session, event_id: int) -> list[Criterion]:
    """The event's criteria with their categories, in order; two queries."""
    query = (
        select(Criterion)
        .where(Criterion.event_id == event_id)
        .order_by(Criterion.position, Criterion.id)
        .options(selectinload(Criterion.categories))
    )
    return list(session.scalars(query))


def find_criterion(session: Session, event_id: int, criterion_id: int) -> Criterion | None:
    """The event's criterion with this id and its categories, or None."""
    query = (
        select(Criterion)
        .where(Criterion.event_id == event_id, Criterion.id == criterion_id)
        .options(selectinload(Criterion.categories))
    )
    found: Criterion | None = session.scalar(query)
    return found


def locked_plan(session: Session, event_id: int) -> Plan:
    """The event's plan, saved if it was not, and locked until the end of the transaction."""
    session.execute(insert_for(session, Plan).values(event_id=event_id, **_DEFAULTS).on_conflict_do_nothing())
    return session.get_one(Plan, event_id, with_for_update=True, populate_existing=True)


def open_plan(session: Session, event_id: int) -> Plan:
    """The locked plan. Raises Conflict once the draw is committed: its quotas stand in the public record."""
    plan = locked_plan(session, event_id)
    if plan.locked_at is not None:
        raise Conflict(_("The draw is committed. Criteria and places can no longer be changed."))
    return plan


def save_plan(session: Session, event: Event, values: PlanValues, *, version: int, actor: Actor) -> Plan:
    """Change the plan. Raises StaleVersion, Conflict once it is locked, DomainError at `outside_seats`."""
    plan = open_plan(session, event.id)
    check_version(plan, version)
    if values.outside_seats >= values.seats:
        raise DomainError(_("At least one place must be left to be drawn."), "outside_seats")
    if plan.sampled_at is not None and (values.least_age, list(values.quarters)) != (plan.least_age, plan.quarters):
        raise Conflict(_("People were drawn from the register already: the age and the quarters stay as they are."))
    for name in PlanValues.__dataclass_fields__:
        setattr(plan, name, getattr(values, name))
    plan.quarters = list(values.quarters)
    _note(session, "criteria:plan", event, actor, seats=plan.seats, least_age=plan.least_age)
    session.flush()
    return plan


def add_criterion(session: Session, event: Event, values: CriterionValues, *, actor: Actor) -> Criterion:
    """Add a criterion at the end. Raises DomainError at `categories`, Conflict once people were drawn."""
    plan = open_plan(session, event.id)
    _refuse_if_sampled(plan)
    _check(plan, values)
    last = session.scalar(select(func.max(Criterion.position)).where(Criterion.event_id == event.id)) or 0
    criterion = Criterion(
        event_id=event.id,
        position=last + 1,
        language=event.language,
        title=values.title,
        source=values.source,
        kind=values.kind,
        categories=[],
    )
    _put_categories(criterion, values.categories)
    session.add(criterion)
    session.flush()
    _note(session, "criteria:add", event, actor, criterion=values.title)
    return criterion


def save_criterion(
    session: Session, event: Event, criterion: Criterion, values: CriterionValues, *, version: int, actor: Actor
) -> None:
    """Change a criterion. Once people were drawn from the register only titles, shares and quotas can be changed.

    Raises StaleVersion, Conflict, or DomainError at `categories`.
    """
    plan = open_plan(session, event.id)
    check_version(criterion, version)
    if plan.sampled_at is not None and _structure(criterion) != _structure(values):
        _refuse_if_sampled(plan)
    _check(plan, values)
    criterion.title, criterion.source, criterion.kind = values.title, values.source, values.kind
    _put_categories(criterion, values.categories)
    _touch(criterion)
    session.flush()
    _note(session, "criteria:edit", event, actor, criterion=values.title)


def move_criterion(session: Session, event: Event, criterion: Criterion, *, up: bool, actor: Actor) -> None:
    """Let a criterion change places with the one before or behind it; the first and the last stay where they are.

    Raises Conflict once the draw is committed: its record names the criteria in their order.
    """
    open_plan(session, event.id)
    criteria = criteria_of(session, event.id)
    place = criteria.index(criterion)
    target = place - 1 if up else place + 1
    if not 0 <= target < len(criteria):
        return
    criteria.insert(target, criteria.pop(place))
    for position, each in enumerate(criteria, start=1):
        each.position = position
    _note(session, "criteria:move", event, actor, criterion=criterion.title)
    session.flush()


def remove_criterion(session: Session, event: Event, criterion: Criterion, *, actor: Actor) -> None:
    """Take a criterion away, with its categories. Raises Conflict once people were drawn."""
    _refuse_if_sampled(open_plan(session, event.id))
    session.delete(criterion)
    _note(session, "criteria:remove", event, actor, criterion=criterion.title)
    session.flush()


def propose_quotas(session: Session, event: Event, *, actor: Actor) -> list[Criterion]:
    """Set the quotas of every criterion whose shares are known. Returns those whose shares are not."""
    plan = open_plan(session, event.id)
    criteria = criteria_of(session, event.id)
    known = [criterion for criterion in criteria if has_shares(criterion)]
    for criterion in known:
        shares = [category.share or 0.0 for category in criterion.categories]
        _limit(criterion, dict(zip(criterion.categories, propose(shares, plan.drawn_seats), strict=True)))
    session.flush()
    if known:
        _note(session, "criteria:propose", event, actor, number=len(known))
    return [criterion for criterion in criteria if criterion not in known]


def set_limits(session: Session, event: Event, limits: Mapping[int, tuple[int, int]], *, actor: Actor) -> None:
    """Set least and most of some categories, by their ids, e.g. as the engine proposes for quotas that contradict.

    Raises Conflict once the draw is committed.
    """
    open_plan(session, event.id)
    for criterion in criteria_of(session, event.id):
        chosen = {category: limits[category.id] for category in criterion.categories if category.id in limits}
        if chosen:
            _limit(criterion, chosen)
            _note(session, "criteria:edit", event, actor, criterion=criterion.title)
    session.flush()


def set_shares(session: Session, event: Event, shares: Mapping[int, float], *, actor: Actor) -> None:
    """Set the shares (percent) of some categories, by their ids, as a register has them."""
    open_plan(session, event.id)
    for criterion in criteria_of(session, event.id):
        for category in criterion.categories:
            category.share = shares.get(category.id, category.share)
        _touch(criterion)
    session.flush()
    _note(session, "criteria:shares", event, actor)


def _check(plan: Plan, values: CriterionValues) -> None:
    """Raises DomainError at `categories` when they cannot be what they shall be."""
    titles = [category.title.casefold() for category in values.categories]
    if len(set(titles)) != len(titles):
        raise DomainError(_("Two categories have the same name."), "categories")
    if values.kind is Kind.AGE:
        bands = [(category.age_from, category.age_to) for category in values.categories]
        text = fault_of_bands(bands, plan.least_age)
        if text is not None:
            raise DomainError(text, "categories")
    limits = [(category.least, category.most) for category in values.categories]
    known = [(least, most) for least, most in limits if least is not None and most is not None]
    if known and len(known) < len(limits):
        raise DomainError(_("Give minimum and maximum for every category, or for none of them yet."), "categories")
    if any(least > most for least, most in known):
        raise DomainError(_("A minimum is larger than its maximum."), "categories")
    text = fault_of(known, plan.drawn_seats) if known else None
    if text is not None:
        raise DomainError(text, "categories")


def _put_categories(criterion: Criterion, values: Sequence[CategoryValues]) -> None:
    """Change, add and remove categories. One that stays keeps its id: people and translations refer to it."""
    before = {category.id: category for category in criterion.categories}
    stay = {category.id for category in values}
    criterion.categories[:] = [category for category in criterion.categories if category.id in stay]
    for position, value in enumerate(values, start=1):
        category = before.get(value.id) if value.id is not None else None
        if category is None:
            category = Category()
            criterion.categories.append(category)
        ages = (value.age_from, value.age_to) if criterion.kind is Kind.AGE else (None, None)
        category.position, category.title, category.share = position, value.title, value.share
        category.age_from, category.age_to = ages
        category.least, category.most, category.weight = value.least, value.most, value.weight


def _structure(thing: Criterion | CriterionValues) -> object:
    """What people were sorted by when they were drawn."""
    categories = [(each.id, each.age_from, each.age_to) for each in thing.categories]
    return thing.source, thing.kind, categories


def _refuse_if_sampled(plan: Plan) -> None:
    if plan.sampled_at is not None:
        raise Conflict(
            _("People were drawn from the register by these criteria already. Only quotas and names can be changed.")
        )


def _limit(criterion: Criterion, limits: Mapping[Category, tuple[int, int]]) -> None:
    for category, (least, most) in limits.items():
        category.least, category.most = least, most
    _touch(criterion)


def _touch(criterion: Criterion) -> None:
    """Categories belong to their criterion: whoever edits it notices a change of them."""
    flag_modified(criterion, "title")


def _note(session: Session, tag: str, event: Event, actor: Actor, **payload: Any) -> None:
    note(session, tag, event, session.get_one(Dialogue, event.dialogue_id), actor, **payload)
