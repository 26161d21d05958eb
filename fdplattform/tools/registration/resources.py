"""`/anmeldung/{code}`: a registration, for whoever has its code. The code is the permission."""

from dataclasses import dataclass
from functools import cache, cached_property, partial

from pyramid.authorization import DENY_ALL, Allow, Everyone
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload
from translationstring import TranslationString

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.events.models import Event, EventDate
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration
from fdplattform.web.ids import by_id
from fdplattform.web.tree import Acl, Resource, Root


@dataclass(kw_only=True)
class RegistrationDesk(Resource):
    """`/anmeldung`: where people enter their code."""

    def __getitem__(self, name: str) -> Resource:
        """The registration to which the code `name` belongs. Raises KeyError for any other name."""
        registration = _find(self.request, name)
        if registration is None:
            raise KeyError(name)
        place = registration.event_date.event.dialogue.municipality
        return RegistrationResource(
            __name__=name, __parent__=self, request=self.request, registration=registration, municipality=place
        )


@dataclass(kw_only=True)
class RegistrationResource(Resource):
    """One registration, with the date and the event it is for."""

    registration: Registration
    #: The one that invites: the page looks like the others of the event.
    municipality: Municipality

    def __acl__(self) -> Acl:
        return [(Allow, Everyone, Permission.REGISTRATION_OWN), DENY_ALL]

    def page_title(self, _request: Request) -> TranslationString:
        return _("My registration")

    @property
    def date(self) -> EventDate:
        """The date for which it is."""
        return self.registration.event_date

    @property
    def event(self) -> Event:
        """The event for which it is."""
        return self.date.event

    @cached_property
    def event_resource(self) -> EventResource:
        """The event's place in the tree."""
        place = municipality_resource(self.request, self.municipality)
        return event_resource(dialogue_resource(place, self.event.dialogue), self.event)


@dataclass(kw_only=True)
class Participants(Resource):
    """`…/teilnehmende`: the registrations of an event, for staff. Rights come from the event's state."""

    event_resource: EventResource

    def page_title(self, _request: Request) -> TranslationString:
        return _("Participants")

    def __getitem__(self, name: str) -> Resource:
        """The registration with this id, if it is one of this event. Raises KeyError otherwise."""
        registration = by_id(name, partial(_find_in_event, self.request, self.event_resource.event.id))
        if registration is None:
            raise KeyError(name)
        return Participant(
            __name__=name,
            __parent__=self,
            request=self.request,
            registration=registration,
            event_resource=self.event_resource,
        )


@dataclass(kw_only=True)
class Participant(Resource):
    """`…/teilnehmende/{id}`: one registration, for staff."""

    registration: Registration
    event_resource: EventResource

    def page_title(self, _request: Request) -> str:
        return self.registration.name or "–"


def participants_resource(place: EventResource) -> Participants:
    """`…/teilnehmende`"""
    return Participants(__name__="teilnehmende", __parent__=place, request=place.request, event_resource=place)


def _find_participants(parent: EventResource, name: str) -> Resource | None:
    return participants_resource(parent) if name == "teilnehmende" else None


def _find_in_event(request: Request, event_id: int, registration_id: int) -> Registration | None:
    query = (
        select(Registration)
        .join(EventDate, EventDate.id == Registration.event_date_id)
        .options(joinedload(Registration.event_date))
        .where(Registration.id == registration_id, EventDate.event_id == event_id)
    )
    found: Registration | None = request.db.scalar(query)
    return found


def _find(request: Request, typed: str) -> Registration | None:
    stored = codes_of(request.db).hash(typed)
    if stored is None:
        return None
    return request.db.scalar(_with_code(), {"hash": stored})


@cache
def _with_code() -> Select[Registration]:
    """Built once: every look at a registration asks it."""
    event = joinedload(Registration.event_date).joinedload(EventDate.event)
    return (
        select(Registration)
        .options(event.joinedload(Event.dialogue).joinedload(Dialogue.municipality))
        .where(Registration.code_hash == bindparam("hash"))
    )


def _find_desk(parent: Root, name: str) -> Resource | None:
    if name != "anmeldung":
        return None
    return RegistrationDesk(__name__=name, __parent__=parent, request=parent.request)


def includeme(config: Configurator) -> None:
    config.add_child_finder(Root, _find_desk)
    config.add_child_finder(EventResource, _find_participants)
