"""Codes with which people come back to what is theirs without an account: a registration, a reply.

A code is computed from a random seed, which is stored, and the deployment's secret, which is not: letters and mail
written later can still name it, but a stolen database neither holds codes nor helps to guess them. For looking up, a
keyed hash of the code is stored. A deployment that changes its secret makes all codes void; staff then reissue them.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from pyramid.config import Configurator
from sqlalchemy.orm import Session

#: Crockford's base 32: no I, L, O or U, which people mistake for something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: 12 characters of 5 bits: 60 bits.
LENGTH = 12
_GROUP = 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_INFO_KEY = "fdplattform.codes"


@dataclass(frozen=True)
class Purpose:
    """What a code opens. A code of one purpose says nothing about those of another, even for the same seed."""

    name: str
    #: The page where people enter it; the page of one code is below.
    path: str


REGISTRATION = Purpose("registration", "/anmeldung")
REPLY = Purpose("reply", "/antwort")


@dataclass(frozen=True)
class Code:
    """A new code and what is stored of it."""

    text: str
    seed: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Codes:
    """Makes and recognises the codes that one deployment gives out for one purpose."""

    purpose: Purpose
    secret: str = field(repr=False)
    #: The site's address, to which links in mail and letters lead.
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

    def path(self, seed: str) -> str:
        """The path of the page that the code opens."""
        return f"{self.purpose.path}/{self.text(seed)}"

    def url(self, seed: str) -> str:
        """The address of the page that the code opens."""
        return f"{self.base_url}{self.path(seed)}"

    def _stored(self, plain: str) -> str:
        return self._digest("lookup", plain).hex()

    def _digest(self, use: str, text: str) -> bytes:
        message = f"{self.purpose.name} {use}:{text}".encode()
        return hmac.new(self.secret.encode(), message, hashlib.sha256).digest()


def normalise(typed: str) -> str | None:
    """The bare characters of a typed code: case, hyphens and spaces do not matter, O is 0. None when it is no code."""
    plain = "".join(typed.upper().replace("-", " ").split()).translate(_MISREAD)
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else None


def codes_of(session: Session, purpose: Purpose) -> Codes:
    """The codes for `purpose` of the deployment to which the session belongs."""
    secret, base_url = session.info[_INFO_KEY]
    return Codes(purpose=purpose, secret=secret, base_url=base_url)


def includeme(config: Configurator) -> None:
    settings = config.registry.fdp
    # Services get a session and no registry; the session carries what makes and recognises the codes.
    sessions = config.registry.sessions
    sessions.configure(info={**(sessions.kw.get("info") or {}), _INFO_KEY: (settings.secret, settings.base_url)})
