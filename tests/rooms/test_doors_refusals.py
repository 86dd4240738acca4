"""The door with a sign-in: whatever does not fit what went out, or whoever may not vote, is turned away and reads why."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.doors import sign_in
from pb.rounds.values import RoundRecord
from tests.factories import a_frame
from tests.issuer import CLIENT, Claims, Issuer, by_another, by_secret, running_issuer, unsigned
from tests.visitor import Visitor, at_issuer, turned_away
from tests.voting import a_vote

Forge = Callable[[Claims], Claims]


@pytest.fixture
def issuer(app: Flask) -> Iterator[Issuer]:
    """An issuer that the server knows."""
    with running_issuer(app) as found:
        yield found


@pytest.fixture
def round_(issuer: Issuer) -> RoundRecord:
    """A round that votes by signing in there."""
    return a_vote(a_frame(door=at_issuer(issuer)), codes=0).round


@pytest.fixture
def anna(client: FlaskClient, round_: RoundRecord) -> Visitor:
    """Somebody who chose a plan and goes on."""
    visitor = Visitor(client)
    visitor.booth.choose("bank")
    return visitor


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda claims: claims | {"nonce": "een-ander"}, id="another nonce"),
        pytest.param(lambda claims: claims | {"nonce": [claims["nonce"], "x"]}, id="several nonces"),
        pytest.param(lambda claims: {k: v for k, v in claims.items() if k != "nonce"}, id="no nonce"),
        pytest.param(lambda claims: claims | {"aud": "iemand-anders"}, id="another audience"),
        pytest.param(lambda claims: claims | {"aud": [CLIENT, "ander"]}, id="two audiences, nobody named"),
        pytest.param(
            lambda claims: claims | {"aud": "iemand-anders", "azp": CLIENT}, id="another audience by this site"
        ),
        pytest.param(lambda claims: claims | {"azp": "iemand-anders"}, id="for another party"),
        pytest.param(lambda claims: {k: v for k, v in claims.items() if k != "aud"}, id="no audience"),
        pytest.param(lambda claims: claims | {"iss": "https://broker.example.org"}, id="another issuer"),
        pytest.param(lambda claims: {k: v for k, v in claims.items() if k != "iss"}, id="no issuer"),
        pytest.param(lambda claims: claims | {"exp": claims["iat"] - 31}, id="expired"),
        pytest.param(lambda claims: {k: v for k, v in claims.items() if k != "exp"}, id="without an end"),
        pytest.param(lambda claims: claims | {"iat": claims["iat"] + 31}, id="of tomorrow"),
        pytest.param(lambda claims: claims | {"nbf": claims["iat"] + 31}, id="not yet"),
        pytest.param(lambda claims: claims | {"sub": ""}, id="nobody"),
        pytest.param(lambda claims: claims | {"sub": 7}, id="a number for a name"),
        pytest.param(lambda claims: claims | {"at_hash": "bm90IHRoaXM"}, id="another access token"),
    ],
)
def test_a_token_that_is_not_for_this_sign_in(anna: Visitor, issuer: Issuer, forge: Forge) -> None:
    issuer.forge = forge
    turned_away(anna, anna.sign_in(issuer), "Inloggen is niet gelukt")


@pytest.mark.parametrize("sign", [unsigned, by_secret, by_another])
def test_a_token_that_the_broker_did_not_sign(
    anna: Visitor, issuer: Issuer, sign: Callable[[Issuer, Claims], str]
) -> None:
    issuer.sign = sign
    turned_away(anna, anna.sign_in(issuer), "Inloggen is niet gelukt")


@pytest.mark.parametrize("skew", [-30, 30])
def test_a_clock_that_is_a_little_off_is_no_reason(anna: Visitor, issuer: Issuer, skew: int) -> None:
    issuer.forge = lambda claims: claims | {"iat": claims["iat"] + skew, "exp": claims["iat"] + max(skew, -29)}
    assert anna.sign_in(issuer).location == f"{anna.address}/uitbrengen"


@pytest.mark.parametrize("state", [{}, {"state": ""}, {"state": "geraden"}, {"state": "één"}])
def test_a_way_back_without_its_state(anna: Visitor, issuer: Issuer, state: dict[str, str]) -> None:
    code = issuer.allow(anna.go_out())
    turned_away(anna, anna.come_back(code=code, **state), "Je inlog is te oud of hoort niet bij deze stap")
    assert "/token" not in issuer.seen, "nothing is asked for a stranger"


def test_a_way_back_in_another_browser(app: Flask, anna: Visitor, issuer: Issuer) -> None:
    """Neither the address alone, nor with a sign-in of one's own under way, makes somebody Anna."""
    wanted = anna.go_out()
    code, thief = issuer.allow(wanted), Visitor(app.test_client())
    thief.booth.choose("kas")
    turned_away(thief, thief.come_back(code=code, state=wanted["state"]), "hoort niet bij deze stap")
    own = thief.go_out()
    turned_away(thief, thief.come_back(code=code, state=own["state"]), "Inloggen is niet gelukt")


def test_a_way_back_counts_once(anna: Visitor, issuer: Issuer) -> None:
    wanted = anna.go_out()
    sent = {"code": issuer.allow(wanted), "state": wanted["state"]}
    assert anna.come_back(**sent).status_code == 303
    anna.browser.post(f"{anna.address}/vergeet-mij")
    turned_away(anna, anna.come_back(**sent), "hoort niet bij deze stap")


def test_a_replayed_way_back_with_its_cookie_is_stopped_by_the_code(anna: Visitor, issuer: Issuer) -> None:
    wanted = anna.go_out()
    sent = {"code": issuer.allow(wanted), "state": wanted["state"]}
    path = f"{anna.address}/inloggen"
    kept = anna.browser.get_cookie("inlog", path=path)
    assert kept is not None and anna.come_back(**sent).status_code == 303
    anna.browser.post(f"{anna.address}/vergeet-mij")
    anna.browser.set_cookie("inlog", kept.value, path=path)
    turned_away(anna, anna.come_back(**sent), "Inloggen is niet gelukt")


def test_a_failed_way_back_uses_the_sign_in_up(anna: Visitor, issuer: Issuer) -> None:
    wanted = anna.go_out()
    turned_away(anna, anna.come_back(state=wanted["state"], code="geraden"), "Inloggen is niet gelukt")
    good = {"code": issuer.allow(wanted), "state": wanted["state"]}
    turned_away(anna, anna.come_back(**good), "hoort niet bij deze stap")


def test_a_broken_cookie_is_none(anna: Visitor, issuer: Issuer) -> None:
    wanted = anna.go_out()
    anna.browser.set_cookie("inlog", "AAAA", path=f"{anna.address}/inloggen")
    turned_away(anna, anna.come_back(code=issuer.allow(wanted), state=wanted["state"]), "hoort niet bij deze stap")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"error": "access_denied"}, "Je bent niet ingelogd"),
        ({"error": "server_error", "error_description": "<script>alert(1)</script>"}, "Inloggen is niet gelukt"),
        ({}, "Inloggen is niet gelukt"),
        ({"iss": "https://broker.example.org", "code": "x"}, "Inloggen is niet gelukt"),
    ],
)
def test_a_broker_that_says_no(anna: Visitor, sent: dict[str, str], said: str) -> None:
    answer = anna.come_back(state=anna.go_out()["state"], **sent)
    turned_away(anna, answer, said)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(("iss", "status"), [(None, 403), ("https://broker.example.org", 403), ("own", 303)])
def test_a_broker_that_names_itself_on_the_way_back(
    anna: Visitor, issuer: Issuer, iss: str | None, status: int
) -> None:
    issuer.metadata = {"authorization_response_iss_parameter_supported": True}
    wanted = anna.go_out()
    named = {"iss": issuer.url if iss == "own" else iss} if iss else {}
    assert anna.come_back(code=issuer.allow(wanted), state=wanted["state"], **named).status_code == status


@pytest.mark.parametrize("acr", ["laag", None, ["substantieel"], 2])
def test_a_level_that_is_too_low_names_another_way(anna: Visitor, issuer: Issuer, acr: object) -> None:
    turned_away(anna, anna.sign_in(issuer, acr=acr), "hoger niveau van DigiD. Heb je dat niet? Bel ons")


def test_any_of_the_levels_is_enough(anna: Visitor, issuer: Issuer) -> None:
    assert anna.sign_in(issuer, acr="hoog").status_code == 303


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"birthdate": "2008-05-02"}, "Je mag stemmen vanaf 12 jaar"),
        ({"birthdate": "1878-01-01"}, "We kregen je leeftijd niet"),
        ({"birthdate": None}, "We kregen je leeftijd niet"),
        ({"address": {"postal_code": "2407 AB"}}, "voor bewoners van het centrum"),
        ({"address": "2405 AB"}, "We kregen je woonplek niet"),
    ],
)
def test_who_may_not_vote_reads_why(anna: Visitor, issuer: Issuer, claims: Claims, said: str) -> None:
    turned_away(anna, anna.sign_in(issuer, **claims), said)


# A broker that is away, wrong or unknown


@pytest.mark.parametrize("status", [500, 302, 404])
def test_a_broker_that_does_not_answer(anna: Visitor, issuer: Issuer, status: int) -> None:
    wanted = anna.go_out()
    issuer.status = status
    answer = anna.come_back(code=issuer.allow(wanted), state=wanted["state"])
    assert answer.status_code in (403, 503) and not anna.has_proof()
    anna.browser.application.extensions.pop("pb.doors")
    turned_away(anna, anna.browser.get(f"{anna.address}/inloggen/naar-buiten"), "De inlogdienst doet het nu niet", 503)


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://broker.example.org"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "ftp://127.0.0.1/token"},
        {"jwks_uri": "/jwks"},
    ],
)
def test_a_broker_that_publishes_something_else(anna: Visitor, issuer: Issuer, metadata: Claims) -> None:
    issuer.metadata = metadata
    turned_away(anna, anna.browser.get(f"{anna.address}/inloggen/naar-buiten"), "Inloggen is niet gelukt")


def test_an_address_without_a_secret_here_is_never_asked(app: Flask, anna: Visitor, issuer: Issuer) -> None:
    """So a frame cannot make the site call any address, nor show it another broker's secret."""
    app.config["BROKERS"] = f"https://broker.example.org {CLIENT} geheim\n{issuer.url} een-ander geheim"
    turned_away(anna, anna.browser.get(f"{anna.address}/inloggen/naar-buiten"), "nog niet ingesteld", 503)
    assert issuer.seen == []


def test_claims_beside_the_token_are_of_the_same_person(app: Flask, anna: Visitor, issuer: Issuer) -> None:
    issuer.metadata = {"userinfo_endpoint": f"{issuer.url}/userinfo"}
    issuer.forge = lambda claims: {k: v for k, v in claims.items() if k not in ("birthdate", "address")}
    issuer.userinfo = {"sub": "bob", "birthdate": "1961-03-30", "address": {"postal_code": "2405AB"}}
    turned_away(anna, anna.sign_in(issuer), "Inloggen is niet gelukt")
    issuer.userinfo |= {"sub": "anna"}
    assert anna.sign_in(issuer).status_code == 303


def test_a_new_key_of_the_broker_is_fetched(anna: Visitor, issuer: Issuer) -> None:
    anna.sign_in(issuer)
    issuer.key = type(issuer.key).generate_key("P-256", {"kid": "two"})
    issuer.sign = lambda it, claims: sign_in.jwt.encode({"alg": "ES256", "kid": "two"}, claims, it.key)
    assert anna.sign_in(issuer).status_code == 303


def test_the_log_tells_what_went_wrong_and_nothing_of_the_person(
    anna: Visitor, issuer: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    issuer.forge = lambda claims: claims | {"nonce": "een-ander"}
    wanted = anna.go_out()
    code = issuer.allow(wanted, "anna-pseudoniem-77")
    anna.come_back(code=code, state=wanted["state"])
    assert "sign-in refused: InvalidClaimError" in caplog.text
    for secret in ("anna-pseudoniem-77", code, wanted["state"], wanted["nonce"], "1961", "2405", "geheim"):
        assert secret not in caplog.text
