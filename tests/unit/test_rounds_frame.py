"""What a frame must be before it can be adopted: every refusal in a grid, and none for a frame that can be won."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pb.rounds.rules import frame_reasons, paper_closing
from pb.rounds.values import (
    BallotKind,
    BallotRule,
    Calendar,
    Criterion,
    Frame,
    FrameRefusal,
    LotBy,
    Misfit,
    Payment,
    Phase,
    PhaseKind,
    Pot,
    PotKind,
    Proposers,
    Selection,
    SelectionBy,
    SelectionWhen,
    Theme,
    TieRule,
)
from pb.rounds.values import FrameRefusal as Why
from pb.rounds.values.counting import CountingRule
from tests.factories import CALENDAR, a_frame, at

VOTE = CALENDAR.phases[-1]
AREAS = (Pot("noord", "Noord", 10_000_00, ("2405",)), Pot("zuid", "Zuid", 20_000_00, ("2406 AB", "2406 AC")))
THEMES = (
    Pot("groen", "Groen", 10_000_00),
    Pot("straat", "Straat", 10_000_00),
    Pot("spelen", "Spelen", 10_000_00),
)


def without(*kinds: PhaseKind) -> Calendar:
    return replace(CALENDAR, phases=tuple(phase for phase in CALENDAR.phases if phase.kind not in kinds))


def moved(kind: PhaseKind, **moments: Any) -> Calendar:
    phases = (replace(phase, **moments) if phase.kind is kind else phase for phase in CALENDAR.phases)
    return replace(CALENDAR, phases=tuple(phases))


def areas(*pots: Pot, **changes: Any) -> dict[str, Any]:
    pots = pots or AREAS
    total = sum(pot.amount for pot in pots)
    return {"pot_kind": PotKind.AREA, "pots": pots, "total": total, "maximum_cost": 10_000_00} | changes


GRID: list[tuple[dict[str, Any], FrameRefusal, str]] = [
    ({"name": ""}, Why.NAME_MISSING, "name"),
    ({"area": ""}, Why.AREA_MISSING, "area"),
    ({"zone": "Europe/Alphen"}, Why.ZONE_UNKNOWN, "zone"),
    ({"zone": "../../etc/localtime"}, Why.ZONE_UNKNOWN, "zone"),
    ({"postcodes": ("2405", "0405")}, Why.POSTCODE_WRONG, "postcodes"),
    ({"postcodes": ("2405AB",)}, Why.POSTCODE_WRONG, "postcodes"),
    ({"postcodes": ("２４０５",)}, Why.POSTCODE_WRONG, "postcodes"),
    (areas(replace(AREAS[0], postcodes=("24",)), postcodes=()), Why.POSTCODE_WRONG, "pots"),
    ({"minimum_age": -1}, Why.AGE_WRONG, "minimum_age"),
    ({"minimum_age": 101}, Why.AGE_WRONG, "minimum_age"),
    ({"reference_date": date(2020, 5, 28)}, Why.REFERENCE_AFTER_VOTE, "reference_date"),
    ({"total": 0}, Why.TOTAL_MISSING, "total"),
    ({"minimum_cost": 0}, Why.MINIMUM_MISSING, "minimum_cost"),
    ({"maximum_cost": 99}, Why.MAXIMUM_BELOW_MINIMUM, "maximum_cost"),
    ({"maximum_cost": 30_000_01}, Why.MAXIMUM_ABOVE_POTS, "maximum_cost"),
    (areas(maximum_cost=20_000_01), Why.MAXIMUM_ABOVE_POTS, "maximum_cost"),
    (areas(minimum_cost=10_000_01, maximum_cost=20_000_00), Why.MINIMUM_ABOVE_POT, "minimum_cost"),
    ({"pot_kind": PotKind.AREA}, Why.POTS_MISSING, "pots"),
    ({"pots": AREAS}, Why.POTS_UNWANTED, "pots"),
    (areas(total=30_000_01), Why.POTS_DIFFER, "pots"),
    (areas(replace(AREAS[0], postcodes=())), Why.POT_WITHOUT_POSTCODES, "pots"),
    ({"pot_kind": PotKind.THEME, "pots": (*THEMES[:2], Pot("x", "X", 10_000_00))}, Why.POT_WITHOUT_THEME, "pots"),
    ({"pot_kind": PotKind.THEME, "pots": (THEMES[0],), "total": 10_000_00}, Why.THEME_WITHOUT_POT, "pots"),
    (areas(AREAS[0], replace(AREAS[1], postcodes=("2406 AB", "2405"))), Why.POSTCODE_TWICE, "pots"),
    (areas(AREAS[0], replace(AREAS[1], postcodes=("2405 AB", "2406"))), Why.POSTCODE_TWICE, "pots"),
    (areas(AREAS[0], replace(AREAS[1], postcodes=("2406", "2407"))), Why.POSTCODE_OUTSIDE, "pots"),
    (areas(AREAS[0]), Why.POSTCODE_WITHOUT_POT, "pots"),
    ({"themes": (Theme("a", ""),)}, Why.LIST_NAME_MISSING, "themes"),
    ({"themes": (Theme("", "!!!"),)}, Why.LIST_CODE_WRONG, "themes"),
    ({"themes": (Theme("a", "A"), Theme("a", "a"))}, Why.LIST_TWICE, "themes"),
    ({"jury_criteria": (Criterion("a", "A"), Criterion("a", "B"))}, Why.LIST_TWICE, "jury_criteria"),
    ({"likes_needed": -1}, Why.LIKES_WRONG, "likes_needed"),
    ({"calendar": without(PhaseKind.SUPPORT)}, Why.LIKES_WITHOUT_SUPPORT, "likes_needed"),
    (
        {
            "calendar": without(PhaseKind.SUPPORT),
            "likes_needed": 0,
            "selection": Selection(by=SelectionBy.MOST_LIKES),
        },
        Why.MOST_LIKES_WITHOUT_SUPPORT,
        "selection_by",
    ),
    ({"calendar": without(PhaseKind.SELECT)}, Why.SELECTION_WITHOUT_PHASE, "selection_by"),
    ({"jury_criteria": ()}, Why.JURY_WITHOUT_CRITERIA, "jury_criteria"),
    ({"feasibility_criteria": ()}, Why.TEST_WITHOUT_CRITERIA, "feasibility_criteria"),
    ({"selection": Selection(places=0)}, Why.PLACES_MISSING, "places"),
    ({"ballot": BallotRule(BallotKind.UP_TO, 0)}, Why.AT_MOST_MISSING, "at_most"),
    ({"ballot": BallotRule(BallotKind.UP_TO, 21)}, Why.AT_MOST_ABOVE_PLACES, "at_most"),
    ({"calendar": without(PhaseKind.PROPOSE)}, Why.PHASE_MISSING, "propose.opens"),
    ({"calendar": without(PhaseKind.VOTE)}, Why.PHASE_MISSING, "vote.opens"),
    ({"calendar": replace(CALENDAR, phases=(*CALENDAR.phases, VOTE))}, Why.PHASE_TWICE, "vote.opens"),
    ({"calendar": moved(PhaseKind.VOTE, closes=VOTE.opens)}, Why.PHASE_EMPTY, "vote.closes"),
    ({"calendar": moved(PhaseKind.SELECT, opens=at(4, 30))}, Why.PHASES_OVERLAP, "select.opens"),
    ({"calendar": moved(PhaseKind.PROPOSE, closes=at(6, 1))}, Why.PHASES_OVERLAP, "support.opens"),
    ({"calendar": replace(CALENDAR, result=VOTE.closes - timedelta(seconds=1))}, Why.RESULT_TOO_EARLY, "result"),
    ({"paper_days": 5}, Why.RESULT_TOO_EARLY, "result"),
    ({"paper_days": -1}, Why.PAPER_DAYS_WRONG, "paper_days"),
    ({"paper_days": 31}, Why.PAPER_DAYS_WRONG, "paper_days"),
    ({"paper_days": 10**9}, Why.PAPER_DAYS_WRONG, "paper_days"),
    ({"report_days": 0}, Why.REPORT_DAYS_WRONG, "report_days"),
    ({"report_days": 61}, Why.REPORT_DAYS_WRONG, "report_days"),
    ({"calendar": replace(CALENDAR, delivered_by=date(2020, 7, 3))}, Why.DELIVERY_TOO_EARLY, "delivered_by"),
]


@pytest.mark.parametrize(("changes", "why", "about"), GRID)
def test_a_frame_that_cannot_be(changes: dict[str, Any], why: FrameRefusal, about: str) -> None:
    assert (why, about) in {(reason.refusal, reason.about) for reason in frame_reasons(a_frame(**changes))}


def test_the_grid_knows_every_refusal() -> None:
    assert {why for _, why, _ in GRID} == set(FrameRefusal)


GOOD: list[dict[str, Any]] = [
    {},
    areas(),
    areas(postcodes=()),
    {"pot_kind": PotKind.THEME, "pots": THEMES, "maximum_cost": 10_000_00},
    {"postcodes": ()},
    {"themes": ()},
    {"minimum_age": 0},
    {"minimum_cost": 30_000_00},
    {"reference_date": date(2020, 5, 27)},
    {"likes_needed": 0, "calendar": without(PhaseKind.SUPPORT)},
    {"feasibility_criteria": (), "calendar": without(PhaseKind.ASSESS)},
    {"selection": Selection(SelectionWhen.NEVER, places=0), "jury_criteria": (), "calendar": without(PhaseKind.SELECT)},
    {"selection": Selection(by=SelectionBy.MOST_LIKES), "jury_criteria": (), "calendar": without(PhaseKind.SELECT)},
    {"ballot": BallotRule(BallotKind.UP_TO, 20)},
    {"calendar": replace(CALENDAR, result=VOTE.closes)},
    {"paper_days": 4},
    {"report_days": 1},
    {"report_days": 60},
    {"calendar": replace(CALENDAR, delivered_by=date(2020, 7, 4))},
    {"calendar": moved(PhaseKind.SUPPORT, closes=at(4, 5, 9))},
    *({"proposers": one} for one in Proposers),
    *({"payment": one} for one in Payment),
    *({"counting": CountingRule(misfit, tie, lot=lot)} for misfit in Misfit for tie in TieRule for lot in LotBy),
]


@pytest.mark.parametrize("changes", GOOD)
def test_a_frame_that_can_be_won(changes: dict[str, Any]) -> None:
    assert frame_reasons(a_frame(**changes)) == []


def test_all_reasons_come_at_once() -> None:
    empty = Frame(name="", area="", total=0, calendar=Calendar((), at(7, 3), date(2021, 7, 3)))
    found = {reason.refusal for reason in frame_reasons(empty)}
    assert found >= {Why.NAME_MISSING, Why.AREA_MISSING, Why.TOTAL_MISSING, Why.PHASE_MISSING}


@pytest.mark.parametrize(
    ("closes", "days", "entered"),
    [(at(6, 28, 22), 0, at(6, 28, 22)), (at(6, 28, 22), 3, at(7, 1, 22)), (at(10, 24, 22), 1, at(10, 25, 23))],
)
def test_paper_has_whole_days_on_the_municipalitys_clock(closes: datetime, days: int, entered: datetime) -> None:
    assert paper_closing(a_frame(paper_days=days), closes) == entered


def test_phases_may_touch() -> None:
    """Half-open: the next phase begins in the second in which the one before ends."""
    first, second = CALENDAR.phases[:2]
    assert first.closes == second.opens
    assert not first.is_open(first.closes) and second.is_open(first.closes)
    assert isinstance(first, Phase) and frame_reasons(a_frame()) == []
