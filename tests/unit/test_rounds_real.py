"""Rounds that were really held, each as a frame: facts only, in the words of their municipalities' pages none."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from pb.counting.equal_shares import Completion, Utility
from pb.counting.rules import RuleName
from pb.rounds.codec import frame_from_json, frame_to_json
from pb.rounds.rules import closing_from_local, frame_reasons, from_local
from pb.rounds.values import (
    BallotKind,
    BallotRule,
    Calendar,
    CountingRule,
    Criterion,
    Frame,
    Misfit,
    Phase,
    PhaseKind,
    Pot,
    PotKind,
    Proposers,
    Selection,
    SelectionBy,
    SelectionWhen,
    Theme,
)

LAW = ("eenmalig", "onderhoud", "wet", "beleid", "eigenaar", "vergunning", "plek", "neutraal")
TEST = tuple(Criterion(code, code.capitalize()) for code in LAW)
JURY = (Criterion("buurt", "Goed voor de buurt"),)


def phase(kind: PhaseKind, opens: str, closes: str) -> Phase:
    """From and until moments on the clock of the place: `2020-05-27 10:00`."""
    first, last = datetime.fromisoformat(opens), datetime.fromisoformat(closes)
    begins = from_local(first.date(), first.time(), "Europe/Amsterdam")
    ends = closing_from_local(last.date(), last.time(), "Europe/Amsterdam")
    assert isinstance(begins, datetime) and isinstance(ends, datetime)
    return Phase(kind, begins, ends)


def calendar(year: int, vote: tuple[str, str], delivered_by: date, select: bool = False) -> Calendar:
    """The vote as it was; the steps before it in the months before."""
    steps = [
        phase(PhaseKind.PROPOSE, f"{year}-02-01 10:00", f"{year}-03-15 23:59"),
        phase(PhaseKind.SUPPORT, f"{year}-03-16 00:00", f"{year}-04-05 23:59"),
        phase(PhaseKind.ASSESS, f"{year}-04-06 00:00", f"{year}-05-01 12:00"),
        *([phase(PhaseKind.SELECT, f"{year}-05-01 12:00", f"{year}-05-15 12:00")] if select else []),
        phase(PhaseKind.VOTE, *vote),
    ]
    return Calendar(tuple(steps), datetime(year + 1, 1, 15, 10, tzinfo=ZoneInfo("UTC")), delivered_by)


NEVER = Selection(SelectionWhen.NEVER)
ALPHEN = Frame(
    name="Alphen Centrum Begroot 2020",
    area="Alphen Centrum",
    total=30_000_00,
    postcodes=("2405", "2406"),
    themes=(Theme("groen", "Groen en duurzaam"), Theme("straat", "Op straat"), Theme("spelen", "Spelen en ontmoeten")),
    minimum_cost=1_00,
    maximum_cost=30_000_00,
    proposers=Proposers.ANYONE,
    minimum_age=12,
    reference_date=date(2020, 5, 1),
    likes_needed=25,
    selection=Selection(SelectionWhen.WHEN_NEEDED, SelectionBy.JURY, 20),
    feasibility_criteria=TEST,
    jury_criteria=JURY,
    calendar=replace(
        calendar(2020, ("2020-05-27 10:00", "2020-06-28 23:59"), date(2021, 7, 2), select=True),
        result=datetime(2020, 7, 3, 8, tzinfo=ZoneInfo("UTC")),
    ),
)
WEST = Frame(
    name="West Begroot 2021",
    area="Amsterdam-West",
    total=300_000_00,
    maximum_cost=300_000_00,
    themes=(
        Theme("groen", "Groen & duurzaam"),
        Theme("arm", "Minder arm & eenzaam"),
        Theme("kunst", "Kunst & cultuur"),
    ),
    likes_needed=50,
    reference_date=date(2020, 11, 1),
    selection=NEVER,
    counting=CountingRule(Misfit.STOP),
    feasibility_criteria=TEST,
    calendar=calendar(2020, ("2020-11-16 10:00", "2020-12-14 12:00"), date(2021, 12, 31)),
)
WEST_2019 = replace(
    WEST,
    name="West Begroot 2019",
    selection=Selection(SelectionWhen.WHEN_NEEDED, SelectionBy.COMMITTEE, 30),
    jury_criteria=JURY,
    calendar=calendar(2020, ("2020-11-16 10:00", "2020-12-14 12:00"), date(2021, 12, 31), select=True),
)
CENTRUM = Frame(
    name="Centrum Begroot 2022",
    area="Amsterdam-Centrum",
    total=450_000_00,
    maximum_cost=450_000_00,
    reference_date=date(2022, 5, 1),
    selection=NEVER,
    counting=CountingRule(Misfit.SKIP),
    feasibility_criteria=TEST,
    calendar=calendar(2022, ("2022-06-01 10:00", "2022-06-30 23:59"), date(2023, 12, 31)),
)
AREAS = replace(
    CENTRUM,
    name="Centrum Begroot 2024",
    total=1_100_000_00,
    maximum_cost=100_000_00,
    pot_kind=PotKind.AREA,
    pots=tuple(
        Pot(f"gebied-{n}", f"Gebied {n}", 100_000_00, (f"10{10 + n}", f"1031 A{chr(64 + n)}")) for n in range(1, 12)
    ),
)
HOUTWIJK = replace(
    ALPHEN, name="Houtwijk Begroot", area="Houtwijk", postcodes=("2552",), counting=CountingRule(Misfit.SKIP)
)
DIEPENBEEK = replace(
    CENTRUM,
    name="Burgerbudget Diepenbeek",
    area="Diepenbeek",
    total=100_000_00,
    maximum_cost=25_000_00,
    postcodes=("3590",),
    zone="Europe/Brussels",
    likes_needed=0,
)
UP_TO = replace(CENTRUM, name="Hoogstens vijf plannen", ballot=BallotRule(BallotKind.UP_TO, 5))
EMMERHOUT = replace(
    CENTRUM,
    name="Burgerbegroting Emmerhout 2020",
    area="Emmerhout",
    postcodes=("7814", "7815"),
    total=96_000_00,
    maximum_cost=36_000_00,
    themes=(Theme("groen", "Groen"), Theme("samen", "Samenleven")),
    pot_kind=PotKind.THEME,
    pots=(Pot("groen", "Groen", 36_000_00), Pot("samen", "Samenleven", 60_000_00)),
    likes_needed=0,
    paper_days=3,
    ballot=BallotRule(BallotKind.UP_TO, 3),
    counting=CountingRule(least_share=10_00),
)
AARAU = replace(
    CENTRUM,
    name="Stadtidee Aarau 2023",
    area="Aarau",
    postcodes=("5000", "5004"),
    zone="Europe/Zurich",
    total=50_000_00,
    maximum_cost=50_000_00,
    minimum_age=0,
    likes_needed=0,
    ballot=BallotRule(BallotKind.POINTS, at_least=3, total_points=10, most_points=8),
    counting=CountingRule(rule=RuleName.EQUAL_SHARES, utility=Utility.POINTS_COST, completion=Completion.ADD1),
)
ROUNDS = (ALPHEN, WEST, WEST_2019, CENTRUM, AREAS, HOUTWIJK, DIEPENBEEK, EMMERHOUT, AARAU, UP_TO)


@pytest.mark.parametrize("frame", ROUNDS, ids=lambda frame: frame.name)
def test_a_real_round_is_a_frame(frame: Frame) -> None:
    assert frame_reasons(frame) == []
    assert frame_from_json(frame_to_json(frame)) == frame


def test_areas_have_ballots_of_their_own() -> None:
    assert len(AREAS.styles()) == 11 and AREAS.styles()["gebied-4"] == ("gebied-4",)
    assert ALPHEN.styles() == {"all": ("all",)}


def test_the_vote_of_west_closed_at_noon_and_that_of_alphen_with_the_day() -> None:
    west, alphen = (frame.calendar.phase(PhaseKind.VOTE) for frame in (WEST, ALPHEN))
    assert west and WEST.local(west.closes).isoformat() == "2020-12-14T12:00:00+01:00"
    assert alphen and ALPHEN.local(alphen.closes).isoformat() == "2020-06-29T00:00:00+02:00"
