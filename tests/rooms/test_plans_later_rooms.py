"""What later rooms add to plans, through the registries and the event of a withdrawal."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb import ROOMS
from pb.office.reads import history
from pb.plans import panels
from pb.plans.acts import withdraw_plan
from pb.plans.panels import Tag, tags_for
from pb.plans.reads import plan_by_id, submitted_plans
from pb.selection.acts import publish_shortlist
from pb.selection.reads import selection_of, shortlist
from tests.selection import SELECTING, a_jury

LIST = "/rondes/alphen-centrum-2020/plannen"


@pytest.fixture(autouse=True)
def selecting(app: Flask, standing_clock: Callable[[datetime], None]) -> None:
    standing_clock(SELECTING)


def test_a_withdrawn_plan_leaves_the_shortlist_by_itself(client: FlaskClient) -> None:
    jury = a_jury(places=3)
    publish_shortlist(jury.round_.id, jury.organiser)
    plan = plan_by_id(jury.plans[0])
    assert plan is not None
    withdraw_plan(plan.proposer_id, plan.id)
    assert [one.code for one in shortlist(jury.round_.id)] == ["p2", "p3"]
    found = selection_of(jury.round_.id)
    assert found is not None and found.withdrawn == {plan.id}
    acts = [entry.act for entry in history(f"plan:{plan.id}")]
    assert acts == ["enter_shortlist", "leave_shortlist", "withdraw_plan"]
    text = client.get(f"{LIST}/p1").text
    assert "De indiener heeft dit plan ingetrokken." in text and "Ingetrokken" in text


def test_the_test_and_the_choice_stand_on_a_plans_page(client: FlaskClient) -> None:
    jury = a_jury(places=3)
    text = client.get(f"{LIST}/p1").text
    assert "Kan dit plan?" in text and "Haalbaar: dit plan kan worden uitgevoerd." in text
    publish_shortlist(jury.round_.id, jury.organiser)
    assert "Op de stemlijst" in client.get(f"{LIST}/p1").text
    assert client.get(LIST).text.count("Op de stemlijst") == 3


def test_a_persons_own_page_says_how_far_their_plan_is(sign_in: Callable[[int], FlaskClient]) -> None:
    jury = a_jury(places=3)
    plan = plan_by_id(jury.plans[0])
    assert plan is not None
    proposer = sign_in(plan.proposer_id)
    assert "Haalbaar" in proposer.get("/mijn").text
    publish_shortlist(jury.round_.id, jury.organiser)
    text = proposer.get("/mijn").text
    assert "Op de stemlijst" in text and "Ingediend" not in text


def test_a_closing_is_told_as_the_last_moment(sign_in: Callable[[int], FlaskClient]) -> None:
    jury = a_jury()
    text = sign_in(jury.organiser).get(f"{LIST}/nieuw").text
    assert "Dit kon tot en met zondag 15 maart 2020, 11.00 uur." in text


def test_a_standing_is_a_word_and_a_shape() -> None:
    jury = a_jury(likes=(1, 2))
    tags = tags_for(submitted_plans(jury.round_.id), jury.round_, SELECTING)
    assert [tags[plan] for plan in jury.plans] == [
        Tag("standing.too_few_likes", "out"),
        Tag("standing.feasible", "done"),
    ]
    assert tags[jury.plans[0]].name == "too_few_likes"


def test_a_later_rooms_tag_holds_whichever_was_read_first() -> None:
    rooms = [ask.__module__.split(".")[1] for ask in panels.TAGGERS if ask.__module__.startswith("pb.")]
    assert rooms == sorted(rooms, key=ROOMS.index) and {"selection", "results"} <= set(rooms)
    before = list(panels.TAGGERS)
    try:
        panels.TAGGERS.reverse()
        late = panels.tagger(lambda *_: {})
        again = [ask.__module__.split(".")[1] for ask in panels.TAGGERS if ask.__module__.startswith("pb.")]
        assert again == rooms and panels.TAGGERS[-1] is late
    finally:
        panels.TAGGERS[:] = before
