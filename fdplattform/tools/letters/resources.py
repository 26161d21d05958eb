"""`…/briefe/{kind}/{run}` below an event that uses letters. Rights come from the event and from the kind."""

from dataclasses import dataclass
from functools import cached_property, partial

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.resources import EventResource
from fdplattform.security.permissions import Permission
from fdplattform.tools.letters.desk import Desk
from fdplattform.tools.letters.kinds import LetterKind, letter_kinds
from fdplattform.tools.letters.messages import _
from fdplattform.tools.letters.models import LetterRun
from fdplattform.tools.letters.offered import kind_at
from fdplattform.web.ids import by_id
from fdplattform.web.tree import Resource, nearest

NAME = "briefe"


@dataclass(kw_only=True)
class Letters(Resource):
    """`…/briefe`: the kinds of letters of an event."""

    def page_title(self, _request: Request) -> TranslationString:
        return _("Letters")

    def kinds(self) -> list[LetterKind]:
        """The kinds that the event's tools bring along; of those who see letters, each sees what concerns them."""
        place = nearest(self, EventResource)
        asked = self.request.has_permission
        # Whoever may see no letters at all is refused by the pages, and can sign in there.
        reads = asked(Permission.LETTER_READ, place)
        return [
            kind
            for kind in letter_kinds(self.request.registry).values()
            if place.use(kind.tool) is not None and (not reads or asked(kind.permission, place))
        ]


@dataclass(kw_only=True)
class KindResource(Resource):
    """`…/briefe/{kind}`: texts and letters of one kind; `__name__` is its id."""

    @cached_property
    def kind(self) -> LetterKind:
        """The kind. It was there when this resource was found."""
        known = kind_at(self.request.registry, self.event_resource.event, self.__name__)
        assert known is not None
        return known

    def page_title(self, _request: Request) -> str:
        return self.kind.title

    @property
    def event_resource(self) -> EventResource:
        """The event whose letters these are."""
        return nearest(self, EventResource)

    @property
    def event_href(self) -> str:
        """The event's address, to which the pages of guards are relative."""
        return str(self.request.resource_path(self.event_resource)).rstrip("/")

    @property
    def desk(self) -> Desk:
        """For what the person who asks does here."""
        return Desk(
            event=self.event_resource.event,
            dialogue=nearest(self, DialogueResource).dialogue,
            kind=self.kind,
            actor=self.request.identity.actor,
            now=self.request.now,
        )


@dataclass(kw_only=True)
class RunResource(Resource):
    """`…/briefe/{kind}/{id}`: letters that were made together."""

    run: LetterRun

    def page_title(self, request: Request) -> str:
        return str(request.fmt.datetime(self.run.created_at))

    @property
    def desk(self) -> Desk:
        """For what the person who asks does here."""
        return nearest(self, KindResource).desk


def _find_letters(parent: EventResource, name: str) -> Resource | None:
    if name != NAME or parent.use("letters") is None:
        return None
    return Letters(__name__=name, __parent__=parent, request=parent.request)


def _find_kind(parent: Letters, name: str) -> Resource | None:
    if name not in {kind.id for kind in parent.kinds()}:
        return None
    return KindResource(__name__=name, __parent__=parent, request=parent.request)


def _find_run(parent: KindResource, name: str) -> Resource | None:
    run = by_id(name, partial(parent.request.db.get, LetterRun))
    if run is None or (run.event_id, run.kind) != (parent.event_resource.event.id, parent.kind.id):
        return None
    return RunResource(__name__=name, __parent__=parent, request=parent.request, run=run)


def includeme(config: Configurator) -> None:
    config.add_child_finder(EventResource, _find_letters)
    config.add_child_finder(Letters, _find_kind)
    config.add_child_finder(KindResource, _find_run)
