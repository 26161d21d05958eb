"""Create, edit, publish and close a dialogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, exists, false, or_, select
from sqlalchemy.orm import Session, contains_eager
from translationstring import TranslationStringFactory

from fdplattform.db import Base
from fdplattform.dialogues.models import Dialogue, DialogueState, Phase
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.journal.services import Actor, record
from fdplattform.method import BLOCKS
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.services import activate
from fdplattform.web.slugs import free_slug

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True, kw_only=True)
class DialogueTexts:
    """What people write about a dialogue. `results_promise` says what will happen with the results."""

    title: str
    goal: str
    results_promise: str
    occasion: str | None = None
    language: str = "de"
    languages: Sequence[str] = ("de",)
    starts_on: date | None = None
    ends_on: date | None = None

    def check(self) -> None:
        """Raises DomainError when the end comes before the start."""
        check_order(self.starts_on, self.ends_on)


def check_order(starts_on: date | None, ends_on: date | None) -> None:
    """Raises DomainError at `ends_on` when it comes before `starts_on`. The same day is fine."""
    if starts_on and ends_on and ends_on < starts_on:
        raise DomainError(_("The end comes before the start."), field="ends_on")


def create_dialogue(
    session: Session, municipality_id: int, texts: DialogueTexts, *, now: datetime, actor: Actor
) -> Dialogue:
    """A new draft with one phase per building block. The municipality takes part from now on."""
    texts.check()
    taken = set(session.scalars(select(Dialogue.slug).where(Dialogue.municipality_id == municipality_id)))
    dialogue = Dialogue(
        municipality_id=municipality_id,
        slug=free_slug(texts.title, taken, fallback="dialog"),
        state=DialogueState.DRAFT,
        created_at=now,
        phases=[Phase(block=block.id, position=block.id) for block in BLOCKS],
    )
    _write(dialogue, texts)
    session.add(dialogue)
    session.flush()
    activate(session, municipality_id)
    _record(session, "dialogue:create", dialogue, actor, at=now)
    return dialogue


def edit_dialogue(session: Session, dialogue: Dialogue, texts: DialogueTexts, *, version: int, actor: Actor) -> None:
    """Change what is said about a dialogue; its address stays. Raises StaleVersion or DomainError."""
    check_version(dialogue, version)
    texts.check()
    before = {name: getattr(dialogue, name) for name in _EDITED}
    _write(dialogue, texts)
    changed = sorted(name for name in _EDITED if getattr(dialogue, name) != before[name])
    if changed:
        _record(session, "dialogue:edit", dialogue, actor, fields=changed)


_EDITED = ("title", "goal", "results_promise", "occasion", "language", "languages", "starts_on", "ends_on")


def _write(dialogue: Dialogue, texts: DialogueTexts) -> None:
    for name in _EDITED:
        setattr(dialogue, name, getattr(texts, name))
    dialogue.languages = list(texts.languages)


def publish(session: Session, dialogue: Dialogue, *, now: datetime, actor: Actor) -> None:
    """Let everybody see the dialogue. Publishing twice changes nothing; a closed dialogue is public already."""
    if dialogue.state is not DialogueState.DRAFT:
        return
    dialogue.state = DialogueState.PUBLISHED
    dialogue.published_at = now
    _record(session, "dialogue:publish", dialogue, actor, public=True, at=now)


def unpublish(session: Session, dialogue: Dialogue, *, actor: Actor) -> None:
    """Hide the dialogue from the public. Raises Conflict when it is closed: its results stay public."""
    if dialogue.state is DialogueState.CLOSED:
        raise Conflict(_("A closed dialogue stays public, so that its results can be found."))
    if dialogue.state is DialogueState.DRAFT:
        return
    dialogue.state = DialogueState.DRAFT
    _record(session, "dialogue:unpublish", dialogue, actor)


def is_new(dialogue: Dialogue) -> bool:
    """Nobody but the municipality's staff has seen it so far."""
    return dialogue.state is DialogueState.DRAFT and dialogue.published_at is None


def is_empty(session: Session, dialogue: Dialogue) -> bool:
    """Nothing hangs on the dialogue but its phases: no event, no field of action, no group."""
    others = [
        exists().where(key.parent == dialogue.id)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column is Dialogue.__table__.c.id and table is not Phase.__table__
    ]
    return not session.scalar(select(or_(false(), *others)))


def discard(session: Session, dialogue: Dialogue, *, now: datetime, actor: Actor) -> None:
    """Delete a draft that nobody else has seen. Raises Conflict when it was public, or something hangs on it."""
    if not is_new(dialogue):
        raise Conflict(_("Everybody could see this dialogue. It can be hidden or closed."))
    if not is_empty(session, dialogue):
        raise Conflict(_("The dialogue has events, fields of action or groups. Discard those first."))
    _record(session, "dialogue:discard", dialogue, actor, at=now)
    session.delete(dialogue)


def close(session: Session, dialogue: Dialogue, *, actor: Actor) -> None:
    """End the dialogue; its page stays. Raises Conflict for a draft, which nobody has seen."""
    if dialogue.state is DialogueState.DRAFT:
        raise Conflict(_("A draft cannot be closed. Publish it first."))
    if dialogue.state is DialogueState.CLOSED:
        return
    dialogue.state = DialogueState.CLOSED
    _record(session, "dialogue:close", dialogue, actor, public=True)


def reopen(session: Session, dialogue: Dialogue, *, actor: Actor) -> None:
    """Go on with a closed dialogue."""
    if dialogue.state is not DialogueState.CLOSED:
        return
    dialogue.state = DialogueState.PUBLISHED
    _record(session, "dialogue:reopen", dialogue, actor, public=True)


#: Built once: it is asked for on almost every page.
_AT_ADDRESS = select(Dialogue).where(
    Dialogue.municipality_id == bindparam("municipality_id"), Dialogue.slug == bindparam("slug")
)


def find_dialogue(session: Session, municipality_id: int, slug: str) -> Dialogue | None:
    """The dialogue at this address, with nothing else loaded."""
    return session.scalar(_AT_ADDRESS, {"municipality_id": municipality_id, "slug": slug})


def dialogues_of(session: Session, municipality_id: int, *, drafts: bool) -> Sequence[Dialogue]:
    """The dialogues of a municipality, running ones first, then the newest; `drafts` includes unpublished ones."""
    query = select(Dialogue).where(Dialogue.municipality_id == municipality_id)
    if not drafts:
        query = query.where(Dialogue.state != DialogueState.DRAFT)
    closed_last = (Dialogue.state == DialogueState.CLOSED, Dialogue.created_at.desc(), Dialogue.id.desc())
    return session.scalars(query.order_by(*closed_last)).all()


def running_dialogues(session: Session, *, limit: int) -> Sequence[Dialogue]:
    """The published dialogues of all municipalities, newest first, with their municipality."""
    query = (
        select(Dialogue)
        .join(Dialogue.municipality)
        .options(contains_eager(Dialogue.municipality))
        .where(Dialogue.state == DialogueState.PUBLISHED, Municipality.active)
        .order_by(Dialogue.published_at.desc(), Dialogue.id.desc())
        .limit(limit)
    )
    return session.scalars(query).all()


def _record(
    session: Session,
    tag: str,
    dialogue: Dialogue,
    actor: Actor,
    *,
    public: bool = False,
    fields: Sequence[str] | None = None,
    at: datetime | None = None,
) -> None:
    record(
        session,
        tag,
        actor=actor,
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        payload={"title": dialogue.title} | ({"fields": list(fields)} if fields else {}),
        public=public,
        at=at,
    )
