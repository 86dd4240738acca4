"""What two people still change while people vote: a plan leaves the ballot, the closing comes later."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.office.reads import history
from pb.plans.reads import plan_by_code
from pb.rounds.acts import ask_amendment, freeze
from pb.rounds.values import PhaseKind
from pb.selection.reads import selection_of, shortlist
from pb.voting.acts import (
    ask_to_withdraw,
    cast_ballot,
    close_vote,
    open_rehearsal,
)
from pb.voting.reads import box_of, opened
from tests.factories import CALENDAR, at
from tests.voting import before_the_vote, cast, confirm, refused, sealed

KEY = bytes(16)
VOTE = CALENDAR.phases[-1]
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def before_the_opening(app: Flask, standing_clock: Move) -> None:
    standing_clock(at(5, 20))


def test_a_plan_leaves_the_ballot_by_two_people_and_in_public(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    cast(vote, ("bank", "kas"), ("kas",))
    ask_to_withdraw(vote.id, "kas", "De indiener trok zich terug.", vote.organiser)
    box = box_of(vote.id)
    assert box is not None and not box.withdrawn, "one person is not enough"
    confirm(vote.id, vote.second)
    box = box_of(vote.id)
    assert box is not None and box.withdrawn == {"kas": "De indiener trok zich terug."}
    assert [plan.code for plan in shortlist(vote.id)] == ["bank", "bomen", "tuin"]
    plan, selection = plan_by_code(vote.id, "kas"), selection_of(vote.id)
    assert plan and selection and plan.id in selection.withdrawn
    told = [entry.facts for entry in history(f"plan:{plan.id}") if entry.act == "withdraw_from_ballot"]
    assert told == [{"reason": "De indiener trok zich terug."}]
    with pytest.raises(Refused) as caught:
        cast_ballot(vote.id, vote.codes[2], ("kas",), KEY)
    assert [reason.refusal.value for reason in caught.value.reasons] == ["vote.plan_withdrawn"]


def test_ballots_with_a_withdrawn_plan_stay_valid(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    receipt = cast_ballot(vote.id, vote.codes[0], ("bank", "kas"), KEY)
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    confirm(vote.id, vote.second)
    assert cast_ballot(vote.id, vote.codes[0], ("bank", "kas"), KEY).tracking == receipt.tracking
    standing_clock(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    found = opened(vote.id)
    assert found and found.withdrawn == ("kas",) and [ballot.choices for ballot in found.ballots] == [("bank", "kas")]


@pytest.mark.parametrize(
    ("plan", "reason", "moment", "found"),
    [
        ("weg", "Omdat.", VOTE.opens, "withdrawal.not_on_ballot"),
        ("kas", "  ", VOTE.opens, "withdrawal.reason_missing"),
        ("kas", "Omdat.", VOTE.closes, "withdrawal.closed"),
    ],
)
def test_what_cannot_be_withdrawn(
    app: Flask, standing_clock: Move, plan: str, reason: str, moment: datetime, found: str
) -> None:
    vote = sealed(before_the_vote())
    standing_clock(moment)
    assert refused(ask_to_withdraw, vote.id, plan, reason, vote.organiser) == [found]


def test_a_withdrawal_confirmed_too_late_changes_nothing(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.closes - timedelta(seconds=1))
    ask_to_withdraw(vote.id, "kas", "Omdat.", vote.organiser)
    standing_clock(VOTE.closes)
    assert refused(confirm, vote.id, vote.second) == ["withdrawal.closed"]
    box = box_of(vote.id)
    assert box is not None and not box.withdrawn


def test_the_box_follows_an_extended_closing(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    with transaction() as session:
        freeze(session, vote.id, at(2, 3))
    later = VOTE.closes + timedelta(days=1)
    phases = tuple(
        phase if phase.kind is not PhaseKind.VOTE else type(phase)(phase.kind, phase.opens, later)
        for phase in CALENDAR.phases
    )
    calendar = type(CALENDAR)(phases, CALENDAR.result, CALENDAR.delivered_by)
    ask_amendment(vote.id, calendar, "De post was te laat.", vote.organiser)
    confirm(vote.id, vote.second)
    standing_clock(VOTE.closes)
    cast(vote, ("bank",))
    assert refused(close_vote, vote.id) == ["piles.still_open"]
    standing_clock(later)
    assert close_vote(vote.id)
