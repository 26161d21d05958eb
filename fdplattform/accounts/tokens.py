"""Secrets that are handed out once and kept only as a hash."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A secret of 256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is stored of a token. A plain hash is enough, because nobody can guess 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
