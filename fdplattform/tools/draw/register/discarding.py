"""A sample is thrown away: possible as long as nobody who was drawn can have heard of it."""

from collections.abc import Callable

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from fdplattform.errors import Conflict
from fdplattform.events.models import Event
from fdplattform.journal.services import Actor
from fdplattform.tools.draw.criteria.models import Plan
from fdplattform.tools.draw.criteria.services import locked_plan
from fdplattform.tools.draw.register.messages import _
from fdplattform.tools.draw.register.models import Extract, ExtractState, Invitee, letter_key
from fdplattform.tools.draw.register.services import journal
from fdplattform.tools.letters.lookup import everybody_written_to, is_at_work

#: Says why the people of a sample are needed by another room, or None.
SampleKeeper = Callable[[Session, int], TranslationString | None]


def find_sample(session: Session, event_id: int, extract_id: int) -> Extract | None:
    """The event's extract with this id, if people are drawn from it."""
    query = select(Extract).where(Extract.id == extract_id, Extract.event_id == event_id)
    return session.scalar(query.where(Extract.state == ExtractState.SAMPLED))


def why_kept(session: Session, registry: Registry, plan: Plan, sample: Extract) -> TranslationString | None:
    """Why this sample can no longer be discarded, or None while it can."""
    if plan.locked_at is not None:
        return _("This sample cannot be discarded: the draw is committed.")
    if is_at_work(session, sample.event_id):
        return _("Letters are being made. Wait until they are finished, or discard them first.")
    drawn = session.scalars(select(Invitee.id).where(Invitee.extract_id == sample.id))
    if everybody_written_to(session, sample.event_id).intersection(map(letter_key, drawn)):
        return _(
            "This sample cannot be discarded: letters to these people are made. Letters that are not posted yet can "
            "be discarded first, on the page “Letters”."
        )
    return next((why for keeper in registry.sample_keepers if (why := keeper(session, sample.id)) is not None), None)


def discard_sample(
    session: Session, registry: Registry, event: Event, sample: Extract, *, reason: str, actor: Actor
) -> None:
    """Delete everybody who was drawn from this extract; everybody can read the reason. Raises Conflict when it is kept.

    Without any sample left, the criteria can be changed again.
    """
    plan = locked_plan(session, event.id)
    session.refresh(sample)
    if sample.state is not ExtractState.SAMPLED:
        raise Conflict(_("This sample is discarded already."))
    why = why_kept(session, registry, plan, sample)
    if why is not None:
        raise Conflict(why)
    # Of who wanted to be forgotten the fingerprint stays: the next sample has to leave them out, too.
    known = Invitee.shredded_at.is_(None)
    session.execute(delete(Invitee).where(Invitee.extract_id == sample.id, known))
    sample.state = ExtractState.DISCARDED
    session.flush()
    left = select(func.count()).select_from(Invitee).where(Invitee.event_id == event.id, known)
    if not session.scalar(left):
        plan.sampled_at = None
    people = sample.counts["drawn"]
    journal(session, "register:discard_sample", event, actor, public=True, people=people, why=reason)


def add_sample_keeper(config: Configurator, name: str, keeper: SampleKeeper) -> None:
    """Directive: a sample is not discarded while `keeper(session, extract_id)` gives a reason."""
    config.action(("sample keeper", name), lambda: config.registry.sample_keepers.append(keeper))


def includeme(config: Configurator) -> None:
    config.registry.sample_keepers = []
    config.add_directive("add_sample_keeper", add_sample_keeper)
