"""A file and its chunks."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base


class StoredFile(Base):
    """A file; its content lies in chunks. It is never changed: a new content is a new file."""

    __tablename__ = "stored_file"
    # An id is never given twice: browsers keep what they fetched.
    __table_args__ = (Index("ix_stored_file_owner", "owner_type", "owner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Name for the person who downloads it; never a path on this machine.
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    #: In bytes.
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    #: What it belongs to ("municipality", 12); the owner's page decides who may read it.
    owner_type: Mapped[str] = mapped_column(String(40))
    owner_id: Mapped[int]


class FileChunk(Base):
    """A piece of a file."""

    __tablename__ = "file_chunk"

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
