"""A group and the people who lead it."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class GroupKind(StrEnum):
    """What a group is for. The steering group grows out of the preparation group."""

    PREPARATION = "preparation"
    STEERING = "steering"
    PROJECT_TEAM = "project_team"
    WORKING_GROUP = "working_group"


class Group(Versioned, Base):
    """A group of a dialogue. A working group has a field of action, a person responsible (FieldLead) and a deputy."""

    __tablename__ = "dialogue_group"
    __table_args__ = (
        CheckConstraint("most_members IS NULL OR least_members IS NULL OR most_members >= least_members", name="size"),
    )
    TRANSLATED: ClassVar[tuple[str, ...]] = ("title", "task")

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    #: The event at which it was set up, if it was at one.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"), index=True)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("field_of_action.id", ondelete="SET NULL"), index=True)
    kind: Mapped[GroupKind] = mapped_column()
    language: Mapped[str] = mapped_column(String(10), default="de")
    title: Mapped[str] = mapped_column(String(200))
    task: Mapped[str | None] = mapped_column(Text)
    least_members: Mapped[int | None] = mapped_column()
    most_members: Mapped[int | None] = mapped_column()

    # Personal; deleted with the dialogue's end plus the period declared in `fdplattform.groups`.
    lead_name: Mapped[str | None] = mapped_column(String(200))
    lead_contact: Mapped[str | None] = mapped_column(String(254))
    #: When the person responsible agreed to be named; None means that nobody has agreed yet.
    lead_consented_at: Mapped[datetime | None] = mapped_column()
    #: The person responsible also agreed that everybody may read the name.
    lead_public: Mapped[bool] = mapped_column(default=False)
    deputy_name: Mapped[str | None] = mapped_column(String(200))
    deputy_contact: Mapped[str | None] = mapped_column(String(254))

    first_meeting_at: Mapped[datetime | None] = mapped_column()
    first_meeting_place: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column()
