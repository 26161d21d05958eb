"""The second factor: time-based codes (TOTP, RFC 6238) and recovery codes.

Secrets are encrypted with a key derived from the deployment's secret, so that a stolen backup signs nobody in.
"""

import base64
import hmac
import json
import secrets
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import Account, RecoveryCode
from fdplattform.accounts.tokens import token_hash
from fdplattform.db.sql import affected
from fdplattform.errors import Conflict, DomainError
from fdplattform.journal.services import Actor, record

#: Seconds for which a code holds.
STEP = 30
#: A clock may be this many steps off.
TOLERANCE = 1
RECOVERY_CODES = 10
#: Random bytes of a recovery code: 80 bits, written as four groups of four letters.
RECOVERY_BYTES = 10
#: Seconds for which a new secret may wait for its first code.
OFFER_LASTS = 1800


class Vault:
    """Encrypts secrets with the deployment's secret."""

    def __init__(self, secret: str) -> None:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fdplattform.totp").derive(secret.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str) -> str:
        """`text`, encrypted."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str, *, lasts: int | None = None) -> str:
        """The sealed text. Raises InvalidToken when it was forged or is older than `lasts` seconds."""
        return self._fernet.decrypt(sealed.encode("utf-8", "replace"), ttl=lasts).decode()


def offer(vault: Vault, account_id: int) -> str:
    """A new secret for the account, sealed: the form carries it until its first code proves that it has arrived."""
    return vault.seal(json.dumps([account_id, pyotp.random_base32()]))


def offered_secret(vault: Vault, account_id: int, sealed: str) -> str:
    """The secret in an offer. Raises DomainError when the offer is forged, somebody else's or too old."""
    try:
        owner, secret = json.loads(vault.open(sealed, lasts=OFFER_LASTS))
    except (InvalidToken, ValueError) as error:
        raise DomainError(_("This page was open too long. Please scan the new picture.")) from error
    if owner != account_id:
        raise DomainError(_("This page was open too long. Please scan the new picture."))
    return str(secret)


def provisioning_uri(secret: str, email: str, site_name: str) -> str:
    """What the picture for the authenticator app says."""
    # A colon would separate issuer and account.
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=site_name.replace(":", " "))


def enable(session: Session, vault: Vault, account: Account, sealed: str, code: str, now: datetime) -> list[str]:
    """Turn the second factor on after its first code. Returns the recovery codes, shown this once.

    Raises DomainError at the field `code` when it does not fit.
    """
    secret = offered_secret(vault, account.id, sealed)
    counter = matching_counter(secret, code, now)
    if counter is None:
        raise DomainError(_("This code does not fit. Please type the one that the app shows now."), "code")
    account.totp_secret = vault.seal(secret)
    account.totp_counter = counter
    record(session, "account:enable_second_factor", actor=_self(account), subject_id=account.id, at=now)
    return new_recovery_codes(session, account)


def disable(session: Session, account: Account, actor: Actor, now: datetime) -> None:
    """Turn the second factor off and forget its recovery codes."""
    account.totp_secret = None
    account.totp_counter = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    record(session, "account:disable_second_factor", actor=actor, subject_id=account.id, at=now)


def new_recovery_codes(session: Session, account: Account) -> list[str]:
    """Replace the account's recovery codes; only their hashes are stored. Raises Conflict without a second factor."""
    if account.totp_secret is None:
        raise Conflict(_("The second factor is off."))
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [_recovery_code() for _number in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(account_id=account.id, code_hash=token_hash(_plain(code))) for code in codes)
    return codes


def recovery_codes_left(session: Session, account_id: int) -> int:
    """How many recovery codes have not been used."""
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    return session.scalar(query) or 0


def accept_code(session: Session, vault: Vault, account: Account, code: str, now: datetime) -> bool:
    """True when `code` is a fresh code or an unused recovery code of the account; either is used up by this."""
    if account.totp_secret is None:
        return False
    counter = matching_counter(vault.open(account.totp_secret), code, now)
    if counter is not None:
        return _use_counter(session, account.id, counter)
    used_up = delete(RecoveryCode).where(
        RecoveryCode.account_id == account.id, RecoveryCode.code_hash == token_hash(_plain(code))
    )
    return bool(affected(session, used_up))


def matching_counter(secret: str, code: str, now: datetime) -> int | None:
    """The time step to which `code` belongs, or None when it fits none that is near."""
    digits = "".join(code.split())
    totp = pyotp.TOTP(secret, interval=STEP)
    current = int(now.timestamp()) // STEP
    for counter in range(current - TOLERANCE, current + TOLERANCE + 1):
        if hmac.compare_digest(totp.generate_otp(counter).encode(), digits.encode("utf-8", "replace")):
            return counter
    return None


def _use_counter(session: Session, account_id: int, counter: int) -> bool:
    # One statement decides, so that of two devices with the same code one is refused.
    statement = (
        update(Account)
        .where(Account.id == account_id, or_(Account.totp_counter.is_(None), Account.totp_counter < counter))
        .values(totp_counter=counter)
        .execution_options(synchronize_session=False)
    )
    return bool(affected(session, statement))


def _recovery_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _plain(code: str) -> str:
    return "".join(character for character in code.lower() if character.isalnum())


def _self(account: Account) -> Actor:
    return Actor("account", account.id, account.name)
