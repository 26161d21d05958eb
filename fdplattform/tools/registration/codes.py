"""Codes with which people come back to their registration without an account.

A code is computed from a random seed, which is stored, and the deployment's secret, which is not: mail written later
can still name it, but a stolen database neither holds codes nor helps to guess them. For looking up, a keyed hash of
the code is stored. A deployment that changes its secret makes all codes void; staff then reissue them.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy.orm import Session

#: Crockford's base 32: no I, L, O or U, which people mistake for something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: 12 characters of 5 bits: 60 bits.
LENGTH = 12
_GROUP = 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True)
class Code:
    """A new code and what is stored of it."""

    text: str
    seed: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Codes:
    """Makes and recognises the codes of one deployment."""

    INFO_KEY: ClassVar[str] = "fdplattform.registration_codes"

    secret: str = field(repr=False)
    #: The site's address, to which links in mail lead.
    base_url: str

    def new(self) -> Code:
        """A code that nobody has had before."""
        seed = secrets.token_hex(16)
        text = self.text(seed)
        return Code(text, seed, self._stored(normalise(text) or ""))

    def text(self, seed: str) -> str:
        """The code that belongs to `seed`, as people read it: `7K3M-Q9XA-02HT`."""
        number = int.from_bytes(self._digest("code", seed)[:8], "big")
        letters = "".join(ALPHABET[number >> (5 * place) & 31] for place in range(LENGTH))
        return "-".join(letters[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))

    def hash(self, typed: str) -> str | None:
        """What is stored of the code that somebody typed, or None when it cannot be one."""
        plain = normalise(typed)
        return None if plain is None else self._stored(plain)

    def url(self, seed: str) -> str:
        """Where the person sees and changes the registration."""
        return f"{self.base_url}/anmeldung/{self.text(seed)}"

    def _stored(self, plain: str) -> str:
        return self._digest("lookup", plain).hex()

    def _digest(self, purpose: str, text: str) -> bytes:
        return hmac.new(self.secret.encode(), f"registration {purpose}:{text}".encode(), hashlib.sha256).digest()


def normalise(typed: str) -> str | None:
    """The bare characters of a typed code: case, hyphens and spaces do not matter, O is 0. None when it is no code."""
    plain = "".join(typed.upper().replace("-", " ").split()).translate(_MISREAD)
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else None


def codes_of(session: Session) -> Codes:
    """The deployment's codes; the application's sessions carry them, because services know no request."""
    found: Codes = session.info[Codes.INFO_KEY]
    return found
