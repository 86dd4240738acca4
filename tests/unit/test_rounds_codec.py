"""A frame goes into JSON and comes back the same; what differs between two is named field by field."""

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from cattrs import BaseValidationError

from pb.rounds.codec import decision_from_json, decision_to_json, frame_from_json, frame_from_text, frame_to_json
from pb.rounds.differences import differences
from pb.rounds.presets import first_frame
from pb.rounds.rules import frame_reasons
from pb.rounds.values import (
    BallotKind,
    BallotRule,
    Change,
    Decision,
    Frame,
    LotBy,
    Misfit,
    Openings,
    PhaseKind,
    Pot,
    PotKind,
    Proposers,
)
from pb.rounds.values.counting import CountingRule
from tests.factories import CALENDAR, a_frame, at

ODD = a_frame(
    pot_kind=PotKind.AREA,
    pots=(Pot("noord", 'Het "Noorden"', 1, ("2405 AB",)),),
    proposers=Proposers.RESIDENTS,
    ballot=BallotRule(BallotKind.UP_TO, 3),
    openings=Openings.AUDITOR,
    counting=CountingRule(Misfit.STOP, lot=LotBy.HAND),
)


@pytest.mark.parametrize("frame", [a_frame(), ODD, first_frame("Nieuw", at(1, 1))])
def test_json_and_back(frame: Frame) -> None:
    text = json.dumps(frame_to_json(frame))
    assert frame_from_json(json.loads(text)) == frame == frame_from_text(text)


def test_a_frame_from_before_a_setting_has_the_usual_one() -> None:
    plain = frame_to_json(a_frame())
    assert plain.pop("openings") == "public" and frame_from_json(plain) == a_frame()


def test_moments_are_written_in_utc() -> None:
    plain = frame_to_json(a_frame())
    assert plain["calendar"]["phases"][-1]["closes"] == "2020-06-28T22:00:00Z"
    assert plain["total"] == 3_000_000 and plain["reference_date"] == "2020-05-01"


@pytest.mark.parametrize("change", [{"total": None}, {"colour": "red"}, {"pot_kind": "street"}])
def test_other_json_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((BaseValidationError, TypeError)):
        frame_from_json(frame_to_json(a_frame()) | change)


def test_a_decision_and_back() -> None:
    decision = Decision("Raad", date(2020, 1, 20), "17", "https://example.org")
    assert decision_from_json(json.loads(json.dumps(decision_to_json(decision)))) == decision


def test_what_differs() -> None:
    vote = CALENDAR.phases[-1]
    later = replace(CALENDAR, phases=(*CALENDAR.phases[:-1], replace(vote, closes=at(6, 30))), result=at(7, 9))
    new = a_frame(calendar=later, total=1, ballot=BallotRule(BallotKind.UP_TO, 3))
    assert differences(a_frame(), new) == (
        Change("total", 30_000_00, 1),
        Change("vote.closes", vote.closes, at(6, 30)),
        Change("result", at(7, 3), at(7, 9)),
        Change("ballot.kind", BallotKind.WITHIN_MONEY, BallotKind.UP_TO),
        Change("ballot.at_most", 0, 3),
    )


def test_a_step_that_is_gone_differs_too() -> None:
    gone = replace(CALENDAR, phases=tuple(one for one in CALENDAR.phases if one.kind is not PhaseKind.SELECT))
    assert {change.field for change in differences(a_frame(), a_frame(calendar=gone))} == {
        "select.opens",
        "select.closes",
    }
    assert all(change.new is None for change in differences(a_frame(), a_frame(calendar=gone)))


def test_equal_frames_do_not_differ() -> None:
    assert differences(a_frame(), a_frame()) == ()


def test_every_field_of_a_frame_is_compared() -> None:
    for field in fields(Frame):
        if field.name not in {"calendar", "selection", "ballot", "counting", "door"}:
            assert [
                change.field for change in differences(a_frame(), replace(a_frame(), **{field.name: "anders"}))
            ] == [field.name]


@pytest.mark.parametrize("now", [at(1, 1), at(3, 28, 23), at(10, 24), at(12, 31, 23)])
def test_a_first_draft_only_lacks_what_nobody_can_know(now: object) -> None:
    frame = first_frame(
        "Nieuw", now, {code: code for code in ("year", "money", "upkeep", "policy", "permit", "place", "reach")}
    )  # type: ignore[arg-type]
    assert {reason.about for reason in frame_reasons(frame)} == {"area", "total", "maximum_cost"}
    assert all(frame.local(phase.opens).hour == 10 for phase in frame.calendar.phases)
