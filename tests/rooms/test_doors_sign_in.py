"""The door with a sign-in, against an issuer inside the test: what fits leads to one button, in this round only."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.hashing import tagged_hash
from pb.rounds.values import Door, DoorKind, RoundRecord, Voters
from tests.booth import fields_of, tracking_of
from tests.doors import AREAS, SIGN_IN
from tests.factories import a_frame
from tests.issuer import CLIENT, LEVEL, Issuer, asked, running_issuer
from tests.pages import page
from tests.visitor import SLUG, Visitor, at_issuer, turned_away
from tests.voting import a_vote, rows


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


# Another round, another place


def test_a_sign_in_of_another_round(app: Flask, anna: Visitor, issuer: Issuer, round_: RoundRecord) -> None:
    """Neither a way back, nor a sign-in under way, nor a proof of one round counts in another with the same broker."""
    other = a_vote(a_frame(door=at_issuer(issuer), name="Zegersloot"), codes=0, slug="zegersloot").round
    there = Visitor(anna.browser, slug=other.slug)
    there.booth.choose("kas")
    wanted = anna.go_out()
    sent = {"code": issuer.allow(wanted), "state": wanted["state"]}
    turned_away(there, there.come_back(**sent), "hoort niet bij deze stap")
    kept = anna.browser.get_cookie("inlog", path=f"{anna.address}/inloggen")
    assert kept is not None
    anna.browser.set_cookie("inlog", kept.value, path=f"{there.address}/inloggen")
    turned_away(there, there.come_back(**sent), "hoort niet bij deze stap")
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
