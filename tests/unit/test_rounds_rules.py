"""What is open when, who asks and confirms, what an amendment may move: as grids."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from pb.base.access import Role
from pb.rounds.rules import (
    adoption_reasons,
    amendment_reasons,
    asking_reasons,
    closing_to_local,
    confirming_reasons,
    decision_reasons,
    draft_reasons,
    moments_of,
    naming_reasons,
    phase_reasons,
    question_reasons,
    refusing_reasons,
    stage_at,
)
from pb.rounds.rules.requests import DESK, SEVERAL
from pb.rounds.values import AmendmentRefusal as Amend
from pb.rounds.values import (
    Calendar,
    Decision,
    DecisionRefusal,
    FrameRefusal,
    PhaseKind,
    RequestRecord,
    RoundRecord,
    RoundRefusal,
    Stage,
    TwoPersonDeed,
)
from tests.factories import CALENDAR, a_frame, at

SECOND = timedelta(seconds=1)
DECISION = Decision("De gemeenteraad", date(2020, 1, 20), "2020-17", "https://raad.example.org/2020-17")


def a_record(**changes: object) -> RoundRecord:
    record = RoundRecord(
        id=1, public_id="ab" * 16, slug="alphen", name="Alphen", rehearsal=False, offset=timedelta(), frame=a_frame(),
        frame_version=1, adopted=True,
    )  # fmt: skip
    return replace(record, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (at(1, 1), Stage.AHEAD),
        (at(2, 1) - SECOND, Stage.AHEAD),
        (at(2, 1), Stage.PROPOSE),
        (at(3, 15) - SECOND, Stage.PROPOSE),
        (at(3, 15), Stage.SUPPORT),
        (at(4, 5), Stage.ASSESS),
        (at(5, 14), Stage.SELECT),
        (at(5, 20), Stage.SELECT),
        (at(5, 27), Stage.VOTE),
        (at(6, 28, 22) - SECOND, Stage.VOTE),
        (at(6, 28, 22), Stage.COUNT),
        (at(12, 31), Stage.COUNT),
    ],
)
def test_the_stage_follows_from_the_clock(now: datetime, stage: Stage) -> None:
    assert stage_at(a_record(), now) is stage
    assert stage_at(a_record(adopted=False), now) is Stage.AHEAD


def test_a_published_round_shows_its_result() -> None:
    published = a_record(published_at=at(7, 3))
    assert stage_at(published, at(7, 3) - SECOND) is Stage.COUNT
    assert stage_at(published, at(7, 3)) is Stage.RESULT


@pytest.mark.parametrize("kind", PhaseKind)
def test_a_phase_is_open_from_its_first_moment_until_before_its_last(kind: PhaseKind) -> None:
    phase = CALENDAR.phase(kind)
    assert phase is not None
    grid = [
        (phase.opens - SECOND, [RoundRefusal.PHASE_AHEAD(opens=phase.opens)]),
        (phase.opens, []),
        (phase.closes - SECOND, []),
        (phase.closes, [RoundRefusal.PHASE_OVER(closes=closing_to_local(phase.closes, "Europe/Amsterdam"))]),
    ]
    for now, reasons in grid:
        assert phase_reasons(a_record(), kind, now) == reasons
        assert CALENDAR.is_open(kind, now) is not reasons
    assert phase_reasons(a_record(adopted=False), kind, phase.opens) == [RoundRefusal.NOT_ADOPTED()]
    gone = replace(CALENDAR, phases=tuple(one for one in CALENDAR.phases if one is not phase))
    assert phase_reasons(a_record(frame=a_frame(calendar=gone)), kind, phase.opens) == [RoundRefusal.NO_SUCH_PHASE()]


def test_a_phase_that_closed_at_midnight_is_told_as_the_day_before() -> None:
    (over,) = phase_reasons(a_record(), PhaseKind.VOTE, at(7, 1))
    assert f"{over.facts['closes']:%d-%m %H:%M}" == "28-06 23:59"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"body": ""}, DecisionRefusal.BODY_MISSING),
        ({"number": ""}, DecisionRefusal.NUMBER_MISSING),
        ({"link": ""}, DecisionRefusal.LINK_WRONG),
        ({"link": "javascript:alert(1)"}, DecisionRefusal.LINK_WRONG),
        ({"link": "https://"}, DecisionRefusal.LINK_WRONG),
        ({"link": "https://raad.example.org/a b"}, DecisionRefusal.LINK_WRONG),
        ({"date": date(2020, 1, 26)}, DecisionRefusal.DATE_AHEAD),
    ],
)
def test_a_decision_that_is_not_complete(change: dict[str, object], why: DecisionRefusal) -> None:
    decision = replace(DECISION, **change)  # type: ignore[arg-type]
    assert [reason.refusal for reason in decision_reasons(decision, date(2020, 1, 25))] == [why]


def test_a_decision_of_today_counts_on_the_clock_of_the_place() -> None:
    today = replace(DECISION, date=date(2020, 1, 26))
    assert adoption_reasons(a_frame(), today, at(1, 25, 23)) == []
    assert adoption_reasons(a_frame(), today, at(1, 25, 22)) == [DecisionRefusal.DATE_AHEAD(about="date")]


def test_a_frame_under_which_nobody_could_hand_in_a_plan_is_not_adopted() -> None:
    closes = at(3, 15)
    assert adoption_reasons(a_frame(), DECISION, closes - SECOND) == []
    assert adoption_reasons(a_frame(), DECISION, closes) == [RoundRefusal.PROPOSE_PAST(about="propose.closes")]


def test_an_unknown_zone_stops_the_judgement_of_days() -> None:
    found = adoption_reasons(a_frame(zone="Nergens"), DECISION, at(1, 25))
    assert [reason.refusal for reason in found] == [FrameRefusal.ZONE_UNKNOWN]


ASKED = RequestRecord(7, 1, TwoPersonDeed.ADOPT_FRAME, {"version": 1}, asked_by=10, asked_at=at(1, 25))


@pytest.mark.parametrize("deed", TwoPersonDeed)
@pytest.mark.parametrize("role", Role)
def test_who_asks_and_who_decides(role: Role, deed: TwoPersonDeed) -> None:
    refused = [RoundRefusal.NOT_YOUR_ROLE()]
    asked = replace(ASKED, deed=deed)
    clerk = role is Role.CLERK and deed in DESK
    asks, decides = clerk or role is Role.ORGANISER, clerk or role in {Role.ORGANISER, Role.COUNCIL}
    assert asking_reasons(deed, {}, {role}, ()) == ([] if asks else refused)
    assert confirming_reasons(asked, 11, {role}, asked.payload) == ([] if decides else refused)
    assert confirming_reasons(asked, 10, {role}) == [RoundRefusal.OWN_REQUEST()]
    assert refusing_reasons(asked, {role}) == ([] if decides else refused)


@pytest.mark.parametrize("deed", TwoPersonDeed)
@pytest.mark.parametrize("entered", [None, {}, {"version": 2}, {"version": 1, "new": ""}, {"version": "1"}])
def test_at_the_desk_a_yes_is_not_enough(deed: TwoPersonDeed, entered: dict[str, object] | None) -> None:
    why = [RoundRefusal.NOT_THE_SAME()] if deed in DESK else []
    assert confirming_reasons(replace(ASKED, deed=deed), 11, {Role.ORGANISER}, entered) == why


def test_a_decided_request_stays_decided() -> None:
    decided = replace(ASKED, decided_by=11, decided_at=at(1, 26), confirmed=False)
    assert confirming_reasons(decided, 12, {Role.ORGANISER}) == [RoundRefusal.ALREADY_DECIDED()]
    assert refusing_reasons(decided, {Role.ORGANISER}) == [RoundRefusal.ALREADY_DECIDED()]


@pytest.mark.parametrize("deed", TwoPersonDeed)
def test_the_same_question_waits_once(deed: TwoPersonDeed) -> None:
    waiting = (replace(ASKED, deed=deed, payload={"plan": "p1"}),)
    other = [] if deed in SEVERAL else [RoundRefusal.ALREADY_ASKED()]
    assert asking_reasons(deed, {"plan": "p1"}, {Role.ORGANISER}, waiting) == [RoundRefusal.ALREADY_ASKED()]
    assert asking_reasons(deed, {"plan": "p2"}, {Role.ORGANISER}, waiting) == other


def moved(kind: PhaseKind, **moments: datetime) -> Calendar:
    phases = (replace(phase, **moments) if phase.kind is kind else phase for phase in CALENDAR.phases)
    return replace(CALENDAR, phases=tuple(phases))


FROZEN = a_record(frozen_at=at(2, 3))
SEALED = a_record(frozen_at=at(2, 3), sealed_at=at(5, 20))
LATER_VOTE = replace(moved(PhaseKind.VOTE, closes=at(7, 1)), result=at(7, 6))


@pytest.mark.parametrize(
    ("record", "calendar", "now", "why"),
    [
        (FROZEN, LATER_VOTE, at(2, 10), []),
        (SEALED, LATER_VOTE, at(6, 1), []),
        (SEALED, replace(CALENDAR, delivered_by=date(2021, 9, 1)), at(8, 1), []),
        (FROZEN, moved(PhaseKind.VOTE, opens=at(5, 28)), at(5, 1), []),
        (SEALED, moved(PhaseKind.VOTE, opens=at(5, 28)), at(5, 21), [Amend.ONLY_CLOSING(about="vote.opens")]),
        (FROZEN, CALENDAR, at(2, 10), [Amend.NOTHING_CHANGED()]),
        (a_record(), LATER_VOTE, at(1, 10), [Amend.NOT_YET()]),
        (FROZEN, moved(PhaseKind.VOTE, closes=at(6, 20)), at(6, 1), [Amend.ONLY_LATER(about="vote.closes")]),
        (FROZEN, LATER_VOTE, at(6, 28, 22), [Amend.PAST(about="vote.closes")]),
        (FROZEN, moved(PhaseKind.PROPOSE, opens=at(2, 2)), at(2, 10), [Amend.PAST(about="propose.opens")]),
        (FROZEN, replace(CALENDAR, phases=CALENDAR.phases[1:]), at(2, 10), [Amend.ONLY_CLOSING()]),
    ],
)
def test_what_an_amendment_may_move(record: RoundRecord, calendar: Calendar, now: datetime, why: list[object]) -> None:
    found = amendment_reasons(record, calendar, "De brieven waren te laat.", now)
    assert [reason for reason in found if isinstance(reason.refusal, Amend)] == why


def test_an_amended_calendar_is_judged_as_a_whole() -> None:
    found = amendment_reasons(FROZEN, moved(PhaseKind.VOTE, closes=at(7, 10)), "Te laat.", at(2, 10))
    assert [reason.refusal for reason in found] == [FrameRefusal.RESULT_TOO_EARLY]
    found = amendment_reasons(FROZEN, moved(PhaseKind.PROPOSE, closes=at(3, 20)), "Te laat.", at(2, 10))
    assert [reason.refusal for reason in found] == [FrameRefusal.PHASES_OVERLAP]


def test_an_amendment_has_a_reason() -> None:
    assert amendment_reasons(FROZEN, LATER_VOTE, "", at(2, 10)) == [Amend.REASON_MISSING(about="reason")]


def test_the_last_day_of_delivery_may_move_until_it_ends() -> None:
    later = replace(CALENDAR, delivered_by=date(2021, 9, 1))
    evening = datetime(2021, 7, 3, 21, 59, tzinfo=at(1, 1).tzinfo)
    assert amendment_reasons(SEALED, later, "Levertijd.", evening) == []
    assert amendment_reasons(SEALED, later, "Levertijd.", evening + timedelta(minutes=1)) == [
        Amend.PAST(about="delivered_by")
    ]


def test_moments_have_the_names_of_their_fields() -> None:
    assert list(moments_of(CALENDAR))[-4:] == ["vote.opens", "vote.closes", "result", "delivered_by"]


def test_a_frozen_frame_is_not_drafted() -> None:
    assert draft_reasons(a_record()) == [] and draft_reasons(FROZEN) == [RoundRefusal.FROZEN()]


@pytest.mark.parametrize(
    ("slug", "good"),
    [
        ("centrum-2027", True), ("a", True), ("x" * 60, True), ("x" * 61, False), ("", False), ("Centrum", False),
        ("centrum_2027", False), ("-centrum", False), ("centrum--2027", False), ("centrum/2027", False), ("zoë", False),
    ],
)  # fmt: skip
def test_addresses(slug: str, good: bool) -> None:
    assert (naming_reasons("Centrum", slug) == []) is good
    assert FrameRefusal.NAME_MISSING(about="name") in naming_reasons("", slug)


@pytest.mark.parametrize(
    ("question", "answer", "about"),
    [("", "", None), ("Wie?", "Jij.", None), ("Wie?", "", "answer"), ("", "Jij.", "question")],
)
def test_a_question_has_an_answer(question: str, answer: str, about: str | None) -> None:
    assert [reason.about for reason in question_reasons(question, answer)] == ([about] if about else [])
