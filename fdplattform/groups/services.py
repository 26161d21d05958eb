"""Set up groups and name the people responsible for them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.findings.fields import fields_of, find_field
from fdplattform.groups.models import Group, GroupKind
from fdplattform.journal.services import Actor, record

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True, kw_only=True)
class GroupText:
    """What is decided about a group, apart from who leads it."""

    kind: GroupKind
    title: str
    task: str | None = None
    language: str = "de"
    field_id: int | None = None
    least_members: int | None = None
    most_members: int | None = None
    first_meeting_at: datetime | None = None
    first_meeting_place: str | None = None

    def check(self) -> None:
        """Raises DomainError when the sizes are in the wrong order, or when a working group has no field."""
        if self.least_members and self.most_members and self.most_members < self.least_members:
            raise DomainError(_("This is less than the smallest size."), field="most_members")
        if self.kind is GroupKind.WORKING_GROUP and self.field_id is None:
            raise DomainError(_("A working group works on a field of action. Please choose one."), field="field_id")


@dataclass(frozen=True, kw_only=True)
class Leadership:
    """Who is responsible for a group. `consented` and `public` are what the person responsible agreed to."""

    lead_name: str | None = None
    lead_contact: str | None = None
    consented: bool = False
    public: bool = False
    deputy_name: str | None = None
    deputy_contact: str | None = None


def is_set_up(group: Group) -> bool:
    """Whether the group can work: a working group needs a person responsible who agreed, and a deputy."""
    if group.kind is not GroupKind.WORKING_GROUP:
        return True
    return bool(group.lead_name and group.lead_consented_at and group.deputy_name)


def create_group(
    session: Session, dialogue: Dialogue, text: GroupText, *, event_id: int | None = None, now: datetime, actor: Actor
) -> Group:
    """Make a group. Raises DomainError for sizes in the wrong order or a field of another dialogue."""
    _check(session, dialogue, text)
    group = Group(dialogue_id=dialogue.id, event_id=event_id, created_at=now, lead_public=False, **asdict(text))
    session.add(group)
    session.flush()
    _note(session, "group:create", dialogue, group, actor)
    return group


def create_working_groups(
    session: Session, dialogue: Dialogue, *, event_id: int | None = None, now: datetime, actor: Actor
) -> list[Group]:
    """A working group for each field of action of the dialogue that has none yet. Returns the new ones."""
    query = select(Group.field_id).where(Group.dialogue_id == dialogue.id, Group.kind == GroupKind.WORKING_GROUP)
    served = set(session.scalars(query))
    groups = [
        Group(
            dialogue_id=dialogue.id,
            event_id=event_id,
            field_id=field.id,
            kind=GroupKind.WORKING_GROUP,
            title=field.title,
            language=field.language,
            created_at=now,
            lead_public=False,
        )
        for field in fields_of(session, dialogue.id)
        if field.id not in served
    ]
    session.add_all(groups)
    session.flush()
    for group in groups:
        _note(session, "group:create", dialogue, group, actor)
    return groups


def edit_group(
    session: Session, dialogue: Dialogue, group: Group, text: GroupText, *, version: int, actor: Actor
) -> None:
    """Change a group. Raises StaleVersion, and DomainError as `create_group` does."""
    check_version(group, version)
    _check(session, dialogue, text)
    changed = [name for name, value in asdict(text).items() if getattr(group, name) != value]
    for name in changed:
        setattr(group, name, getattr(text, name))
    if changed:
        _note(session, "group:edit", dialogue, group, actor, fields=changed)


def extend_to_steering(session: Session, dialogue: Dialogue, group: Group, *, title: str, actor: Actor) -> None:
    """Let the steering group grow out of the preparation group. Doing it twice changes nothing.

    Raises Conflict for a group of another kind.
    """
    if group.kind is GroupKind.STEERING:
        return
    if group.kind is not GroupKind.PREPARATION:
        raise Conflict(_("Only the preparation group can become the steering group."))
    group.kind, group.title = GroupKind.STEERING, title
    _note(session, "group:extend", dialogue, group, actor, public=True)


def name_leaders(
    session: Session,
    dialogue: Dialogue,
    group: Group,
    leaders: Leadership,
    *,
    version: int,
    now: datetime,
    actor: Actor,
) -> None:
    """Name the person responsible and the deputy.

    A consent that was recorded keeps its date while the name stays. It is one person's: with another name it is gone,
    even if the form still had the tick, and has to be recorded anew. Raises StaleVersion, and DomainError when somebody
    agrees whose name is missing, or when one person is named twice.
    """
    check_version(group, version)
    if leaders.consented and not leaders.lead_name:
        raise DomainError(_("Please write the name of the person who agreed."), field="lead_name")
    if leaders.lead_name and leaders.lead_name == leaders.deputy_name:
        raise DomainError(_("The deputy is somebody else than the person responsible."), field="deputy_name")
    agreed_before = group.lead_consented_at
    agrees = leaders.consented and (agreed_before is None or leaders.lead_name == group.lead_name)
    group.lead_name, group.lead_contact = leaders.lead_name, leaders.lead_contact
    group.deputy_name, group.deputy_contact = leaders.deputy_name, leaders.deputy_contact
    group.lead_consented_at = (agreed_before or now) if agrees else None
    group.lead_public = agrees and leaders.public
    _note(session, "group:lead", dialogue, group, actor)
    if agrees and agreed_before is None:
        _note(session, "group:consent", dialogue, group, actor)


def withdraw_consent(session: Session, dialogue: Dialogue, group: Group, *, actor: Actor) -> None:
    """The person responsible no longer agrees: name and contact are deleted at once."""
    if group.lead_name is None and group.lead_consented_at is None:
        return
    group.lead_name = group.lead_contact = group.lead_consented_at = None
    group.lead_public = False
    _note(session, "group:withdraw", dialogue, group, actor)


def delete_group(session: Session, dialogue: Dialogue, group: Group, *, actor: Actor) -> None:
    """Delete a group and with it the names in it."""
    _note(session, "group:delete", dialogue, group, actor)
    session.delete(group)
    session.flush()


def find_group(session: Session, dialogue_id: int, group_id: int) -> Group | None:
    """The group of this dialogue with this id."""
    return session.scalar(select(Group).where(Group.dialogue_id == dialogue_id, Group.id == group_id))


def groups_of(session: Session, dialogue_id: int) -> Sequence[Group]:
    """The groups of a dialogue: by kind, in the order in which they follow each other."""
    groups = session.scalars(select(Group).where(Group.dialogue_id == dialogue_id).order_by(Group.id)).all()
    order = list(GroupKind)
    return sorted(groups, key=lambda group: order.index(group.kind))


def _check(session: Session, dialogue: Dialogue, text: GroupText) -> None:
    text.check()
    if text.field_id is not None and find_field(session, dialogue.id, text.field_id) is None:
        raise DomainError(_("This field of action belongs to another dialogue."), field="field_id")


def _note(
    session: Session,
    tag: str,
    dialogue: Dialogue,
    group: Group,
    actor: Actor,
    *,
    public: bool = False,
    fields: Sequence[str] = (),
) -> None:
    record(
        session,
        tag,
        actor=actor,
        subject_id=group.id,
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        event_id=group.event_id,
        payload={"title": group.title} | ({"fields": list(fields)} if fields else {}),
        public=public,
    )
