"""Ballots with points, with an order, and with one plan: the page without a script, what it refuses, and what is cast."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.rounds.values import BallotKind, BallotRule, CountingRule, Frame
from pb.selection.acts import save_groups
from pb.selection.values import PlanGroups
from pb.voting.acts import close_vote, open_rehearsal
from pb.voting.reads import opened
from tests.booth import Booth, fields_of
from tests.factories import CALENDAR, a_frame, at
from tests.pages import page, words_of
from tests.results import Move
from tests.voting import Voting, a_vote, before_the_vote, sealed

POINTS = a_frame(ballot=BallotRule(BallotKind.POINTS, at_least=2, total_points=10, most_points=7, least_points=1))
RANKING = a_frame(ballot=BallotRule(BallotKind.RANKING, 3))
ONE = a_frame(ballot=BallotRule(BallotKind.ONE))


def numbers(**given: object) -> dict[str, str]:
    return {f"number-{code}": str(number) for code, number in given.items()}


def a_booth(client: FlaskClient, frame: Frame, prefix: str = "") -> tuple[Booth, Voting]:
    vote = a_vote(frame)
    return Booth(client, prefix), vote


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("frame", [POINTS, RANKING, ONE], ids=["points", "ranking", "one"])
def test_the_ballot_is_a_whole_page(app: Flask, client: FlaskClient, frame: Frame, prefix: str) -> None:
    booth, _ = a_booth(client, frame, prefix)
    text = page(booth.start())
    kind = {"points": 'type="number"', "ranking": "<select", "one": 'type="checkbox"'}[frame.ballot.kind]
    assert text.count(kind) == 4
    assert ("js/numbers.js" in text) is frame.ballot.numbered


def test_points_go_from_the_page_to_the_receipt(app: Flask, client: FlaskClient) -> None:
    booth, vote = a_booth(client, POINTS)
    assert "Verdeel 10 punten over de plannen. Een plan krijgt er 1 tot en met 7." in words_of(booth.start().text)
    assert booth.choose(**numbers(bank=3, kas=7, tuin="0", bomen="")).status_code == 303
    code_page = booth.code_page()
    assert fields_of(code_page.text)["plan"] == ["bank=3", "kas=7"]
    assert re.search(r"Plan kas.*7 punten.*Plan bank.*3 punten.*Je verdeelde 10 punten", words_of(code_page.text))
    receipt = words_of(page(booth.cast(vote.codes[0])))
    assert "Plan kas 7 punten" in receipt and "bank=3,kas=7" in receipt


def test_an_order_goes_from_the_page_to_the_receipt(app: Flask, client: FlaskClient) -> None:
    booth, vote = a_booth(client, RANKING)
    assert booth.choose(**numbers(bank=2, kas=1)).status_code == 303
    assert re.search(r"1\. Plan kas.*2\. Plan bank", words_of(booth.code_page().text))
    again = booth.start().text
    assert '<option value="2" selected>' in again.partition('name="number-bank"')[2].partition("</select>")[0]
    assert re.search(r"1\. Plan kas.*2\. Plan bank", words_of(page(booth.cast(vote.codes[0]))))


@pytest.mark.parametrize(
    ("frame", "given", "words"),
    [
        (POINTS, numbers(bank=8, kas=2), "Het plan Plan bank heeft 8 punten. Dat mogen er 1 tot en met 7 zijn."),
        (POINTS, numbers(bank=5, kas=6), "Je hebt 11 punten gegeven. Je hebt er 10."),
        (POINTS, numbers(bank=5), "Kies er ten minste 2."),
        (POINTS, numbers(bank="veel", kas=2), "Bij ‘Plan bank’ staat geen heel getal."),
        (POINTS, numbers(bank="-3", kas=2), "Bij ‘Plan bank’ staat geen heel getal."),
        (POINTS, numbers(bank="1.5", kas=2), "Bij ‘Plan bank’ staat geen heel getal."),
        (POINTS, numbers(bank="9" * 400, kas=2), "Bij ‘Plan bank’ staat geen heel getal."),
        (RANKING, numbers(bank=1, kas=1), "Plek 1 heb je twee keer gegeven."),
        (RANKING, numbers(bank=1, kas=3), "Je hebt plek 2 overgeslagen."),
        (RANKING, numbers(bank=1, kas=2, tuin=3, bomen="44"), "Je kunt hoogstens 3 plannen kiezen."),
        (ONE, {"plan": ["bank", "kas"]}, "Je kunt één plan kiezen."),
    ],
)
def test_what_a_ballot_cannot_hold_is_said_on_it(
    app: Flask, client: FlaskClient, frame: Frame, given: dict[str, str], words: str
) -> None:
    booth, _ = a_booth(client, frame)
    text = page(booth.browser.post(booth.address, data={"style": "all"} | given), 422)
    said = words_of(text)
    assert words in said
    kept = [
        value for name, value in given.items() if name.startswith("number-") and value.isdecimal() and len(value) < 2
    ]
    assert all(f'value="{value}"' in text for value in kept)


def test_a_form_for_the_code_cannot_bring_other_numbers(app: Flask, client: FlaskClient) -> None:
    booth, vote = a_booth(client, POINTS)
    booth.choose(**numbers(bank=3, kas=7))
    for plans in (["bank=03", "kas=7"], ["bank=11", "kas=7"], ["bank", "kas"], ["bank=3,kas=7"]):
        answer = booth.cast(vote.codes[0], plan=plans)
        assert answer.status_code == 422 and 'name="number-bank"' in answer.text


def test_nothing_chosen_is_a_blank_ballot(app: Flask, client: FlaskClient) -> None:
    booth, vote = a_booth(client, POINTS)
    booth.choose(**numbers(bank="0", kas=""))
    assert "blanco" in booth.code_page().text
    assert page(booth.cast(vote.codes[0]))


def test_numbers_come_out_of_the_box_as_they_went_in(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    booth, vote = a_booth(client, POINTS)
    for code, given in zip(vote.codes, (numbers(bank=3, kas=7), numbers(tuin=5, kas=5)), strict=False):
        booth.choose(**given)
        booth.cast(code)
    standing_clock(CALENDAR.phases[-1].closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, None)
    found = opened(vote.id)
    assert found and {ballot.choices for ballot in found.ballots} == {("bank=3", "kas=7"), ("kas=5", "tuin=5")}


def test_the_cookie_has_one_length_whatever_was_chosen(app: Flask, client: FlaskClient) -> None:
    booth, _ = a_booth(client, RANKING)
    sizes = set()
    for given in (numbers(bank=1), numbers(bank=3, kas=2, tuin=1)):
        booth.choose(**given)
        cookie = client.get_cookie("keuze-alphen-centrum-2020")
        assert cookie
        sizes.add(len(cookie.value))
    assert len(sizes) == 1


def test_plans_that_exclude_each_other_say_so_on_their_cards(
    app: Flask, client: FlaskClient, standing_clock: Move
) -> None:
    standing_clock(at(5, 20))
    prepared = before_the_vote(frame=a_frame(counting=CountingRule(conflicts=True)))
    save_groups(prepared.id, PlanGroups((("bank", "tuin"),)), prepared.organiser)
    sealed(prepared)
    standing_clock(at(6, 10))
    text = words_of(page(Booth(client).start()))
    assert text.count("Kan niet samen winnen met") == 2
    assert "Kan niet samen winnen met: Plan tuin." in text and "Kan niet samen winnen met: Plan bank." in text
