"""The rule for passwords, and hashing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fdplattform.accounts.passwords import (
    MAX_LENGTH,
    MIN_DIFFERENT,
    MIN_LENGTH,
    check_new_password,
    hash_password,
    verify_password,
)
from fdplattform.errors import DomainError

PERSON = {"name": "Mehmet Öztürk-Weiß", "email": "mehmet.oeztuerk@musterstadt.example"}


@pytest.mark.parametrize(
    "password",
    [
        "elfzeichen!",
        "Passwort1234",
        "pass wort 1234",
        "123456789012",
        "QWERTZUIOPASDF",
        "aaaaaaaaaaaaaaaa",
        "121212121212",
        "Mehmet Öztürk-Weiß",
        "mehmet.oeztuerk",
        "Mehmet.Oeztuerk@musterstadt.example",
        "x1y2z3" * MAX_LENGTH,
    ],
)
def test_refuses_what_is_short_or_guessable(password: str) -> None:
    with pytest.raises(DomainError) as refusal:
        check_new_password(password, **PERSON)
    assert refusal.value.field == "password"


@pytest.mark.parametrize(
    "password", ["zwölf zeiche", "drei Boote im Hafen", "كلمة السر الطويلة", "🐢🐢 langsam ans Ziel"]
)
def test_accepts_what_is_long_whatever_its_characters(password: str) -> None:
    check_new_password(password, **PERSON)


@given(
    st.text(min_size=MIN_LENGTH, max_size=MAX_LENGTH, alphabet="bcdfghjklmnpqrstvwxyz").filter(
        lambda t: len(set(t)) >= MIN_DIFFERENT
    )
)
def test_no_particular_characters_are_asked_for(password: str) -> None:
    check_new_password(password, **PERSON)


@settings(max_examples=5, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_only_the_right_password_fits(password: str, other: str) -> None:
    hashed = hash_password(password)
    assert verify_password(hashed, password)
    assert verify_password(hashed, other) == (password == other)


def test_hashes_with_argon2id_and_the_agreed_parameters() -> None:
    assert hash_password("drei Boote im Hafen").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_without_an_account_no_password_fits() -> None:
    assert not verify_password(None, "nobody has this account")
