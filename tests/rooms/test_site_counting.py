"""How a round's page pictures its count: what is drawn is what the rule does."""

import re

import pytest
from flask.testing import FlaskClient

from pb.counting.rules import RuleName
from pb.rounds.values import CountingRule
from tests.factories import a_frame, a_round
from tests.pages import page

PURSE = 'd="M16 18C6'
"""How the outline of a purse begins."""


def pictures(client: FlaskClient, rule: RuleName) -> list[str]:
    text = page(client.get(f"/rondes/{a_round(a_frame(counting=CountingRule(rule=rule))).slug}"))
    part = text.partition('aria-labelledby="counting"')[2].partition("</section>")[0]
    return re.findall(r"<svg.*?</svg>", part, re.DOTALL)


@pytest.mark.parametrize(
    ("rule", "purses"),
    [
        (RuleName.MOST_VOTES, [0, 0, 0]),
        (RuleName.EQUAL_SHARES, [0, 4, 3]),
        (RuleName.PHRAGMEN, [0, 0, 4]),
        (RuleName.VOTES_PER_EURO, [0, 0, 0]),
        (RuleName.PER_EURO, [0, 0, 0]),
    ],
)
def test_voters_have_purses_where_they_hold_the_money(client: FlaskClient, rule: RuleName, purses: list[int]) -> None:
    drawn = pictures(client, rule)
    assert [one.count(PURSE) for one in drawn] == purses
    assert all('aria-hidden="true"' in one for one in drawn), "the words beside them say the same"


def test_who_paid_has_an_empty_purse(client: FlaskClient) -> None:
    _, together, empty = pictures(client, RuleName.EQUAL_SHARES)
    bags = [re.findall(rf'class="art-(\w+)" {PURSE}', one) for one in (together, empty)]
    assert bags == [["clay"] * 4, ["line", "line", "clay"]]
