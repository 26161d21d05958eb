"""The letters and replies of the one municipality that has one of everything."""

from datetime import timedelta
from io import BytesIO

from fdplattform.events.models import Event
from fdplattform.files import kinds
from fdplattform.files.services import store
from fdplattform.testing.draws import add_invited, code_of
from fdplattform.testing.factories import Make
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies import resources as replies
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply
from fdplattform.tools.letters import resources as letters
from fdplattform.tools.letters.models import LetterFile, LetterItem, LetterRun, RunState
from fdplattform.web.tree import Resource

Views = dict[tuple[type[Resource], str], str]


def letter_places(make: Make, event: Event) -> tuple[dict[type[Resource], str], Views]:
    """Letters that are made and not posted; one person who answered, and one who has not yet. Places and views."""
    answered, silent = add_invited(make.session, event, 2)
    make.session.add(
        Reply(
            invitee_id=answered.id,
            event_id=event.id,
            answer=Answer.YES,
            channel=Channel.CARD,
            entered_at=make.registry.clock(),
        )
    )
    run = _run(make, event, answered)
    kind = make.path(event, letters.NAME, "invitation")
    list_ = make.path(event, replies.NAME)
    places: dict[type[Resource], str] = {
        letters.Letters: make.path(event, letters.NAME),
        letters.KindResource: kind,
        letters.RunResource: f"{kind}/{run.id}",
        replies.Replies: list_,
        replies.Invited: f"{list_}/{answered.id}",
        replies.ReplyDesk: "/antwort",
        replies.ReplyResource: f"/antwort/{code_of(make.session, silent)}",
        replies.SpentCode: f"/antwort/{code_of(make.session, answered)}",
    }
    views: Views = {(letters.KindResource, view): f"{kind}/{view}/de" for view in ("text", "standardtext", "vorschau")}
    views |= {(letters.RunResource, view): f"{kind}/{run.id}/{view}/1" for view in ("datei", "druck")}
    return places, views


def _run(make: Make, event: Event, person: Invitee) -> LetterRun:
    now = make.registry.clock()
    run = LetterRun(
        event_id=event.id,
        kind="invitation",
        active_key=f"{event.id}:invitation",
        state=RunState.DONE,
        total=1,
        done=1,
        created_at=now - timedelta(minutes=2),
        finished_at=now,
    )
    make.session.add(run)
    make.session.flush()
    file = store(
        make.session,
        BytesIO(b"%PDF-1.7 one letter"),
        name="briefe.pdf",
        owner_type="letter_run",
        owner_id=run.id,
        kinds=(kinds.PDF,),
        max_size=1000,
    )
    make.session.add(LetterFile(run_id=run.id, number=1, file_id=file.id, letters=1, made_at=now))
    make.session.flush()
    make.session.add(LetterItem(run_id=run.id, key=f"invitee:{person.id}", number=1))
    return run
