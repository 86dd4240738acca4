"""Settings by environment. Secrets come only from the environment or from key files; production refuses to start without.

`PB_ENVIRONMENT` is `production` (the default), `demo`, `development` or `test`. In the last three, missing secrets
are made once and kept in the instance folder; in production a missing or weak one stops the start, in words.
"""

import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ("production", "demo", "development", "test")
SECRETS = ("SECRET_KEY", "COOKIE_KEY", "THROTTLE_KEY")
"""Each is 32 random bytes in hex: sessions and CSRF; the sealed cookie of choices; pseudonyms of addresses in the throttle."""


class SettingsError(Exception):
    """The settings do not allow a start; the message says which one and what to do."""


def load(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The application's settings. Raises `SettingsError` for whatever would be unsafe."""
    environment = environ.get("PB_ENVIRONMENT", "production")
    if environment not in ENVIRONMENTS:
        raise SettingsError(f"PB_ENVIRONMENT is {environment!r}; choose one of {', '.join(ENVIRONMENTS)}.")
    instance = Path(environ.get("PB_INSTANCE", ROOT / "instance")).resolve()
    production = environment == "production"
    public_url = environ.get("PB_PUBLIC_URL", "" if production else "http://127.0.0.1:8000").rstrip("/")
    settings: dict[str, Any] = {
        "ENVIRONMENT": environment,
        "DEMO": environment == "demo",
        "TESTING": environment == "test",
        "INSTANCE": instance,
        "KEYS": Path(environ.get("PB_KEYS", instance / "keys")),
        "SQLALCHEMY_DATABASE_URI": environ.get("PB_DATABASE_URL", f"sqlite:///{instance / 'begroot.sqlite'}"),
        # Hidden: a failing statement of a vote would stand in the log with its values and its time.
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": False, "hide_parameters": True},
        "PUBLIC_URL": public_url,
        "BROKERS": environ.get("PB_BROKERS", ""),
        "MAIL": environ.get("PB_MAIL", "" if production else "mailbox"),
        "MAIL_FROM": environ.get("PB_MAIL_FROM", "" if production else "begroot@example.org"),
        "RATELIMIT_STORAGE_URI": environ.get("PB_LIMITS", "memory://"),
        "RATELIMIT_ENABLED": environment != "test",
        "TRUSTED_PROXIES": _proxies(environ),
        "WATCH_FILES": environ.get("FLASK_DEBUG", "0") not in {"", "0"},
        "REMEMBER_SECONDS": 0 if environment == "test" else 10,
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "SESSION_COOKIE_NAME": "__Host-session" if public_url.startswith("https://") else "session",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": public_url.startswith("https://"),
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "nl",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Amsterdam",
        **_secrets(environ, production, instance),
    }
    if production:
        _refuse_unsafe(settings, environ)
    return settings


def _secrets(environ: Mapping[str, str], production: bool, instance: Path) -> dict[str, str]:
    given = {name: environ[f"PB_{name}"] for name in SECRETS if environ.get(f"PB_{name}")}
    if not production and len(given) < len(SECRETS):
        given = {**_kept_secrets(instance / "secrets.json"), **given}
    for name in SECRETS:
        value = given.get(name, "")
        if len(value) != 64 or set(value) - set("0123456789abcdef") or len(set(value)) < 6:
            raise SettingsError(
                f"PB_{name} is missing or weak. Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
            )
    if len({given[name] for name in SECRETS}) < len(SECRETS):
        raise SettingsError(f"{', '.join(f'PB_{name}' for name in SECRETS)} must differ: make one for each.")
    return given


def _kept_secrets(path: Path) -> dict[str, str]:
    """Secrets of a demo or a developer's machine: made at the first start, the same at the next.

    Several processes may start at once: each writes a whole file of its own, and the first to link it here has made it.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:  # readable by its owner alone
            json.dump({name: secrets.token_hex(32) for name in SECRETS}, file)
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def _proxies(environ: Mapping[str, str]) -> int:
    """How many proxies stand before the site; so many addresses of `X-Forwarded-For` are believed."""
    given = environ.get("PB_PROXIES", "0")
    if given not in {"0", "1", "2", "3"}:
        raise SettingsError(f"PB_PROXIES is {given!r}; it is the number of proxies before the site, 0 to 3.")
    return int(given)


def _is_address(written: str) -> bool:
    try:
        return bool(Address(addr_spec=written).domain)
    except (ValueError, IndexError, MessageError):
        return False


def _refuse_unsafe(settings: Mapping[str, Any], environ: Mapping[str, str]) -> None:
    if urlsplit(settings["PUBLIC_URL"]).scheme != "https" or not urlsplit(settings["PUBLIC_URL"]).hostname:
        raise SettingsError(
            "PB_PUBLIC_URL is missing or not https. Mail links and cookies need the real address of the site."
        )
    if not settings["MAIL"].startswith(("smtp://", "smtps://")):
        raise SettingsError(
            "PB_MAIL must name a mail server, such as smtp://mail.example.org:25. The mailbox page is for the demo."
        )
    if not _is_address(settings["MAIL_FROM"]):
        raise SettingsError("PB_MAIL_FROM is missing or no address: residents see it as the sender.")
    if "PB_DATABASE_URL" not in environ:
        raise SettingsError("PB_DATABASE_URL is missing, such as postgresql+psycopg://begroot@/begroot.")
    if environ.get("FLASK_DEBUG", "0") not in {"", "0"}:
        raise SettingsError("FLASK_DEBUG is on. Production never runs with the debugger.")
