"""One table for every translated text: object, field and language."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base


class TextTranslation(Base):
    """The text of one field of one object in one language. The original stays in the object's own column."""

    __tablename__ = "text_translation"
    __table_args__ = (UniqueConstraint("object_type", "object_id", "field", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The table name of the object's model.
    object_type: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[int] = mapped_column()
    field: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    #: A person who speaks the language has read it against the original as it is now.
    reviewed: Mapped[bool] = mapped_column(default=False)
    #: The original at the time of translation: when it has changed since, the translation may be out of date.
    original: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column()
