"""Rate limits of this room's doors."""

from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.accounts.services.login import find_pending, fold_email
from fdplattform.security.cookie import read_token


def named_account(request: Request) -> str | None:
    """The account that the form names, whether it exists or not."""
    if (request.content_length or 0) > request.fdp.max_body:
        return None
    try:
        email = request.POST.get("email")
    except ValueError:
        # Neither UTF-8 nor a form: the view refuses it.
        return None
    return fold_email(email) if isinstance(email, str) else None


def pending_account(request: Request) -> str | None:
    """The account whose second factor is owed."""
    token = read_token(request)
    if token is None:
        return None
    with request.registry.sessions() as session:
        pending = find_pending(session, token, request.now)
    return None if pending is None else str(pending.account_id)


def includeme(config: Configurator) -> None:
    settings = config.registry.fdp
    sign_in = "/anmelden(?!/code)"
    config.add_rate_limit("login", limit=settings.limit_login, pattern=sign_in)
    # Who signs in rightly, however often, is not locked out of the own account.
    config.add_rate_limit(
        "login_account",
        limit=settings.limit_login_account,
        pattern=sign_in,
        source=named_account,
        only_failures=True,
    )
    config.add_rate_limit(
        "login_code",
        limit=settings.limit_login_account,
        pattern="/anmelden/code",
        source=pending_account,
        only_failures=True,
    )
    config.add_rate_limit("forgotten", limit=settings.limit_login, pattern="/passwort-vergessen")
    config.add_rate_limit(
        "forgotten_account",
        limit=settings.limit_login_account,
        pattern="/passwort-vergessen",
        source=named_account,
    )
    config.add_rate_limit(
        "link",
        limit=settings.limit_code,
        pattern="/(einladung|zugang)",
        methods=("GET", "HEAD", "POST"),
        only_failures=True,
    )
    # Whoever holds a stolen cookie must not find out the password.
    config.add_rate_limit(
        "own_password",
        limit=settings.limit_login_account,
        pattern="/verwaltung/konto/[a-z-]+",
        source=read_token,
        only_failures=True,
    )
