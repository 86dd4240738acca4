"""When votes count, what a ballot may hold, what is missing before sealing, and when a plan may leave: as grids."""

from datetime import datetime, timedelta

import pytest

from pb.rounds.values import BallotKind, BallotRule, Frame, Pot, PotKind, Theme
from pb.voting.rules import (
    choice_reasons,
    last_moment,
    money_per_pot,
    open_reasons,
    pot_of_plan,
    sealing_reasons,
    style_of_postcode,
    vote_step,
    withdrawing_reasons,
)
from pb.voting.values import BallotPlan, Box, Manifest, VoteStep
from tests.factories import CALENDAR, a_frame, at

OPENS, CLOSES = at(5, 27), at(6, 28, 22)
SECOND = timedelta(seconds=1)
COSTS = {"bank": 4_200_00, "bomen": 9_500_00, "kas": 14_000_00, "tuin": 16_000_00}
AREAS = a_frame(
    pot_kind=PotKind.AREA,
    pots=(Pot("oud", "Oude centrum", 14_000_00, ("2405",)), Pot("water", "Aan het water", 16_000_00, ("2406",))),
)
STREETS = a_frame(
    pot_kind=PotKind.AREA,
    pots=(Pot("kade", "De kade", 30_000_00, ("2405 AB",)), Pot("plein", "Het plein", 1, ("2406",))),
)
THEMES = a_frame(
    pot_kind=PotKind.THEME,
    themes=(Theme("oud", "Oud"), Theme("water", "Water")),
    pots=(Pot("oud", "Oud", 14_000_00), Pot("water", "Water", 16_000_00)),
)
DIVIDED = {"bank": "oud", "bomen": "oud", "kas": "water", "tuin": "water"}


def a_box(**changes: object) -> Box:
    """A sealed round's box, with changes."""
    plain: dict[str, object] = {
        "round_id": 1, "number": 1, "digest": b"d", "opens": OPENS, "closes": CLOSES, "withdrawn": {}, "closed_at": None,
        "ballots": 0, "spent": 0, "seed": "", "exported_at": None, "opened_at": None,
    }  # fmt: skip
    return Box(**(plain | changes))  # type: ignore[arg-type]


def a_manifest(frame: Frame, pots: dict[str, str] | None = None) -> Manifest:
    """A manifest with the plans of `COSTS`; only what rules look at is filled in."""
    plans = tuple(BallotPlan(code, (pots or {}).get(code, "all"), cost, "") for code, cost in COSTS.items())
    return Manifest(
        version="", round="r", frame=frame, plans=plans, styles=frame.styles(), counting="", seed_commitment="",
        opens=OPENS, closes=CLOSES, paper_closes=CLOSES, areas={}, credentials={}, credential_root="", sealing_key="",
        log_key="", checks={},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "closed_at", "reason"),
    [
        (OPENS - SECOND, None, "vote.not_yet"),
        (OPENS, None, None),
        (CLOSES - SECOND, None, None),
        (CLOSES, None, "vote.closed"),
        (OPENS, OPENS, "vote.closed"),
    ],
)
def test_a_vote_counts_from_opening_to_closing(now: datetime, closed_at: datetime | None, reason: str | None) -> None:
    found = open_reasons(a_box(closed_at=closed_at), now, a_frame())
    assert [one.refusal.value for one in found] == ([reason] if reason else [])


def test_without_a_seal_no_vote_counts() -> None:
    assert [one.refusal.value for one in open_reasons(None, OPENS, a_frame())] == ["vote.not_sealed"]


@pytest.mark.parametrize(
    ("closes", "said"),
    [(at(6, 28, 22), "2020-06-28 23:59"), (at(6, 28, 10), "2020-06-28 12:00"), (at(10, 24, 22), "2020-10-24 23:59")],
)
def test_a_closing_at_midnight_is_said_as_the_minute_before(closes: datetime, said: str) -> None:
    assert f"{last_moment(closes, a_frame()):%Y-%m-%d %H:%M}" == said


@pytest.mark.parametrize(
    ("changes", "now", "step"),
    [
        ({}, OPENS - SECOND, VoteStep.SEALED),
        ({}, OPENS, VoteStep.OPEN),
        ({}, CLOSES, VoteStep.DUE),
        ({"closed_at": CLOSES}, CLOSES, VoteStep.CLOSED),
        ({"closed_at": CLOSES, "exported_at": CLOSES}, CLOSES, VoteStep.EXPORTED),
        ({"closed_at": CLOSES, "exported_at": CLOSES, "opened_at": CLOSES}, CLOSES, VoteStep.OPENED),
    ],
)
def test_how_far_a_vote_is(changes: dict[str, object], now: datetime, step: VoteStep) -> None:
    assert vote_step(a_box(**changes), now) is step
    assert vote_step(None, now) is VoteStep.NOT_SEALED


@pytest.mark.parametrize(
    ("frame", "pots", "style", "choices", "withdrawn", "reasons"),
    [
        (a_frame(), None, "all", (), (), []),
        (a_frame(), None, "all", ("kas", "tuin"), (), []),
        (a_frame(), None, "all", ("kas", "tuin", "bank"), (), ["vote.over_the_money"]),
        (a_frame(), None, "all", ("bank", "bank"), (), ["vote.plan_twice"]),
        (a_frame(), None, "all", ("weg", "x"), (), ["vote.plan_unknown"]),
        (a_frame(), None, "all", ("bank", "weg"), (), ["vote.plan_unknown"]),
        (a_frame(), None, "all", ("bank", "kas"), ("kas",), ["vote.plan_withdrawn"]),
        (a_frame(), None, "all", ("bank",), ("kas",), []),
        (a_frame(), None, "bestaat-niet", ("bank",), (), ["vote.other_ballot"]),
        (a_frame(ballot=BallotRule(BallotKind.UP_TO, 2)), None, "all", ("kas", "tuin"), (), []),
        (a_frame(ballot=BallotRule(BallotKind.UP_TO, 1)), None, "all", ("kas", "tuin"), (), ["vote.too_many_plans"]),
        (AREAS, DIVIDED, "oud", ("bank", "bomen"), (), []),
        (AREAS, DIVIDED, "oud", ("bank", "kas"), (), ["vote.other_ballot"]),
        (AREAS, DIVIDED, "water", ("kas", "tuin"), (), ["vote.over_the_money"]),
        (THEMES, DIVIDED, "all", ("bank", "tuin"), (), []),
        (THEMES, DIVIDED, "all", ("bank", "bomen", "kas", "tuin"), (), ["vote.over_the_money"]),
    ],
)
def test_what_a_ballot_may_hold(
    frame: Frame,
    pots: dict[str, str] | None,
    style: str,
    choices: tuple[str, ...],
    withdrawn: tuple[str, ...],
    reasons: list[str],
) -> None:
    found = choice_reasons(a_manifest(frame, pots), style, choices, withdrawn)
    assert [one.refusal.value for one in found] == reasons


def test_money_is_counted_per_pot() -> None:
    assert money_per_pot(a_manifest(THEMES, DIVIDED), ("bank", "bomen", "kas")) == {
        "oud": 13_700_00,
        "water": 14_000_00,
    }


@pytest.mark.parametrize(
    ("frame", "postcode", "style"),
    [
        (a_frame(), "", "all"),
        (AREAS, "2405", "oud"),
        (AREAS, " 2406 AB", "water"),
        (AREAS, "24 05", "oud"),
        (AREAS, "9999", None),
        (AREAS, "", None),
        (THEMES, "9999", "all"),
        (STREETS, "2405ab", "kade"),
        (STREETS, "2405 AB", "kade"),
        (STREETS, "2405", None),
        (STREETS, "2405 AC", None),
    ],
)
def test_a_postcode_leads_to_a_ballot(frame: Frame, postcode: str, style: str | None) -> None:
    assert style_of_postcode(frame, postcode) == style


@pytest.mark.parametrize(
    ("adopted", "plans", "issued", "now", "reasons"),
    [
        (True, {"bank": "all"}, {"all": 3}, at(5, 20), []),
        (False, {"bank": "all"}, {"all": 3}, at(5, 20), ["seal.no_frame"]),
        (True, {}, {"all": 3}, at(5, 20), ["seal.no_shortlist"]),
        (True, {"bank": "weg"}, {"all": 3}, at(5, 20), ["seal.plan_without_pot"]),
        (True, {"bank": "all"}, {}, at(5, 20), ["seal.no_roll"]),
        (True, {"bank": "all"}, {"ander": 3}, at(5, 20), ["seal.style_without_codes"]),
        (True, {"bank": "all"}, {"all": 3}, CALENDAR.phases[-1].opens, ["seal.already_open"]),
        (
            False,
            {},
            {},
            CALENDAR.phases[-1].opens,
            ["seal.no_frame", "seal.already_open", "seal.no_shortlist", "seal.no_roll"],
        ),
    ],
)
def test_what_is_missing_before_sealing(
    adopted: bool, plans: dict[str, str], issued: dict[str, int], now: datetime, reasons: list[str]
) -> None:
    found = sealing_reasons(a_frame(), adopted, plans, issued, now)
    assert [one.refusal.value for one in found] == reasons


@pytest.mark.parametrize(
    ("plan", "withdrawn", "reason", "now", "wanted"),
    [
        ("kas", {}, "Omdat.", OPENS, []),
        ("weg", {}, "Omdat.", OPENS, ["withdrawal.not_on_ballot"]),
        ("kas", {"kas": "Omdat."}, "Omdat.", OPENS, ["withdrawal.already"]),
        ("kas", {}, "", OPENS, ["withdrawal.reason_missing"]),
        ("kas", {}, "Omdat.", CLOSES, ["withdrawal.closed"]),
    ],
)
def test_when_a_plan_may_leave_the_ballot(
    plan: str, withdrawn: dict[str, str], reason: str, now: datetime, wanted: list[str]
) -> None:
    found = withdrawing_reasons(a_manifest(a_frame()), a_box(withdrawn=withdrawn), plan, reason, now)
    assert [one.refusal.value for one in found] == wanted


@pytest.mark.parametrize(("frame", "pot", "found"), [(a_frame(), "oud", "all"), (AREAS, "oud", "oud")])
def test_undivided_money_is_one_pot(frame: Frame, pot: str, found: str) -> None:
    assert pot_of_plan(frame, pot) == found
