"""The voter's pages without scripts: choose, code, receipt, wiped; in both languages."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from pb.extensions import db
from pb.rounds.acts import advance_clock
from pb.rounds.values import BallotKind, BallotRule, Pot, PotKind
from pb.voting.kept import unfinished_rounds
from tests.booth import Booth, fields_of, ticked, tracking_of
from tests.factories import CALENDAR, a_frame, a_round
from tests.voting import COSTS, Voting, a_vote

OPENS, CLOSES = CALENDAR.phases[-1].opens, CALENDAR.phases[-1].closes
AREAS = a_frame(
    pot_kind=PotKind.AREA,
    pots=(Pot("oud", "Oude centrum", 10_000_00, ("2405",)), Pot("water", "Aan het water", 20_000_00, ("2406",))),
)
IN_AREAS = {"bank": "oud", "bomen": "oud", "kas": "water", "tuin": "water"}
WORDS = {
    "": ("Kies je plannen", "Vul je code in. Dan telt je stem.", "Gelukt.", "Je keuze is gewist", "€\u00a04.200"),
    "/en": ("Choose your plans", "Enter your code. Then your vote counts.", "Done.", "Your choice is wiped", "€4,200"),
}


@pytest.fixture
def vote(app: Flask) -> Voting:
    return a_vote()


@pytest.fixture
def booth(vote: Voting, client: FlaskClient) -> Booth:
    return Booth(client)


def heading(text: str) -> str:
    """The only first heading of a page."""
    found = re.findall(r"<h1>(.*?)</h1>", text, re.DOTALL)
    assert len(found) == 1, found
    return str(found[0])


@pytest.mark.parametrize("prefix", WORDS)
def test_the_whole_way_in_words(vote: Voting, client: FlaskClient, prefix: str) -> None:
    booth, (choose, code, receipt, wiped, price) = Booth(client, prefix), WORDS[prefix]
    assert heading(booth.start().text) == choose
    assert booth.choose("bank", "kas").location == f"{prefix}/rondes/{vote.round.slug}/stemmen/code"
    page = booth.code_page().text
    assert heading(page) == code and price in page and "Plan bank" in page and "Plan bomen" not in page
    answer = booth.cast(vote.codes[0])
    assert heading(answer.text).startswith(receipt) and "Plan kas" in answer.text
    done = client.get(str(booth.wipe().location))
    assert heading(done.text).startswith(wiped)


def test_the_receipt_says_what_can_still_be_done(vote: Voting, booth: Booth) -> None:
    text = booth.vote(vote.codes[0], "bank").text
    assert "tot en met zondag 28 juni 2020, 23.59 uur" in text and "vrijdag 3 juli 2020" in text
    exact = text.partition("<details>")[2].partition("</details>")[0]
    assert vote.round.public_id in exact and len(re.findall(r"<code>[0-9a-f]{64}</code>", exact)) == 3


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Stemde je eerder op deze site?"), ("/en", "Did you vote before on this site?")]
)
def test_a_first_and_a_later_receipt_say_the_same_of_earlier_votes(
    vote: Voting, client: FlaskClient, prefix: str, words: str
) -> None:
    booth = Booth(client, prefix)
    texts = [booth.vote(vote.codes[0], plan).text for plan in ("bank", "kas")]
    assert all(text.count(words) == 1 for text in texts) and len({len(text) for text in texts}) == 1


def test_the_ballot_has_every_plan_in_another_order_at_every_visit(vote: Voting, booth: Booth) -> None:
    orders = {tuple(re.findall(r'data-code="(\w+)"', booth.start().text)) for _ in range(12)}
    assert len(orders) > 1 and all(sorted(order) == sorted(COSTS) for order in orders)


def test_the_order_stays_within_a_visit(vote: Voting, booth: Booth) -> None:
    first = booth.start().text
    again = booth.choose("tuin", "kas", "bank", order=fields_of(first)["order"][0]).text
    assert re.findall(r'data-code="(\w+)"', again) == re.findall(r'data-code="(\w+)"', first)


def test_too_dear_is_said_in_words_and_the_choices_stay(vote: Voting, booth: Booth) -> None:
    answer = booth.choose("tuin", "kas", "bank")
    assert answer.status_code == 422 and ticked(answer) == ["bank", "kas", "tuin"]
    assert "Je koos voor €\u00a034.200. Voor het centrum is er €\u00a030.000." in answer.text
    assert "Dit is €\u00a04.200 te veel." in answer.text


def test_a_kept_choice_says_which_plans_no_longer_fit(vote: Voting, booth: Booth) -> None:
    booth.choose("tuin", "bomen")
    text = booth.start().text
    assert "Dit plan kost €\u00a014.000. Je hebt nog €\u00a04.500. Haal eerst een ander plan weg." in text
    assert "Nog over: €\u00a04.500." in text and "disabled" not in text


def test_a_blank_ballot_is_asked_about_on_the_last_page(vote: Voting, booth: Booth) -> None:
    """In as many steps as any other: a page of its own would show in the web server's log who votes blank."""
    assert booth.choose().status_code == booth.choose("bank").status_code == 303
    assert "Wil je blanco stemmen?" not in booth.code_page().text
    booth.choose()
    text = booth.code_page().text
    assert "Wil je blanco stemmen?" in text and "Ja, ik stem blanco" in text and "Keuze veranderen" in text
    receipt = booth.cast(vote.codes[0])
    assert tracking_of(receipt) and "Je stemt blanco." in receipt.text


def test_pages_with_a_choice_have_one_length(vote: Voting, booth: Booth) -> None:
    sizes: dict[str, set[int]] = {"ballot": set(), "code": set(), "receipt": set(), "again": set(), "refused": set()}
    for plans in ([], ["bank"], ["bank", "bomen", "kas"]):
        booth.choose(*plans)
        sizes["ballot"].add(len(booth.start().data))
        sizes["code"].add(len(booth.code_page().data))
        sizes["receipt"].add(len(booth.cast(vote.codes[0]).data))
        booth.choose(*plans)
        sizes["again"].add(len(booth.cast("0000").data))
        sizes["refused"].add(len(booth.choose("tuin", "kas", "bank", *plans).data))
    assert all(len(found) == 1 for found in sizes.values()), sizes


def test_up_to_a_number_of_plans(app: Flask, client: FlaskClient) -> None:
    a_vote(a_frame(ballot=BallotRule(BallotKind.UP_TO, 2)))
    booth = Booth(client)
    assert "Je mag er hoogstens 2 kiezen." in booth.start().text
    answer = booth.choose("kas", "tuin", "bank")
    assert answer.status_code == 422 and "hoogstens 2 plannen kiezen" in answer.text
    assert booth.choose("kas", "tuin").status_code == 303


def test_the_choice_is_changed_on_the_way_back(vote: Voting, booth: Booth) -> None:
    booth.choose("bank", "kas")
    assert ticked(booth.start()) == ["bank", "kas"]
    booth.choose("bomen")
    assert fields_of(booth.code_page().text)["plan"] == ["bomen"]


def test_after_a_vote_the_ballot_is_empty_again(vote: Voting, booth: Booth) -> None:
    first = tracking_of(booth.vote(vote.codes[0], "bank"))
    assert ticked(booth.start()) == []
    assert booth.code_page().status_code == 303
    assert tracking_of(booth.vote(vote.codes[0], "kas")) != first


@pytest.mark.parametrize("prefix", WORDS)
def test_every_page_says_that_a_choice_was_not_cast(vote: Voting, client: FlaskClient, prefix: str) -> None:
    booth, elsewhere = Booth(client, prefix), f"{prefix}/privacy"
    words = f"{'Your choice for' if prefix else 'Je keuze voor'} {vote.round.name} "
    assert words not in client.get(elsewhere).text
    booth.choose("bank")
    answer = client.get(elsewhere)
    assert words in answer.text and f'href="{prefix}/rondes/{vote.round.slug}/stemmen/code"' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert ("Did you vote already?" if prefix else "Stemde je al?") in answer.text
    booth.cast(vote.codes[0])
    assert words not in client.get(elsewhere).text


@pytest.mark.parametrize("rehearsal", [True, False])
def test_after_the_close_no_page_asks_for_a_vote(
    app: Flask, client: FlaskClient, standing_clock: Callable[..., None], rehearsal: bool
) -> None:
    vote, booth = a_vote(rehearsal=rehearsal), Booth(client)
    standing_clock(CLOSES - timedelta(seconds=2))
    booth.choose("bank")
    standing_clock(CLOSES - timedelta(seconds=1))
    assert "nog niet uitgebracht" in client.get("/privacy").text
    standing_clock(CLOSES)
    assert "nog niet uitgebracht" not in client.get("/privacy").text
    assert vote.round.name in client.get("/").text


def test_a_practice_clock_that_was_wound_closes_it_too(vote: Voting, booth: Booth, client: FlaskClient) -> None:
    booth.choose("bank")
    assert "nog niet uitgebracht" in client.get("/privacy").text
    advance_clock(vote.id, CLOSES)
    assert "nog niet uitgebracht" not in client.get("/privacy").text


def test_a_real_round_costs_no_statement_a_page(app: Flask, client: FlaskClient) -> None:
    a_vote(rehearsal=False)
    Booth(client).choose("bank")
    statements: list[str] = []
    with app.test_request_context("/privacy", headers={"Cookie": _cookies(client)}):
        event.listen(db.engine, "before_cursor_execute", lambda _c, _u, sql, *_: statements.append(sql))
        assert [one.slug for one in unfinished_rounds()] == ["alphen-centrum-2020"]
    assert not statements


def _cookies(client: FlaskClient) -> str:
    cookie = client.get_cookie("keuze-alphen-centrum-2020")
    assert cookie is not None
    return f"{cookie.key}={cookie.value}"


def test_no_page_with_a_choice_is_kept_by_a_cache(vote: Voting, booth: Booth) -> None:
    booth.choose("bank")
    form = fields_of(booth.code_page().text)
    answers = [booth.code_page(), booth.send(form, vote.codes[0]), booth.send(form, vote.codes[0]), booth.start()]
    assert all("private, no-store" in answer.headers["Cache-Control"] for answer in answers)
    assert all("no-transform" in answer.headers["Cache-Control"] for answer in answers[:3]), "lengths would tell again"
    assert not [answer for answer in answers if "ETag" in answer.headers]


def test_klaar_leaves_nothing(vote: Voting, booth: Booth, client: FlaskClient) -> None:
    booth.choose("bank")
    form = fields_of(booth.code_page().text)
    booth.send(form, vote.codes[0])
    booth.wipe()
    assert not client.get_cookie(f"keuze-{vote.round.slug}")
    again = booth.send(form, vote.codes[0])
    assert heading(again.text) == "Kies je plannen" and ticked(again) == [] and again.status_code == 409
    assert "Op dit apparaat staat geen keuze meer klaar." in again.text


def test_the_cookie_tells_nothing_to_who_has_no_key(vote: Voting, booth: Booth, client: FlaskClient) -> None:
    lengths = set()
    for plans in ((), ("bank",), ("bank", "bomen", "tuin")):
        booth.choose(*plans)
        cookie = client.get_cookie(f"keuze-{vote.round.slug}")
        assert cookie and cookie.http_only and cookie.path == "/" and cookie.same_site == "Lax"
        assert "bank" not in cookie.value
        lengths.add(len(cookie.value))
    assert len(lengths) == 1, "its length tells how many plans were chosen"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (OPENS - timedelta(seconds=1), "Je kunt stemmen vanaf woensdag 27 mei 2020"),
        (CLOSES, "Stemmen kon tot en met zondag 28 juni 2020, 23.59 uur."),
    ],
)
def test_outside_the_vote_a_page_says_when(
    vote: Voting, booth: Booth, standing_clock: Callable[[datetime], None], moment: datetime, words: str
) -> None:
    booth.choose("bank")
    form = fields_of(booth.code_page().text)
    standing_clock(moment)
    for answer in (booth.start(), booth.code_page(), booth.choose("bank"), booth.send(form, vote.codes[0])):
        assert heading(answer.text) == "Je kunt nu niet stemmen" and words in answer.text
    assert booth.choose("bank").status_code == 409 and booth.start().status_code == 200


def test_before_the_seal_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    a_round()
    assert "De stemlijst staat nog niet vast." in Booth(client).start().text


def test_pots_per_area_ask_for_the_postcode_first(app: Flask, client: FlaskClient) -> None:
    vote = a_vote(AREAS, codes=2, pots=IN_AREAS)
    booth = Booth(client)
    assert heading(booth.start().text) == "Wat is je postcode?"
    answer = client.post(f"{booth.address}/gebied", data={"postcode": "2406 ab"})
    ballot = client.get(str(answer.location))
    assert sorted(re.findall(r'data-code="(\w+)"', ballot.text)) == ["kas", "tuin"]
    assert "2406" not in str(answer.location) and not answer.headers.getlist("Set-Cookie")
    assert tracking_of(booth.vote(vote.codes[1], "kas", style="water"))


@pytest.mark.parametrize("postcode", ["", "1000", "abc", "24060", "2406" * 9, "²405"])
def test_a_postcode_outside_says_so(app: Flask, client: FlaskClient, postcode: str) -> None:
    a_vote(AREAS, codes=2, pots=IN_AREAS)
    answer = client.post(f"{Booth(client).address}/gebied", data={"postcode": postcode})
    wanted = 303 if postcode.startswith("2406") and len(postcode) > 5 else 422
    assert answer.status_code == (303 if postcode[:4] in {"2405", "2406"} else wanted)


def test_a_code_of_another_area_leads_to_its_own_ballot(app: Flask, client: FlaskClient) -> None:
    vote = a_vote(AREAS, codes=2, pots=IN_AREAS)
    answer = Booth(client).vote(vote.codes[0], "kas", style="water")
    assert answer.status_code == 422 and "Je koos plannen van een ander gebied." in answer.text
    assert sorted(re.findall(r'data-code="(\w+)"', answer.text)) == ["bank", "bomen"]


def test_an_invented_area_is_not_there(vote: Voting, booth: Booth, client: FlaskClient) -> None:
    assert client.get(f"{booth.address}?gebied=bestaat-niet").status_code == 404
    assert booth.choose("bank", style="bestaat-niet").status_code == 404
