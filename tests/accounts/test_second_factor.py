"""Codes of the second factor: each once, near in time, and only with the deployment's secret."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.accounts.services.second_factor import (
    RECOVERY_CODES,
    STEP,
    Vault,
    accept_code,
    disable,
    enable,
    new_recovery_codes,
    offer,
    offered_secret,
    recovery_codes_left,
)
from fdplattform.errors import DomainError
from fdplattform.journal.services import SYSTEM
from fdplattform.testing.factories import Make

VAULT = Vault("a secret of at least thirty-two characters")
NOW = datetime(2026, 3, 29, 1, 0, 10, tzinfo=UTC)


@pytest.fixture
def account(make: Make) -> Account:
    return make.account()


@pytest.fixture
def secret(session: Session, account: Account) -> str:
    """The account's second factor, turned on a while ago."""
    sealed = offer(VAULT, account.id)
    secret = offered_secret(VAULT, account.id, sealed)
    before = NOW - timedelta(hours=1)
    enable(session, VAULT, account, sealed, pyotp.TOTP(secret).at(before), before)
    session.commit()
    return secret


def test_a_code_is_accepted_once(session: Session, account: Account, secret: str) -> None:
    code = pyotp.TOTP(secret).at(NOW)
    assert accept_code(session, VAULT, account, code, NOW)
    assert not accept_code(session, VAULT, account, code, NOW)
    assert not accept_code(session, VAULT, account, code, NOW + timedelta(seconds=STEP))


def test_after_a_code_the_one_before_it_is_dead(session: Session, account: Account, secret: str) -> None:
    earlier = pyotp.TOTP(secret).at(NOW - timedelta(seconds=STEP))
    assert accept_code(session, VAULT, account, pyotp.TOTP(secret).at(NOW), NOW)
    assert not accept_code(session, VAULT, account, earlier, NOW)


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(session: Session, account: Account, secret: str, steps: int, fits: bool) -> None:
    code = pyotp.TOTP(secret).at(NOW + timedelta(seconds=steps * STEP))
    assert accept_code(session, VAULT, account, code, NOW) is fits


def test_spaces_in_a_code_do_no_harm(session: Session, account: Account, secret: str) -> None:
    code = pyotp.TOTP(secret).at(NOW)
    assert accept_code(session, VAULT, account, f" {code[:3]} {code[3:]} ", NOW)


@pytest.mark.parametrize("nonsense", ["", "000000000", "٠١٢٣٤٥", "abcdef", "\ud800", "a" * 5000])
def test_nonsense_is_no_code(session: Session, account: Account, secret: str, nonsense: str) -> None:
    assert not accept_code(session, VAULT, account, nonsense, NOW)


def test_a_recovery_code_signs_in_once(session: Session, account: Account, secret: str) -> None:
    codes = new_recovery_codes(session, account)
    assert len(set(codes)) == RECOVERY_CODES
    assert accept_code(session, VAULT, account, codes[0].upper().replace("-", " "), NOW)
    assert not accept_code(session, VAULT, account, codes[0], NOW)
    assert recovery_codes_left(session, account.id) == RECOVERY_CODES - 1


def test_new_recovery_codes_replace_the_old(session: Session, account: Account, secret: str) -> None:
    old = new_recovery_codes(session, account)
    new_recovery_codes(session, account)
    assert not accept_code(session, VAULT, account, old[0], NOW)


def test_a_recovery_code_is_its_owners(session: Session, make: Make, account: Account, secret: str) -> None:
    other = make.account()
    sealed = offer(VAULT, other.id)
    code = pyotp.TOTP(offered_secret(VAULT, other.id, sealed)).at(NOW)
    codes = enable(session, VAULT, other, sealed, code, NOW)
    assert not accept_code(session, VAULT, account, codes[0], NOW)


def test_the_code_that_turned_it_on_does_not_sign_in(session: Session, account: Account) -> None:
    sealed = offer(VAULT, account.id)
    code = pyotp.TOTP(offered_secret(VAULT, account.id, sealed)).at(NOW)
    enable(session, VAULT, account, sealed, code, NOW)
    assert not accept_code(session, VAULT, account, code, NOW)


def test_an_offer_is_for_one_account(session: Session, make: Make, account: Account) -> None:
    with pytest.raises(DomainError):
        enable(session, VAULT, account, offer(VAULT, make.account().id), "123456", NOW)
    with pytest.raises(DomainError):
        enable(session, VAULT, account, "forged", "123456", NOW)


def test_what_is_stored_is_encrypted(session: Session, account: Account, secret: str) -> None:
    assert account.totp_secret is not None
    assert secret not in account.totp_secret
    assert VAULT.open(account.totp_secret) == secret


def test_turned_off_no_code_fits(session: Session, account: Account, secret: str) -> None:
    codes = new_recovery_codes(session, account)
    disable(session, account, SYSTEM, NOW)
    assert not accept_code(session, VAULT, account, pyotp.TOTP(secret).at(NOW), NOW)
    assert not accept_code(session, VAULT, account, codes[0], NOW)
