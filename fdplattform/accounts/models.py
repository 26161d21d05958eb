"""Accounts, what proves them (sessions, codes, links) and what they are where (memberships)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fdplattform.db import Base, Versioned, utcnow
from fdplattform.security.permissions import Role

#: Longest e-mail address (RFC 5321, errata 1690).
EMAIL_LENGTH = 254
#: Hexadecimal SHA-256.
HASH_LENGTH = 64


class Account(Versioned, Base):
    """A person who signs in. Residents need none."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Casefolded.
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    #: argon2id.
    password_hash: Mapped[str] = mapped_column(String(200))
    #: Encrypted with the deployment's secret; None without a second factor.
    totp_secret: Mapped[str | None] = mapped_column(String(300))
    #: Time step of the last accepted code: the same code is never accepted again (RFC 6238, 5.2).
    totp_counter: Mapped[int | None] = mapped_column(BigInteger)
    #: Preferred language; None follows the browser.
    locale: Mapped[str | None] = mapped_column(String(10))
    disabled_at: Mapped[datetime | None] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    memberships: Mapped[list["Membership"]] = relationship(
        # "all": the database deletes them, also when they are loaded.
        back_populates="account",
        lazy="raise",
        foreign_keys="Membership.account_id",
        passive_deletes="all",
    )


class RecoveryCode(Base):
    """Signs in once in place of the second factor."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)


class AccountSession(Base):
    """A device that is signed in, or that has given the password and still owes the second factor."""

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    #: The second factor is still owed: not an identity yet.
    pending: Mapped[bool] = mapped_column(default=False)
    #: Browser and system in two words, so that a person recognises the device. Never the whole header.
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column()
    #: Accurate to the hour; reading pages does not count, because reading never writes.
    last_seen_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None] = mapped_column()

    account: Mapped[Account] = relationship(lazy="raise")


class Membership(Base):
    """What an account is: in the whole deployment (site roles) or in one municipality (all others)."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "municipality_id"),
        CheckConstraint(
            "(role IN ('admin', 'programme_office')) = (municipality_id IS NULL)", name="site_role_has_no_municipality"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id", ondelete="CASCADE"), index=True)
    #: Whom a deputy stands in for.
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    #: None: until it is ended.
    valid_until: Mapped[datetime | None] = mapped_column()

    account: Mapped[Account] = relationship(back_populates="memberships", lazy="raise", foreign_keys=[account_id])
    deputy_for: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[deputy_for_id])


class LinkPurpose(StrEnum):
    """What a one-time link allows its holder."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a purpose, not a password
    FIRST_ADMIN = "first_admin"


class OneTimeLink(Base):
    """A secret address that works once. The token itself is only in the mail; here is its hash."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[LinkPurpose]
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    #: Whose password is reset.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    # Who is invited, and to what
    email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH), index=True)
    role: Mapped[Role | None] = mapped_column()
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id", ondelete="CASCADE"), index=True)
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None] = mapped_column()
