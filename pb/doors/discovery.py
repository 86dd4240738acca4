"""What a broker publishes about itself: its addresses, and the keys with which it signs. Kept for a few minutes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import current_app
from joserfc.jwk import KeySet

KEPT = 600
TIMEOUT = 8
"""Seconds that a broker may take for an answer."""


@dataclass(frozen=True, slots=True)
class Provider:
    """The addresses of a broker. `by_post`: how it wants the secret; `names_itself`: `iss` is part of every way back."""

    issuer: str
    authorize: str
    token: str
    keys: str
    userinfo: str
    by_post: bool
    names_itself: bool


def provider_of(issuer: str) -> Provider:
    """The broker at this address, as it publishes itself.

    Raises `ValueError` when it is another, or not to be trusted with a secret; `RequestException` when it is away.
    """
    found: Provider = _kept(f"provider {issuer}", lambda: _provider(issuer))
    return found


def keys_of(provider: Provider, anew: bool = False) -> KeySet:
    """The keys with which a broker signs; `anew` where one that it names was not among those that were kept."""
    found: KeySet = _kept(f"keys {provider.keys}", lambda: KeySet.import_key_set(_fetch(provider.keys)), anew)
    return found


def _provider(issuer: str) -> Provider:
    told = _fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if told["issuer"] != issuer:
        raise ValueError("another issuer")
    methods = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Provider(
        issuer=issuer,
        authorize=_address(issuer, told["authorization_endpoint"]),
        token=_address(issuer, told["token_endpoint"]),
        keys=_address(issuer, told["jwks_uri"]),
        userinfo=_address(issuer, told["userinfo_endpoint"]) if "userinfo_endpoint" in told else "",
        by_post="client_secret_basic" not in methods,
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(issuer: str, told: str) -> str:
    """An address on a line as secure as the issuer's own."""
    parts = urlsplit(told)
    if not parts.hostname or parts.scheme not in {"https", urlsplit(issuer).scheme}:
        raise ValueError("an address without a secure line")
    return told


def _fetch(address: str) -> Any:
    answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
    if answer.status_code != requests.codes.ok:
        raise requests.HTTPError(f"status {answer.status_code}")
    return answer.json()


def _kept(name: str, make: Callable[[], Any], anew: bool = False) -> Any:
    held: dict[str, tuple[float, Any]] = current_app.extensions.setdefault("pb.doors", {})
    since, value = held.get(name, (0.0, None))
    if anew or value is None or time.monotonic() - since > KEPT:
        value = make()
        held[name] = time.monotonic(), value
    return value
