"""The relying party: out to a broker, and back with what it signed about somebody. It casts nothing and keeps nothing.

State, nonce and the proof key are drawn for each sign-in and wait, sealed, on the device that began it.
"""

import hmac
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from flask import current_app
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry
from requests import RequestException

from pb.base.clock import host_now
from pb.base.refusals import Refused, refuse_if_any
from pb.doors.brokers import broker_reasons, secret_of
from pb.doors.discovery import TIMEOUT, Provider, keys_of, provider_of
from pb.doors.rules import claim_of, level_reasons, prove_sign_in, wanted_claims
from pb.doors.values import Claims, Proof, ProofRefusal
from pb.rounds.values import Broker, RoundRecord

SIGNED_WITH = JWSRegistry(algorithms=["RS256", "PS256", "ES256", "EdDSA", "Ed25519"], strict_check_header=False)
"""Signatures that only the broker can make; never `none`, nor one that needs the secret alone."""
SKEW = 30
"""Seconds that a broker's clock may be off."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A sign-in that went out and waits for its way back."""

    round: str
    state: str
    nonce: str
    verifier: str


def go_out(round_: RoundRecord, back: str, locale: str) -> tuple[str, UnderWay]:
    """Where to send somebody to sign in, and what their device keeps meanwhile; `back` is where the broker returns them.

    Raises `Refused` when the broker is away or this server does not know it.
    """
    refuse_if_any(broker_reasons(round_.frame), status=503)
    away = UnderWay(round_.public_id, *(secrets.token_urlsafe(32) for _ in range(3)))
    broker = round_.frame.door.broker
    with _as_refused():
        provider = provider_of(broker.issuer)
        with _client(broker, provider, back) as client:
            address, _ = client.create_authorization_url(
                provider.authorize,
                state=away.state,
                nonce=away.nonce,
                code_verifier=away.verifier,
                acr_values=" ".join(broker.levels),
                prompt="login",  # whoever sat at this computer before is not asked for a vote
                ui_locales=locale,
            )
    return address, away


def come_back(round_: RoundRecord, back: str, away: UnderWay | None, sent: Mapping[str, str]) -> Proof:
    """The proof of somebody whom the broker sent back with these parameters.

    Raises `Refused`: 403 for whatever does not fit what went out and for who may not vote, 503 when the broker is away.
    """
    state = sent.get("state", "").encode()
    if away is None or away.round != round_.public_id or not hmac.compare_digest(away.state.encode(), state):
        raise Refused(ProofRefusal.EXPIRED(), status=403)
    refuse_if_any(broker_reasons(round_.frame), status=503)
    broker = round_.frame.door.broker
    with _as_refused():
        provider = provider_of(broker.issuer)
        _refuse_other_answers(provider, sent)
        with _client(broker, provider, back) as client:
            token = client.fetch_token(
                provider.token, code=sent["code"], code_verifier=away.verifier, allow_redirects=False
            )
            told = _read_token(provider, broker, away.nonce, token)
            refuse_if_any(level_reasons(broker, told.get("acr")), status=403)
            claims = _all_claims(client, provider, told, wanted_claims(round_.frame))
    proof = prove_sign_in(round_.frame, round_.public_id, broker.issuer, told["sub"], claims)
    if isinstance(proof, list):
        raise Refused(*proof, status=403)
    return proof


def _client(broker: Broker, provider: Provider, back: str) -> OAuth2Session:
    return OAuth2Session(
        broker.client,
        secret_of(broker),
        token_endpoint_auth_method="client_secret_post" if provider.by_post else "client_secret_basic",
        scope=["openid", *broker.scopes],
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=TIMEOUT,
    )


def _refuse_other_answers(provider: Provider, sent: Mapping[str, str]) -> None:
    """Raise `Refused` when the answer is another broker's, or a no."""
    if sent.get("iss", "" if provider.names_itself else provider.issuer) != provider.issuer:
        raise ValueError("the answer of another issuer")
    if sent.get("error") == "access_denied":
        raise Refused(ProofRefusal.CANCELLED(), status=403)
    if "error" in sent:
        raise ValueError("an error instead of a code")


def _read_token(provider: Provider, broker: Broker, nonce: str, token: Mapping[str, Any]) -> Claims:
    """What the broker signed, when it is for this site, this sign-in and this moment."""
    try:
        read = jwt.decode(token["id_token"], keys_of(provider), registry=SIGNED_WITH)
    except InvalidKeyIdError:
        read = jwt.decode(token["id_token"], keys_of(provider, anew=True), registry=SIGNED_WITH)
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": broker.client},
    }
    known = {"nonce": nonce, "client_id": broker.client, "access_token": token.get("access_token")}
    told = CodeIDToken(read.claims, read.header, wanted, known)
    told.validate(now=int(host_now().timestamp()), leeway=SKEW)
    if not isinstance(told["sub"], str) or not told["sub"]:
        raise ValueError("nobody")
    return dict(told)


def _all_claims(client: OAuth2Session, provider: Provider, told: Claims, wanted: tuple[str, ...]) -> Claims:
    """What the token tells, and what the broker tells beside it where a claim is missing."""
    if not provider.userinfo or all(claim_of(told, name) is not None for name in wanted):
        return told
    answer = client.get(provider.userinfo, allow_redirects=False)
    answer.raise_for_status()
    more = answer.json()
    if more["sub"] != told["sub"]:
        raise ValueError("somebody else")
    return {**more, **told}


@contextmanager
def _as_refused() -> Iterator[None]:
    """Say what went wrong in the log, without what was sent, and to the voter only that it did."""
    try:
        yield
    except RequestException as error:
        current_app.logger.warning("sign-in: %s", type(error).__name__)
        raise Refused(ProofRefusal.BROKER_AWAY(), status=503) from None
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
        current_app.logger.warning("sign-in refused: %s", type(error).__name__)
        raise Refused(ProofRefusal.NOT_SIGNED_IN(), status=403) from None
