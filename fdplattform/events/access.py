"""Who looked at residents' data: each page that shows it journals that it was opened, and shows nothing otherwise."""

from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.db import begin_immediate
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.errors import Conflict
from fdplattform.events.record import note
from fdplattform.events.resources import EventResource
from fdplattform.security.readonly import is_read_only
from fdplattform.web.database import SAFE_METHODS
from fdplattform.web.tree import Resource, nearest

_ = TranslationStringFactory("fdplattform")


class NotDuringUpdate(Conflict):
    """The journal cannot be written now, so nothing that has to stand in it is shown."""

    status = 503


def journal_access(place: Resource, tag: str, **payload: Any) -> None:
    """Journal with `tag` that a page at `place`, at or below an event, is read; call it before anything is shown.

    A GET writes nothing in its own session: the entry gets a transaction of its own, and stays when the page fails
    later. Raises NotDuringUpdate while the platform is read-only.
    """
    event = nearest(place, EventResource).event
    dialogue = nearest(place, DialogueResource).dialogue
    request = place.request
    if request.method not in SAFE_METHODS:
        note(request.db, tag, event, dialogue, request.identity.actor, at=request.now, **payload)
        return
    with request.registry.sessions.begin() as session:
        begin_immediate(session)
        if is_read_only(session):
            raise NotDuringUpdate(_("The platform is being updated. This page can be opened again afterwards."))
        note(session, tag, event, dialogue, request.identity.actor, at=request.now, **payload)
