"""Settings: production refuses whatever would be unsafe, in words; elsewhere secrets are made once."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import SECRETS, SettingsError, load

SAFE = {
    "PB_ENVIRONMENT": "production",
    "PB_DATABASE_URL": "postgresql+psycopg://begroot@/begroot",
    "PB_PUBLIC_URL": "https://begroot.example.org",
    "PB_MAIL": "smtp://mail.example.org:25",
    "PB_MAIL_FROM": "begroot@example.org",
    **{f"PB_{name}": secrets.token_hex(32) for name in SECRETS},
}
UNSAFE_KEYS = (None, "", "changeme", "0" * 64, "ab" * 32, "g" * 64, "A1" * 32)


def test_production_starts_with_everything_in_place() -> None:
    settings = load(SAFE)
    assert settings["SECRET_KEY"] == SAFE["PB_SECRET_KEY"] and not settings["DEMO"] and not settings["TESTING"]
    assert settings["SESSION_COOKIE_SECURE"] and settings["SESSION_COOKIE_HTTPONLY"]
    assert settings["SESSION_COOKIE_NAME"] == "__Host-session" and settings["SESSION_COOKIE_PATH"] == "/"
    assert settings["SESSION_COOKIE_SAMESITE"] == "Lax" and settings["RATELIMIT_ENABLED"]


def test_production_is_what_you_get_without_a_word() -> None:
    with pytest.raises(SettingsError):
        load({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((f"PB_{name}", value) for name in SECRETS for value in UNSAFE_KEYS),
        pytest.param("PB_SECRET_KEY", SAFE["PB_COOKIE_KEY"], id="one key twice"),
        *(("PB_PUBLIC_URL", value) for value in (None, "", "http://begroot.example.org", "https://", "begroot.example.org")),
        *(("PB_MAIL", value) for value in (None, "", "mailbox", "mail.example.org", "http://mail.example.org")),
        *(("PB_MAIL_FROM", value) for value in (None, "", "begroot", "a@b@c", "begroot@example.org\r\nBcc: x@example.org")),
        ("PB_DATABASE_URL", None),
        ("FLASK_DEBUG", "1"),
        ("FLASK_DEBUG", "true"),
        *(("PB_PROXIES", value) for value in ("-1", "many", "99", "")),
        *(("PB_ENVIRONMENT", value) for value in ("prod", "")),
    ],
)  # fmt: skip
def test_production_refuses_in_words(name: str, value: str | None) -> None:
    environ = {**SAFE, name: value}
    with pytest.raises(SettingsError) as refused:
        load({key: given for key, given in environ.items() if given is not None})
    assert name.removeprefix("PB_") in str(refused.value)
    assert (
        name.removeprefix("PB_") not in SECRETS or not value or value not in str(refused.value)
    )  # a secret is not repeated


def test_a_demo_never_starts_by_accident() -> None:
    assert not load(SAFE)["DEMO"]
    with pytest.raises(SettingsError):
        load({**SAFE, "PB_ENVIRONMENT": "Demo"})


def test_a_trailing_slash_does_not_double() -> None:
    assert (
        load({**SAFE, "PB_PUBLIC_URL": "https://begroot.example.org/"})["PUBLIC_URL"] == "https://begroot.example.org"
    )


def test_a_demo_keeps_the_secrets_it_made(tmp_path: Path) -> None:
    environ = {"PB_ENVIRONMENT": "demo", "PB_INSTANCE": str(tmp_path)}
    first, second = load(environ), load(environ)
    assert [first[name] for name in SECRETS] == [second[name] for name in SECRETS]
    kept = tmp_path / "secrets.json"
    assert kept.stat().st_mode & 0o077 == 0 and set(json.loads(kept.read_text())) == set(SECRETS)
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    environ = {"PB_ENVIRONMENT": "demo", "PB_INSTANCE": str(tmp_path / "new")}
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: load(environ)["SECRET_KEY"], range(8)))
    assert len(set(made)) == 1


def test_a_demo_uses_a_secret_that_is_given(tmp_path: Path) -> None:
    given = {"PB_ENVIRONMENT": "demo", "PB_INSTANCE": str(tmp_path), "PB_COOKIE_KEY": SAFE["PB_COOKIE_KEY"]}
    assert load(given)["COOKIE_KEY"] == SAFE["PB_COOKIE_KEY"]


def test_a_developer_has_no_secure_cookie_on_http(tmp_path: Path) -> None:
    settings = load({"PB_ENVIRONMENT": "development", "PB_INSTANCE": str(tmp_path)})
    assert not settings["SESSION_COOKIE_SECURE"] and settings["SESSION_COOKIE_NAME"] == "session"
    assert settings["MAIL"] == "mailbox" and not settings["DEMO"]
