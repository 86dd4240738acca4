"""An OpenID Connect issuer inside the test: it tells whatever a test wants it to tell, true or forged."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request, Response

from pb.base.clock import host_now

CLIENT, SECRET, LEVEL = "begroot", "een-lang-geheim", "substantieel"
ANNA = {"birthdate": "1961-03-30", "address": {"postal_code": "2405 AB"}}
"""What the issuer tells of somebody who may vote."""

Claims = dict[str, Any]


def asked(answer: TestResponse) -> dict[str, str]:
    """What the site asked for when it sent somebody out."""
    assert answer.status_code == 303, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Nothing on the terminal."""


@dataclass
class Issuer:
    """The issuer and its settings; `forge` changes what stands in a token, `sign` how it is signed."""

    url: str = ""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    people: dict[str, Claims] = field(default_factory=dict)
    grants: dict[str, dict[str, str]] = field(default_factory=dict)
    forge: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[["Issuer", Claims], str] | None = None
    metadata: Claims = field(default_factory=dict)
    userinfo: Claims | None = None
    status: int = 200
    seen: list[str] = field(default_factory=list)

    def allow(self, wanted: dict[str, str], sub: str = "anna", **claims: Any) -> str:
        """Let somebody sign in as the site asked, and give the code for the way back."""
        code = secrets.token_urlsafe(12)
        self.people[sub] = {"acr": LEVEL} | ANNA | claims
        self.grants[code] = wanted | {"sub": sub}
        return code

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer a request of the site."""
        request = Request(environ)
        self.seen.append(request.path)
        answers = {
            "/.well-known/openid-configuration": self._metadata,
            "/jwks": lambda _: {"keys": [self.key.as_dict(private=False)]},
            "/token": self._token,
            "/userinfo": lambda request: self.userinfo,
        }
        told = answers[request.path](request)
        status = self.status if self.status != 200 else 400 if "error" in (told or {}) else 200
        return Response(json.dumps(told), status, content_type="application/json")(environ, start_response)

    def _metadata(self, _: Request) -> Claims:
        names = ("authorize", "token", "jwks")
        told = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        found: Claims = {name: f"{self.url}/{path}" for name, path in told.items() if path in names}
        return {"issuer": self.url} | found | self.metadata

    def _token(self, request: Request) -> Claims:
        """As a real one: the secret, a code that counts once, the address and the key that belong to it."""
        grant = self.grants.pop(request.form.get("code", ""), None)
        basic = request.authorization
        if basic is None or (basic.username, basic.password) != (CLIENT, SECRET):
            return {"error": "invalid_client"}
        challenge = urlsafe_b64encode(hashlib.sha256(request.form.get("code_verifier", "").encode()).digest())
        fits = grant and (grant["redirect_uri"], grant["code_challenge"]) == (
            request.form["redirect_uri"],
            challenge.decode(),
        )
        if not grant or not fits:
            return {"error": "invalid_grant"}
        now = int(host_now().timestamp())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": grant["nonce"]}
        claims = self.forge(claims | {"sub": grant["sub"]} | self.people[grant["sub"]])
        token = self.sign(self, claims) if self.sign else signed(self, claims)
        return {"access_token": "toegang", "token_type": "Bearer", "id_token": token}


def signed(issuer: Issuer, claims: Claims) -> str:
    """As it should be."""
    return jwt.encode({"alg": "ES256", "kid": "one"}, claims, issuer.key)


def unsigned(_: Issuer, claims: Claims) -> str:
    """With `alg: none`."""
    return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."


def by_secret(_: Issuer, claims: Claims) -> str:
    """With the secret that the site shows too, so that whoever knows it could sign."""
    import hmac

    content = f"{_part({'alg': 'HS256', 'kid': 'one'})}.{_part(claims)}"
    return f"{content}.{urlsafe_b64encode(hmac.digest(SECRET.encode(), content.encode(), 'sha256')).decode()}"


def by_another(_: Issuer, claims: Claims) -> str:
    """By a key that only calls itself the issuer's."""
    return jwt.encode({"alg": "ES256", "kid": "one"}, claims, ECKey.generate_key("P-256"))


def _part(content: Claims) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@contextmanager
def running_issuer(app: Flask) -> Iterator[Issuer]:
    """An issuer on a free port of this machine, which the application knows with its secret."""
    issuer = Issuer()
    server = make_server("127.0.0.1", 0, issuer, threaded=True, request_handler=_Quiet)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    app.config["BROKERS"] = f"{issuer.url} {CLIENT} {SECRET}"
    yield issuer
    app.config["BROKERS"] = ""
    app.extensions.pop("pb.doors", None)
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)
