"""`…/register` and `…/stichprobe` below an event that draws. Rights come from the event."""

from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.events.resources import EventResource
from fdplattform.tools.draw.criteria.resources import InEvent
from fdplattform.tools.draw.register.messages import _
from fdplattform.web.tree import Resource


@dataclass(kw_only=True)
class Register(InEvent):
    """`…/register`: the extract of the residents' register."""

    def page_title(self, _request: Request) -> TranslationString:
        return _("Residents' register")


@dataclass(kw_only=True)
class Sample(InEvent):
    """`…/stichprobe`: how many letters it takes, and to whom they go."""

    def page_title(self, _request: Request) -> TranslationString:
        return _("Sample")


_PLACES: dict[str, type[Register] | type[Sample]] = {"register": Register, "stichprobe": Sample}


def _find(parent: EventResource, name: str) -> Resource | None:
    kind = _PLACES.get(name)
    if kind is None or parent.use("draw") is None:
        return None
    return kind(__name__=name, __parent__=parent, request=parent.request)


def includeme(config: Configurator) -> None:
    config.add_child_finder(EventResource, _find)
