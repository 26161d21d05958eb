"""What plugins fill the demo with: events in any state, with dates relative to today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.dates import DateValues
from fdplattform.events.facts import STEP_TAG
from fdplattform.events.models import Event
from fdplattform.events.services import NewEvent, create_event
from fdplattform.events.tools import tools
from fdplattform.findings.models import FieldOfAction, Finding, FindingKind
from fdplattform.groups.models import Group, GroupKind
from fdplattform.journal.services import Actor, record
from fdplattform.plugins.format import EventFormat
from fdplattform.translation.services import save

#: Who led the demo's events, as the journal names them.
COORDINATION = Actor("account", name="Koordination (Beispiel)")


@dataclass(frozen=True, kw_only=True)
class SampleData:
    """Handed to `fdplattform_sample_data`. Everything it makes belongs to the demo's `dialogue`."""

    session: Session
    registry: Registry
    dialogue: Dialogue
    now: datetime

    def moment(self, in_days: int, hour: float) -> datetime:
        """The local time `hour` (9.5 is half past nine) on the day that lies `in_days` from today."""
        zone = ZoneInfo(self.registry.fdp.time_zone)
        day = self.now.astimezone(zone).date() + timedelta(days=in_days)
        return datetime.combine(day, time(int(hour), round(hour % 1 * 60)), zone)

    def event(
        self,
        format_: EventFormat,
        *,
        title: str,
        in_days: int,
        hours: tuple[float, float],
        place: str = "Stadthalle, Marktplatz 1",
        capacity: int | None = None,
        details: Mapping[str, Any] | None = None,
        steps: Sequence[tuple[str, str] | tuple[str, str, int]] = (),
        follows: Event | None = None,
        translations: Mapping[str, Mapping[str, str]] | None = None,
        **texts: Any,
    ) -> Event:
        """An event that has taken `steps`, oldest first: transition, the state it led to, and days from today (-14
        was two weeks ago; without them ten days lie between the steps).

        `translations` maps a language to the event's texts by field.
        """
        new = NewEvent(
            title=title,
            goal=texts.pop("goal", self.dialogue.goal),
            results_promise=self.dialogue.results_promise,
            details=dict(details or {}),
            dates=[
                DateValues(
                    starts_at=self.moment(in_days, hours[0]),
                    ends_at=self.moment(in_days, hours[1]),
                    place=place,
                    capacity=capacity,
                )
            ],
            follows_id=follows.id if follows else None,
            **texts,
        )
        event = create_event(
            self.session,
            self.registry,
            self.dialogue,
            format_,
            new,
            actor=COORDINATION,
            now=self.now - timedelta(days=120),
        )
        for language, translated in (translations or {}).items():
            save(self.session, event, language, translated, now=self.now)
        for number, (transition, state, *in_days_from_now) in enumerate(steps):
            days = in_days_from_now[0] if in_days_from_now else -10 * (len(steps) - number)
            self._step(event, format_, transition, state, self.now + timedelta(days=days))
        return event

    def fill(self, event: Event, tool: str, **values: Any) -> None:
        """Let a tool hold something for `event`, e.g. `fill(event, "statement", text="…")`.

        Each tool says in its documentation what it takes. Raises LookupError when it takes nothing.
        """
        fill = tools(self.registry)[tool].sample
        if fill is None:
            raise LookupError(f"the tool {tool} takes no sample data")
        fill(self.session, event, self.now, values)
        self.session.flush()

    def fields(self) -> Sequence[FieldOfAction]:
        """The fields of action that the demo's dialogue has."""
        query = select(FieldOfAction).where(FieldOfAction.dialogue_id == self.dialogue.id)
        return self.session.scalars(query.order_by(FieldOfAction.position)).all()

    def finding(self, event: Event, kind: FindingKind, text: str, weight: int | None = None) -> Finding:
        """A published finding of `event`."""
        finding = Finding(
            dialogue_id=self.dialogue.id,
            event_id=event.id,
            kind=kind,
            text=text,
            origin=event.title,
            weight=weight,
            published=True,
            created_at=self.now,
        )
        self.session.add(finding)
        return finding

    def working_group(self, field: FieldOfAction, event: Event | None = None, **values: Any) -> Group:
        """A working group for `field`."""
        group = Group(
            dialogue_id=self.dialogue.id,
            event_id=event.id if event else None,
            field_id=field.id,
            kind=GroupKind.WORKING_GROUP,
            title=field.title,
            created_at=self.now,
            **values,
        )
        self.session.add(group)
        return group

    def _step(self, event: Event, format_: EventFormat, transition: str, state: str, at: datetime) -> None:
        workflow = format_.conduct.workflow
        record(
            self.session,
            STEP_TAG,
            actor=COORDINATION,
            subject_id=event.id,
            municipality_id=self.dialogue.municipality_id,
            dialogue_id=self.dialogue.id,
            event_id=event.id,
            payload={
                "transition": transition,
                "step": workflow.transition(transition).title,
                "title": event.title,
                "from": event.state,
                "to": state,
            },
            public=workflow.state(state).public,
            at=at,
        )
        event.state, event.entered_at = state, at
        self.session.flush()
