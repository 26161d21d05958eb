"""What the doctor looks at by itself: settings, folders, database, plugins, mail, documents, clock."""

import ipaddress
import os
import shutil
import smtplib
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy import text

from fdplattform.db.migrate import current, head
from fdplattform.jobs.services import backlog, last_sign_of_life
from fdplattform.ops.doctor import Finding, error, ok, warning
from fdplattform.ops.migrations import migration_sets
from fdplattform.settings import Settings

MINIMUM_FREE = 500 * 1024 * 1024
CLOCK_TOLERANCE = timedelta(seconds=5)
WORKER_PATIENCE = timedelta(minutes=2)


def check_settings(registry: Registry) -> Iterator[Finding]:
    """Settings that are fine on one's own machine and wrong on the internet."""
    settings: Settings = registry.fdp
    address = urlsplit(settings.base_url)
    local = _is_local(address.hostname or "")
    if address.scheme == "https" and not settings.secure_cookies:
        yield error("cookies also travel unencrypted", "set fdplattform.secure_cookies = true")
    if address.scheme == "http" and not local:
        yield error(f"{settings.base_url} is not encrypted", "serve it over https and correct fdplattform.base_url")
    if address.scheme == "http" and settings.secure_cookies:
        yield error(
            "nobody can sign in: cookies travel only over https, and base_url says http",
            "serve over https, or set fdplattform.secure_cookies = false on your own machine",
        )
    if not local and len(set(settings.secret)) < 12:
        yield error("fdplattform.secret can be guessed", 'python3 -c "import secrets; print(secrets.token_hex(32))"')
    if not local and "development" in settings.secret:
        yield error("fdplattform.secret is the published one of development.ini", "choose a secret of your own")
    yield ok(f"settings are readable, the site is {settings.base_url}")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def check_folder(registry: Registry) -> Iterator[Finding]:
    """`var` can be written to, and there is room."""
    var: Path = registry.fdp.var
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var) as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        yield error(f"{var} cannot be written to: {fault.strerror}", f"let the program's user own it: chown -R … {var}")
        return
    free = shutil.disk_usage(var).free
    if free < MINIMUM_FREE:
        yield warning(f"only {free // 1024**2} MB are free at {var}", "make room, or mount a larger disk there")
    yield ok(f"{var} can be written to")


def check_database(registry: Registry) -> Iterator[Finding]:
    """The database answers, is migrated, and keeps the same time."""
    with registry.engine.connect() as connection:
        yield ok(f"database answers ({registry.engine.url.render_as_string()})")
        for migrations in migration_sets(registry):
            now, newest = current(connection, migrations), head(migrations)
            if now is not None and now == newest:
                yield ok(f"revision of {migrations.name} is {now}")
            else:
                yield error(
                    f"revision of {migrations.name} is {now or 'none'}, newest is {newest}", "fdplattform db upgrade"
                )
        if connection.dialect.name != "postgresql":
            return
        if (encoding := connection.scalar(text("SHOW server_encoding"))) != "UTF8":
            yield error(f"the database's encoding is {encoding}", "create it anew with ENCODING 'UTF8' and restore")
        drift = abs(connection.scalar(text("SELECT clock_timestamp()")) - datetime.now(UTC))
        if drift > CLOCK_TOLERANCE:
            yield error(f"this clock and the database's differ by {drift.total_seconds():.0f} s", "run NTP on both")


def check_clock(registry: Registry) -> Iterator[Finding]:
    """The time zone is known and the year is plausible."""
    zone = registry.fdp.time_zone
    try:
        local = datetime.now(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        yield error(f"time zone {zone} is unknown", "correct fdplattform.time_zone, or install the package tzdata")
        return
    if local.year < 2025:
        yield error(f"this machine believes it is {local:%Y-%m-%d}", "run NTP on it")
    yield ok(f"it is {local:%Y-%m-%d %H:%M} in {zone}")


def check_plugins(registry: Registry) -> Iterator[Finding]:
    """Every plugin that should be there is there."""
    plugins = getattr(registry, "plugins", None)
    for plugin_id, version, state in plugins.states() if plugins is not None else ():
        if state == "quarantined":
            yield error(f"plugin {plugin_id} {version} is quarantined", "fdplattform plugins says why")
        else:
            yield ok(f"plugin {plugin_id} {version} is {state.replace('_', ' ')}")


def check_worker(registry: Registry) -> Iterator[Finding]:
    """A worker lives, and no job was given up."""
    now = registry.clock()
    with registry.sessions() as session:
        seen, lanes = last_sign_of_life(session), backlog(session, now)
    if seen is None or now - seen > WORKER_PATIENCE:
        since = "was ever seen" if seen is None else f"was seen since {seen:%Y-%m-%d %H:%M} UTC"
        yield warning(f"no worker {since}: mail is not sent", "start fdplattform worker, or fdplattform run --worker")
    else:
        yield ok("a worker is alive")
    if failed := sum(lane.failed for lane in lanes):
        yield warning(f"{failed} jobs were given up", "fdplattform jobs failed shows them, fdplattform jobs retry ID")


def check_mail(registry: Registry) -> Iterator[Finding]:
    """The mail server answers."""
    settings: Settings = registry.fdp
    if not settings.smtp:
        finding = ok if _is_local(urlsplit(settings.base_url).hostname or "") else None
        message = f"no mail server: mail is written to {settings.var / 'mail'}"
        yield finding(message) if finding else warning(message, "set fdplattform.smtp = host:port")
        return
    host, _colon, port = settings.smtp.partition(":")
    try:
        with smtplib.SMTP(host, int(port or 25), timeout=10) as server:
            if settings.smtp_starttls:
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
    except (OSError, ValueError, smtplib.SMTPException) as fault:
        yield error(f"mail server {settings.smtp}: {fault}", "correct fdplattform.smtp, smtp_user, smtp_password")
        return
    yield ok(f"mail server {settings.smtp} answers")


def check_documents(_registry: Registry) -> Iterator[Finding]:
    """WeasyPrint finds its libraries; without them printable pages take the place of PDFs."""
    try:
        import pypdf  # noqa: F401
        import weasyprint
    except (ImportError, OSError):
        yield warning(
            "no PDF can be made; printable pages take their place",
            "pip install 'fdplattform[pdf]', and on Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0",
        )
        return
    yield ok(f"PDFs can be made (WeasyPrint {weasyprint.__version__})")


def includeme(config: Configurator) -> None:
    for name, check in (
        ("settings", check_settings),
        ("folder", check_folder),
        ("database", check_database),
        ("clock", check_clock),
        ("plugins", check_plugins),
        ("worker", check_worker),
        ("mail", check_mail),
        ("documents", check_documents),
    ):
        config.add_doctor_check(name, check)
