"""`/antwort/{code}` for who got a letter: the code is the permission. `…/antworten/{id}` at an event: for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from pyramid.authorization import DENY_ALL, Allow, Everyone
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload
from translationstring import TranslationString

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import DialogueResource, dialogue_resource
from fdplattform.events.models import Event, EventDate
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.tools.codes import REPLY, codes_of
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies.answering import Desk
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.draw.replies.models import Reply
from fdplattform.web.ids import parse_id
from fdplattform.web.tree import Acl, Resource, Root, nearest

DESK = REPLY.path.removeprefix("/")
NAME = "antworten"
#: Pages below the desk that need no code.
THANKS = frozenset({"danke", "abgesagt"})


@dataclass(kw_only=True)
class ReplyDesk(Resource):
    """`/antwort`: where people enter their code."""

    def page_title(self, _request: Request) -> TranslationString:
        return _("Answer an invitation")

    def __getitem__(self, name: str) -> Resource:
        """The invitation to which the code `name` belongs; any other name, and a used code, is a `SpentCode`."""
        if name in THANKS:
            raise KeyError(name)
        return self.find(name)

    def find(self, typed: str) -> "ReplyResource | SpentCode":
        """What `typed` opens. One query, whatever was typed, so that the time says nothing either."""
        stored = codes_of(self.request.db, REPLY).hash(typed) or ""
        found = self.request.db.execute(_with_code(), {"hash": stored}).one_or_none()
        if found is None or found.answered is not None:
            return SpentCode(
                __name__=typed, __parent__=self, request=self.request, token=None if found is None else found.token
            )
        return ReplyResource(
            __name__=typed,
            __parent__=self,
            request=self.request,
            invitee=found.Invitee,
            event=found.Event,
            municipality=found.Event.dialogue.municipality,
        )


@dataclass(kw_only=True)
class SpentCode(Resource):
    """A code that was used, or one that never was. Which of the two nobody learns, whatever comes after it."""

    #: The token of the form with which the answer was given, if there is one.
    token: str | None = None

    def __getitem__(self, name: str) -> Resource:
        return self


@dataclass(kw_only=True)
class ReplyResource(Resource):
    """The invitation of somebody who has not answered yet."""

    invitee: Invitee
    event: Event
    #: The one that invites: the page looks like the others of the event.
    municipality: Municipality

    def __acl__(self) -> Acl:
        return [(Allow, Everyone, Permission.REPLY_OWN), DENY_ALL]

    @cached_property
    def dates(self) -> Sequence[EventDate]:
        """The event's dates, in order."""
        query = select(EventDate).where(EventDate.event_id == self.event.id).order_by(EventDate.starts_at, EventDate.id)
        found: Sequence[EventDate] = self.request.db.scalars(query).all()
        return found

    @cached_property
    def event_resource(self) -> EventResource:
        """The event's place in the tree."""
        place = municipality_resource(self.request, self.municipality)
        return event_resource(dialogue_resource(place, self.event.dialogue), self.event)


@dataclass(kw_only=True)
class Replies(Resource):
    """`…/antworten`: what the invited people answered, for staff. Rights come from the event."""

    def page_title(self, _request: Request) -> TranslationString:
        return _("Replies")

    @property
    def event(self) -> Event:
        """The event to which people were invited."""
        return nearest(self, EventResource).event

    @property
    def desk(self) -> Desk:
        """For what the person who asks does here."""
        return Desk(
            event=self.event,
            dialogue=nearest(self, DialogueResource).dialogue,
            actor=self.request.identity.actor,
            now=self.request.now,
        )


@dataclass(kw_only=True)
class Invited(Resource):
    """`…/antworten/{id}`: one invited person, with or without an answer, for staff."""

    invitee: Invitee

    def page_title(self, _request: Request) -> TranslationString:
        return _("Number ${number}", mapping={"number": self.invitee.number})

    @property
    def replies(self) -> Replies:
        """The list in which the person stands."""
        return nearest(self, Replies)


@cache
def _with_code() -> Select[Invitee, Event, int, str | None]:
    """Built once: every look at a code asks it."""
    dialogue = joinedload(Event.dialogue).joinedload(Dialogue.municipality)
    return (
        select(Invitee, Event, Reply.invitee_id.label("answered"), Reply.token)
        .join(Event, Event.id == Invitee.event_id)
        .outerjoin(Reply, Reply.invitee_id == Invitee.id)
        .where(Invitee.code_hash == bindparam("hash"), Invitee.shredded_at.is_(None))
        .options(dialogue)
    )


def _find_desk(parent: Root, name: str) -> Resource | None:
    return ReplyDesk(__name__=name, __parent__=parent, request=parent.request) if name == DESK else None


def _find_replies(parent: EventResource, name: str) -> Resource | None:
    if name != NAME or parent.use("draw") is None:
        return None
    return Replies(__name__=name, __parent__=parent, request=parent.request)


def _find_invited(parent: Replies, name: str) -> Resource | None:
    number = parse_id(name)
    invitee = None if number is None else parent.request.db.get(Invitee, number)
    if invitee is None or invitee.event_id != parent.event.id:
        return None
    return Invited(__name__=name, __parent__=parent, request=parent.request, invitee=invitee)


def includeme(config: Configurator) -> None:
    config.add_child_finder(Root, _find_desk)
    config.add_child_finder(EventResource, _find_replies)
    config.add_child_finder(Replies, _find_invited)
