"""The door with a sign-in, against an issuer inside the test: what fits leads to one button, everything else to a no."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pb.base.hashing import tagged_hash
from pb.doors import sign_in
from pb.rounds.values import Door, DoorKind, RoundRecord, Voters
from tests.booth import Booth, fields_of, tracking_of
from tests.doors import AREAS, SIGN_IN, at_broker
from tests.factories import a_frame
from tests.issuer import CLIENT, LEVEL, Claims, Issuer, asked, by_another, by_secret, running_issuer, unsigned
from tests.pages import page, words_of
from tests.voting import a_vote, rows

Forge = Callable[[Claims], Claims]
SLUG = "alphen-centrum-2020"


@pytest.fixture
def issuer(app: Flask) -> Iterator[Issuer]:
    """An issuer that the server knows."""
    with running_issuer(app) as found:
        yield found


@pytest.fixture
def round_(issuer: Issuer) -> RoundRecord:
    """A round that votes by signing in there."""
    return a_vote(a_frame(door=at_issuer(issuer)), codes=0).round


def at_issuer(issuer: Issuer, door: Door = SIGN_IN, **changes: Any) -> Door:
    return at_broker(door, issuer=issuer.url, client=CLIENT, levels=(LEVEL, "hoog"), **changes)


class Visitor:
    """Somebody in a browser of their own who comes to vote by signing in."""

    def __init__(self, browser: FlaskClient, prefix: str = "", slug: str = SLUG) -> None:
        self.browser, self.booth = browser, Booth(browser, prefix, slug)
        self.address = f"{prefix}/rondes/{slug}/stemmen"

    def go_out(self) -> dict[str, str]:
        """Press the button; gives what the site asked the broker for."""
        return asked(self.browser.get(f"{self.address}/inloggen/naar-buiten"))

    def come_back(self, **sent: str) -> TestResponse:
        """Follow the way back."""
        return self.browser.get(f"{self.address}/inloggen/terug", query_string=sent)

    def sign_in(self, issuer: Issuer, sub: str = "anna", **claims: Any) -> TestResponse:
        """Out and back, as somebody of whom the broker tells these claims."""
        wanted = self.go_out()
        return self.come_back(code=issuer.allow(wanted, sub, **claims), state=wanted["state"])

    def cast(self, **changes: object) -> TestResponse:
        """Press the last button."""
        opened = self.browser.get(f"{self.address}/uitbrengen")
        return self.browser.post(f"{self.address}/uitbrengen", data=fields_of(opened.text) | changes)

    def has_proof(self) -> bool:
        """Whether the device has one for this round."""
        return self.browser.get_cookie("stembewijs", path=self.address) is not None


@pytest.fixture
def anna(client: FlaskClient, round_: RoundRecord) -> Visitor:
    """Somebody who chose a plan and goes on."""
    visitor = Visitor(client)
    visitor.booth.choose("bank")
    return visitor


def refused(visitor: Visitor, answer: TestResponse, said: str, status: int = 403) -> None:
    """The page says why, there is no proof, nothing was cast, and the choices are kept."""
    assert said in words_of(page(answer, status))
    assert not visitor.has_proof() and rows() == (0, 0, 0, 0)
    opened = visitor.browser.get(f"{visitor.address}/uitbrengen")
    assert opened.location == f"{visitor.address}/inloggen"


# The way in


@pytest.mark.parametrize(("prefix", "button"), [("", "Inloggen met DigiD"), ("/en", "Sign in with DigiD")])
def test_from_the_ballot_to_the_receipt(
    round_: RoundRecord, issuer: Issuer, client: FlaskClient, prefix: str, button: str
) -> None:
    voter = Visitor(client, prefix)
    chosen = voter.booth.choose("bank")
    assert chosen.location == f"{voter.address}/uitbrengen"
    assert client.get(chosen.location).location == f"{voter.address}/inloggen"
    assert button in page(client.get(f"{voter.address}/inloggen"))
    back = voter.sign_in(issuer)
    assert back.status_code == 303 and back.location == f"{voter.address}/uitbrengen"
    assert rows() == (0, 0, 0, 0), "the way back casts nothing"
    assert "DigiD" in page(client.get(back.location))
    assert tracking_of(voter.cast()) and rows() == (1, 1, 1, 1)


def test_what_is_asked_of_the_broker(anna: Visitor) -> None:
    first, second = anna.go_out(), anna.go_out()
    assert (first["response_type"], first["scope"], first["code_challenge_method"]) == ("code", "openid", "S256")
    assert (first["client_id"], first["acr_values"], first["prompt"]) == (CLIENT, f"{LEVEL} hoog", "login")
    assert first["redirect_uri"] == f"http://127.0.0.1:8000{anna.address}/inloggen/terug"
    for drawn in ("state", "nonce", "code_challenge"):
        assert len(first[drawn]) >= 43 and first[drawn] != second[drawn]


def test_a_later_vote_of_the_same_person_takes_the_place(app: Flask, round_: RoundRecord, issuer: Issuer) -> None:
    for sub, plan in (("anna", "bank"), ("anna", "kas"), ("bob", "bank")):
        voter = Visitor(app.test_client())
        voter.booth.choose(plan)
        voter.sign_in(issuer, sub)
        assert tracking_of(voter.cast())
    assert rows() == (2, 2, 3, 3)


def test_the_form_sent_again_is_the_same_vote(anna: Visitor, issuer: Issuer) -> None:
    anna.sign_in(issuer)
    form = fields_of(anna.browser.get(f"{anna.address}/uitbrengen").text)
    send = [anna.browser.post(f"{anna.address}/uitbrengen", data=form) for _ in range(2)]
    assert tracking_of(send[0]) == tracking_of(send[1]) and rows() == (1, 1, 1, 1)


def test_the_proof_is_a_place_in_this_round_only(anna: Visitor, issuer: Issuer, round_: RoundRecord) -> None:
    """Nothing on the device or in the database tells who signed in, and the cookie goes to the ballot alone."""
    answer = anna.sign_in(issuer)
    cookies = [line for line in answer.headers.getlist("Set-Cookie") if "Max-Age=900" in line]
    paths = (f"/rondes/{SLUG}/stemmen", f"/en/rondes/{SLUG}/stemmen")
    assert [line.partition("=")[0] for line in cookies] == ["stembewijs"] * 2
    for line, path in zip(cookies, paths, strict=True):
        assert "HttpOnly" in line and "SameSite=Lax" in line and f"Path={path};" in f"{line};"
        assert "anna" not in line and tagged_hash("login", round_.public_id, issuer.url, "anna").hex() not in line
    assert "no-store" in answer.headers["Cache-Control"]
    with anna.browser.session_transaction() as session:
        assert set(session) <= {"csrf_token", "_flashes"}


def test_who_is_done_leaves_nothing_on_a_shared_computer(anna: Visitor, issuer: Issuer) -> None:
    anna.sign_in(issuer)
    anna.cast()
    anna.booth.wipe()
    assert not anna.has_proof()
    again = anna.browser.post(f"{anna.address}/uitbrengen", data={"plan": "bank"})
    assert again.location == f"{anna.address}/inloggen?verlopen=1"


def test_who_is_somebody_else_is_forgotten_and_the_choice_stays(anna: Visitor, issuer: Issuer) -> None:
    anna.sign_in(issuer)
    assert anna.browser.post(f"{anna.address}/vergeet-mij").location == anna.address
    assert not anna.has_proof() and anna.browser.get_cookie(f"keuze-{SLUG}") is not None


def test_a_code_is_no_way_in(anna: Visitor) -> None:
    assert anna.browser.get(f"{anna.address}/code").location == f"{anna.address}/uitbrengen"
    assert anna.browser.get(f"{anna.address}/e-mail").location == anna.address


def test_before_and_after_the_vote_the_door_is_shut(
    app: Flask, issuer: Issuer, client: FlaskClient, standing_clock: Callable[..., None]
) -> None:
    found = a_vote(a_frame(door=at_issuer(issuer)), codes=0).round
    vote = found.frame.calendar.phases[-1]
    for moment in (vote.opens.replace(year=2019), vote.closes):
        standing_clock(moment)
        assert client.get(f"/rondes/{SLUG}/stemmen/inloggen").location == f"/rondes/{SLUG}/stemmen"
    assert "/token" not in issuer.seen


# What does not fit


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda claims: claims | {"nonce": "een-ander"}, id="another nonce"),
        pytest.param(lambda claims: claims | {"nonce": [claims["nonce"], "x"]}, id="several nonces"),
        pytest.param(lambda claims: {k: v for k, v in claims.items() if k != "nonce"}, id="no nonce"),
        pytest.param(lambda claims: claims | {"aud": "iemand-anders"}, id="another audience"),
        pytest.param(lambda claims: claims | {"aud": [CLIENT, "ander"]}, id="two audiences, nobody named"),
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
    refused(anna, anna.sign_in(issuer), "Inloggen is niet gelukt")


@pytest.mark.parametrize("sign", [unsigned, by_secret, by_another])
def test_a_token_that_the_broker_did_not_sign(
    anna: Visitor, issuer: Issuer, sign: Callable[[Issuer, Claims], str]
) -> None:
    issuer.sign = sign
    refused(anna, anna.sign_in(issuer), "Inloggen is niet gelukt")


@pytest.mark.parametrize("skew", [-30, 30])
def test_a_clock_that_is_a_little_off_is_no_reason(anna: Visitor, issuer: Issuer, skew: int) -> None:
    issuer.forge = lambda claims: claims | {"iat": claims["iat"] + skew, "exp": claims["iat"] + max(skew, -29)}
    assert anna.sign_in(issuer).location == f"{anna.address}/uitbrengen"


@pytest.mark.parametrize("state", [{}, {"state": ""}, {"state": "geraden"}, {"state": "één"}])
def test_a_way_back_without_its_state(anna: Visitor, issuer: Issuer, state: dict[str, str]) -> None:
    code = issuer.allow(anna.go_out())
    refused(anna, anna.come_back(code=code, **state), "Je inlog is te oud of hoort niet bij deze stap")
    assert "/token" not in issuer.seen, "nothing is asked for a stranger"


def test_a_way_back_in_another_browser(app: Flask, anna: Visitor, issuer: Issuer) -> None:
    """Neither the address alone, nor with a sign-in of one's own under way, makes somebody Anna."""
    wanted = anna.go_out()
    code, thief = issuer.allow(wanted), Visitor(app.test_client())
    thief.booth.choose("kas")
    refused(thief, thief.come_back(code=code, state=wanted["state"]), "hoort niet bij deze stap")
    own = thief.go_out()
    refused(thief, thief.come_back(code=code, state=own["state"]), "Inloggen is niet gelukt")


def test_a_way_back_counts_once(anna: Visitor, issuer: Issuer) -> None:
    wanted = anna.go_out()
    sent = {"code": issuer.allow(wanted), "state": wanted["state"]}
    assert anna.come_back(**sent).status_code == 303
    anna.browser.post(f"{anna.address}/vergeet-mij")
    refused(anna, anna.come_back(**sent), "hoort niet bij deze stap")


def test_a_replayed_way_back_with_its_cookie_is_stopped_by_the_code(anna: Visitor, issuer: Issuer) -> None:
    wanted = anna.go_out()
    sent = {"code": issuer.allow(wanted), "state": wanted["state"]}
    path = f"{anna.address}/inloggen"
    kept = anna.browser.get_cookie("inlog", path=path)
    assert kept is not None and anna.come_back(**sent).status_code == 303
    anna.browser.post(f"{anna.address}/vergeet-mij")
    anna.browser.set_cookie("inlog", kept.value, path=path)
    refused(anna, anna.come_back(**sent), "Inloggen is niet gelukt")


def test_a_failed_way_back_uses_the_sign_in_up(anna: Visitor, issuer: Issuer) -> None:
    wanted = anna.go_out()
    refused(anna, anna.come_back(state=wanted["state"], code="geraden"), "Inloggen is niet gelukt")
    good = {"code": issuer.allow(wanted), "state": wanted["state"]}
    refused(anna, anna.come_back(**good), "hoort niet bij deze stap")


def test_a_broken_cookie_is_none(anna: Visitor, issuer: Issuer) -> None:
    wanted = anna.go_out()
    anna.browser.set_cookie("inlog", "AAAA", path=f"{anna.address}/inloggen")
    refused(anna, anna.come_back(code=issuer.allow(wanted), state=wanted["state"]), "hoort niet bij deze stap")


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
    refused(anna, answer, said)
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
    refused(anna, anna.sign_in(issuer, acr=acr), "hoger niveau van DigiD. Heb je dat niet? Bel ons")


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
    refused(anna, anna.sign_in(issuer, **claims), said)


# Another round, another place


def test_a_sign_in_of_another_round(app: Flask, anna: Visitor, issuer: Issuer, round_: RoundRecord) -> None:
    """Neither a way back, nor a sign-in under way, nor a proof of one round counts in another with the same broker."""
    other = a_vote(a_frame(door=at_issuer(issuer), name="Zegersloot"), codes=0, slug="zegersloot").round
    there = Visitor(anna.browser, slug=other.slug)
    there.booth.choose("kas")
    wanted = anna.go_out()
    sent = {"code": issuer.allow(wanted), "state": wanted["state"]}
    refused(there, there.come_back(**sent), "hoort niet bij deze stap")
    kept = anna.browser.get_cookie("inlog", path=f"{anna.address}/inloggen")
    assert kept is not None
    anna.browser.set_cookie("inlog", kept.value, path=f"{there.address}/inloggen")
    refused(there, there.come_back(**sent), "hoort niet bij deze stap")
    anna.come_back(**sent)
    proof = anna.browser.get_cookie("stembewijs", path=anna.address)
    assert proof is not None
    anna.browser.set_cookie("stembewijs", proof.value, path=there.address)
    assert anna.browser.post(f"{there.address}/uitbrengen", data={}).location == f"{there.address}/inloggen?verlopen=1"
    assert rows() == (0, 0, 0, 0)


def test_a_cookie_of_another_purpose_is_no_proof(anna: Visitor) -> None:
    """Each seal opens only what was sealed for its purpose."""
    anna.go_out()
    for name, path in (("inlog", f"{anna.address}/inloggen"), (f"keuze-{SLUG}", "/")):
        cookie = anna.browser.get_cookie(name, path=path)
        assert cookie is not None
        anna.browser.set_cookie("stembewijs", cookie.value, path=anna.address)
        assert anna.browser.get(f"{anna.address}/uitbrengen").location == f"{anna.address}/inloggen"


@pytest.mark.parametrize("name", ["next", "redirect_uri", "return_to", "slug"])
def test_nobody_is_led_elsewhere(anna: Visitor, issuer: Issuer, name: str) -> None:
    evil = {name: "https://evil.example/"}
    answer = anna.browser.get(f"{anna.address}/inloggen/naar-buiten", query_string=evil)
    wanted = asked(answer)
    assert answer.location.startswith(f"{issuer.url}/authorize?") and "evil" not in answer.location
    back = anna.come_back(code=issuer.allow(wanted), state=wanted["state"], **evil)
    assert back.location == f"{anna.address}/uitbrengen"


def test_areas_have_the_ballot_of_the_address(app: Flask, issuer: Issuer, client: FlaskClient) -> None:
    """Plans of another area are not cast: the ballot of the own area comes instead."""
    voters = (Voters("noord", 6_000), Voters("zuid", 7_000))
    door = at_issuer(issuer, Door(DoorKind.SIGN_IN, SIGN_IN.broker, voters=voters))
    a_vote(
        a_frame(door=door, **AREAS), codes=0, pots={"bank": "noord", "bomen": "noord", "kas": "zuid", "tuin": "zuid"}
    )
    voter = Visitor(client)
    voter.booth.choose("kas", style="zuid")
    opened = client.get(voter.sign_in(issuer).location)
    assert "Je koos plannen van een ander gebied" in page(opened) and "Plan bank" in opened.text
    voter.booth.choose("bank", style="noord")
    assert tracking_of(voter.cast())


# A broker that is away, wrong or unknown


@pytest.mark.parametrize("status", [500, 302, 404])
def test_a_broker_that_does_not_answer(anna: Visitor, issuer: Issuer, status: int) -> None:
    wanted = anna.go_out()
    issuer.status = status
    answer = anna.come_back(code=issuer.allow(wanted), state=wanted["state"])
    assert answer.status_code in (403, 503) and not anna.has_proof()
    anna.browser.application.extensions.pop("pb.doors")
    refused(anna, anna.browser.get(f"{anna.address}/inloggen/naar-buiten"), "De inlogdienst doet het nu niet", 503)


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
    refused(anna, anna.browser.get(f"{anna.address}/inloggen/naar-buiten"), "Inloggen is niet gelukt")


def test_an_address_without_a_secret_here_is_never_asked(app: Flask, anna: Visitor, issuer: Issuer) -> None:
    """So a frame cannot make the site call any address, nor show it another broker's secret."""
    app.config["BROKERS"] = f"https://broker.example.org {CLIENT} geheim\n{issuer.url} een-ander geheim"
    refused(anna, anna.browser.get(f"{anna.address}/inloggen/naar-buiten"), "nog niet ingesteld", 503)
    assert issuer.seen == []


def test_claims_beside_the_token_are_of_the_same_person(app: Flask, anna: Visitor, issuer: Issuer) -> None:
    issuer.metadata = {"userinfo_endpoint": f"{issuer.url}/userinfo"}
    issuer.forge = lambda claims: {k: v for k, v in claims.items() if k not in ("birthdate", "address")}
    issuer.userinfo = {"sub": "bob", "birthdate": "1961-03-30", "address": {"postal_code": "2405AB"}}
    refused(anna, anna.sign_in(issuer), "Inloggen is niet gelukt")
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
