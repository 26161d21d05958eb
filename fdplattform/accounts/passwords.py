"""Passwords: the rule for new ones, and hashing with argon2id.

Hashing takes about 40 ms of a processor. Views hash and verify before they touch `request.db`, so that no lock is held
meanwhile.
"""

from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from fdplattform.accounts.messages import _
from fdplattform.errors import DomainError

MIN_LENGTH = 12
#: Longer ones help nobody and cost memory.
MAX_LENGTH = 200
#: "aaaaaaaaaaaa" and "121212121212" are long and yet the first that anybody tries.
MIN_DIFFERENT = 5

# OWASP's parameters for argon2id: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hash_password(password: str) -> str:
    """The hash to store. The rule is not checked here."""
    return _hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """True when `password` fits. Without a hash (no such account) it takes as long and is False."""
    try:
        fits = _hasher.verify(password_hash or _nobody(), password[: MAX_LENGTH + 1])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return fits and password_hash is not None


def check_new_password(password: str, *, name: str, email: str) -> None:
    """The rule for new passwords: long and not guessable; no particular characters (NIST SP 800-63B, 5.1.1.2).

    Raises DomainError at the field `password`.
    """
    if len(password) < MIN_LENGTH:
        raise _refused(_("Please choose a password with at least ${n} characters.", mapping={"n": MIN_LENGTH}))
    if len(password) > MAX_LENGTH:
        raise _refused(_("Please choose a password with at most ${n} characters.", mapping={"n": MAX_LENGTH}))
    folded = "".join(password.casefold().split())
    if folded in _common() or len(set(folded)) < MIN_DIFFERENT:
        raise _refused(_("This password is too easy to guess. Several words in a row work well."))
    if folded in {_folded(name), _folded(email), _folded(email.partition("@")[0])}:
        raise _refused(_("Please choose a password that is not your name or e-mail address."))


def _refused(message: str) -> DomainError:
    return DomainError(message, "password")


def _folded(text: str) -> str:
    return "".join(text.casefold().split())


@cache
def _common() -> frozenset[str]:
    lines = files("fdplattform.accounts").joinpath("data/common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this account")
