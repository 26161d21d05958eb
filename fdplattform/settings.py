"""The settings of a deployment: one typed table, read once from the ini file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints


class BadSetting(ValueError):
    """A setting is missing or cannot be read; the message names it and says what is expected."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every `fdplattform.<name>` of the ini file, with its default."""

    database_url: str
    #: Signs cookies; at least 32 characters, secret, the same in every process.
    secret: str
    #: The address under which people reach the site, without a trailing slash; used in mail and codes.
    base_url: str = "http://localhost:6543"
    #: Where uploads in progress, mail without SMTP and caches go.
    var: Path = Path("var")
    #: Cookies only over HTTPS.
    secure_cookies: bool = True
    #: Plugins to load, by entry point name; `*` loads all that are installed.
    plugins: tuple[str, ...] = ("*",)
    #: A plugin's fault stops the start instead of quarantining the plugin.
    strict: bool = False
    time_zone: str = "Europe/Berlin"
    default_locale: str = "de"
    locales: tuple[str, ...] = ("de", "en", "ar")
    site_name: str = "fdplattform"
    #: SMTP server as host:port; empty writes mail to `var/mail`.
    smtp: str = ""
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_starttls: bool = True
    mail_from: str = "fdplattform@localhost"
    #: Number of proxies in front whose X-Forwarded-For is believed.
    trusted_proxies: int = 0
    #: Largest request body in bytes where a view does not allow more.
    max_body: int = 256 * 1024
    #: Public pages that each process keeps until something changes; 0 makes every page anew.
    page_cache: int = 500
    #: Attempts per address and hour. A whole town hall may sit behind one address.
    limit_login: int = 30
    limit_login_account: int = 10
    limit_code: int = 60
    limit_registration: int = 600
    limit_feedback: int = 20


def read_settings(raw: Mapping[str, Any]) -> Settings:
    """The settings in `raw` (keys `fdplattform.<name>`). Raises BadSetting, also for an unknown name."""
    prefix = "fdplattform."
    given = {key.removeprefix(prefix): str(value) for key, value in raw.items() if key.startswith(prefix)}
    hints = get_type_hints(Settings)
    unknown = given.keys() - hints.keys()
    if unknown:
        raise BadSetting(f"unknown setting fdplattform.{min(unknown)}")
    for name in ("database_url", "secret"):
        if not given.get(name):
            raise BadSetting(f"fdplattform.{name} is missing")
    if len(given["secret"]) < 32:
        raise BadSetting("fdplattform.secret needs at least 32 characters")
    known = {item.name for item in fields(Settings)}
    return Settings(**{name: _convert(name, text, hints[name]) for name, text in given.items() if name in known})


def _convert(name: str, text: str, kind: Any) -> Any:
    if kind is bool:
        if text.lower() not in {"true", "false"}:
            raise BadSetting(f"fdplattform.{name} is true or false, not {text!r}")
        return text.lower() == "true"
    if kind is int:
        if not text.strip().lstrip("-").isdigit():
            raise BadSetting(f"fdplattform.{name} is a whole number, not {text!r}")
        return int(text)
    if kind is Path:
        return Path(text)
    if kind == tuple[str, ...]:
        return tuple(text.split())
    return text.strip().rstrip("/") if name == "base_url" else text.strip()
