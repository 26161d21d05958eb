"""Which formats a municipality offers, its settings for them, and which personal fields plugins have brought."""

from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned
from fdplattform.plugins.format import RetentionStart


class FormatOffer(Versioned, Base):
    """What a municipality decided about a format. Without a row the format is offered."""

    __tablename__ = "format_offer"
    __table_args__ = (UniqueConstraint("municipality_id", "format_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="CASCADE"))
    format_id: Mapped[str] = mapped_column(String(60))
    offered: Mapped[bool] = mapped_column(default=True)
    #: Answers to the format's settings form, as its schema serializes them.
    settings: Mapped[dict[str, Any] | None] = mapped_column()


class PluginPersonalField(Base):
    """A personal field in a plugin's table, remembered: it is deleted in time also when the plugin is uninstalled."""

    __tablename__ = "plugin_personal_field"
    __table_args__ = (UniqueConstraint("table_name", "column_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plugin_id: Mapped[str] = mapped_column(String(60))
    table_name: Mapped[str] = mapped_column(String(120))
    column_name: Mapped[str] = mapped_column(String(120))
    keep_days: Mapped[int] = mapped_column()
    start: Mapped[RetentionStart] = mapped_column()
    # What the privacy page says of it without the plugin, in the deployment's language
    occasion: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(200))
    purpose: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str | None] = mapped_column(Text)
