"""Factories for tests: each makes one thing with sensible defaults, commits it and returns it."""

from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from pyramid.registry import Registry
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.accounts.passwords import hash_password
from fdplattform.accounts.services import add_membership, create_account
from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.services import DialogueTexts, create_dialogue, publish
from fdplattform.events.dates import DateValues
from fdplattform.events.models import Event
from fdplattform.events.services import NewEvent, create_event
from fdplattform.findings.models import FieldOfAction, Finding, FindingKind
from fdplattform.journal.services import SYSTEM
from fdplattform.municipalities.models import Municipality, MunicipalityKind
from fdplattform.security.permissions import Role

#: The password of every account that a factory makes.
PASSWORD = "drei Boote im Hafen"


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


class Make:
    """`make.municipality(name="Ostfildern")`; what is not said is filled in."""

    def __init__(self, session: Session, registry: Registry) -> None:
        self.session = session
        self.registry = registry
        self._numbers = count(1)

    def municipality(self, name: str | None = None, **columns: Any) -> Municipality:
        """A fictional municipality that takes part."""
        number = next(self._numbers)
        name = name or f"Musterstadt {number}"
        given = {
            "slug": f"musterstadt-{number}",
            "kind": MunicipalityKind.GEMEINDE,
            "name": name,
            "official_name": f"{name}, Stadt",
            "search_name": name.casefold(),
            "type": "Stadt",
            "state": "Baden-Württemberg",
            "fictional": True,
            "active": True,
        }
        municipality = Municipality(**given | columns)
        self.session.add(municipality)
        self.session.commit()
        return municipality

    def account(
        self,
        role: Role | None = None,
        municipality: Municipality | None = None,
        *,
        email: str | None = None,
        name: str | None = None,
    ) -> Account:
        """An account with PASSWORD, which is `role` (in `municipality`)."""
        number = next(self._numbers)
        now = self.registry.clock()
        account = create_account(
            self.session,
            email=email or f"person{number}@example.org",
            name=name or f"Person {number}",
            password_hash=_password_hash(),
            now=now,
        )
        if role is not None:
            place = None if municipality is None else municipality.id
            add_membership(self.session, account, role, place, actor=SYSTEM, now=now)
        self.session.commit()
        return account

    def coordinator_of(self, event: Event) -> Account:
        """An account that coordinates the municipality in which the event takes place."""
        dialogue = self.session.get_one(Dialogue, event.dialogue_id)
        return self.account(Role.COORDINATOR, self.session.get_one(Municipality, dialogue.municipality_id))

    def dialogue(self, municipality: Municipality | None = None, *, public: bool = True, **texts: Any) -> Dialogue:
        """A dialogue, published unless `public` is false, with its six phases."""
        number = next(self._numbers)
        host = municipality or self.municipality()
        now = self.registry.clock()
        given = {
            "title": f"Zusammenleben {number}",
            "goal": "Wir lernen uns kennen.",
            "results_promise": "Der Rat berät.",
        }
        dialogue = create_dialogue(self.session, host.id, DialogueTexts(**given | texts), now=now, actor=SYSTEM)
        if public:
            publish(self.session, dialogue, now=now, actor=SYSTEM)
        self.session.commit()
        return dialogue

    def event(
        self,
        dialogue: Dialogue | None = None,
        *,
        format_id: str = "probe",
        state: str | None = None,
        starts_at: datetime | None = None,
        hours: float = 2,
        capacity: int | None = None,
        dates: int = 1,
        details: dict[str, Any] | None = None,
        **texts: Any,
    ) -> Event:
        """An event of the format in `state`, with `dates` dates on following days, the first in 30 days."""
        number = next(self._numbers)
        now = self.registry.clock()
        first = starts_at or (now + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
        given = {"title": f"Treffen {number}", "goal": "Wir reden.", "results_promise": "Wir berichten."}
        new = NewEvent(
            **given | texts,
            details=details or {},
            dates=[
                DateValues(
                    starts_at=first + timedelta(days=day),
                    ends_at=first + timedelta(days=day, hours=hours),
                    place="Rathaus",
                    capacity=capacity,
                )
                for day in range(dates)
            ],
        )
        format_ = self.registry.plugins.formats[format_id]
        event = create_event(
            self.session, self.registry, dialogue or self.dialogue(), format_, new, actor=SYSTEM, now=now
        )
        if state is not None:
            event.state = state
        self.session.commit()
        return event

    def field(self, dialogue: Dialogue, title: str | None = None) -> FieldOfAction:
        """A field of action of the dialogue."""
        number = next(self._numbers)
        field = FieldOfAction(
            dialogue_id=dialogue.id, position=number, title=title or f"Feld {number}", created_at=self.registry.clock()
        )
        self.session.add(field)
        self.session.commit()
        return field

    def finding(self, event: Event, text: str = "Mehr Begegnung", kind: FindingKind = FindingKind.IDEA) -> Finding:
        """A published finding of the event."""
        finding = Finding(
            dialogue_id=event.dialogue_id,
            event_id=event.id,
            kind=kind,
            text=text,
            origin=event.title,
            published=True,
            created_at=self.registry.clock(),
        )
        self.session.add(finding)
        self.session.commit()
        return finding

    def path(self, thing: Municipality | Dialogue | Event, *more: str) -> str:
        """The address of a thing, and of a view of it."""
        return "/".join([self._place(thing), *more])

    def _place(self, thing: Municipality | Dialogue | Event) -> str:
        if isinstance(thing, Municipality):
            return f"/kommunen/{thing.slug}"
        if isinstance(thing, Dialogue):
            return f"{self._place(self.session.get_one(Municipality, thing.municipality_id))}/{thing.slug}"
        return f"{self._place(self.session.get_one(Dialogue, thing.dialogue_id))}/{thing.slug}"
