"""Amendments: two people, a reason, a newer version for everyone; what happens in between decides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pb.base.access import Role
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.office.reads import history
from pb.rounds.acts import ask_amendment, confirm_request, refuse_request
from pb.rounds.codec import frame_to_json
from pb.rounds.events import frame_amended
from pb.rounds.models import FrameVersion, TwoPersonRequest
from pb.rounds.reads import frame_history, open_requests, round_by_id
from pb.rounds.values import AmendmentRefusal, Calendar, FrameState, PhaseKind, RoundRecord, RoundRefusal
from tests.factories import CALENDAR, a_frame, a_person, a_role, a_round, at

VOTE = CALENDAR.phases[-1]
LATER = replace(CALENDAR, phases=(*CALENDAR.phases[:-1], replace(VOTE, closes=at(7, 1))), result=at(7, 6))


@pytest.fixture
def voting(app: Flask) -> tuple[RoundRecord, int, int]:
    """A frozen round in its vote, and two organisers."""
    round_ = a_round(frozen_at=at(2, 3))
    first, second = a_person(), a_person()
    for person in (first, second):
        a_role(person, round_.id, Role.ORGANISER)
    return round_, first, second


def calendar_of(round_: RoundRecord) -> Calendar:
    found = round_by_id(round_.id)
    assert found is not None
    return found.frame.calendar


def refused(act: Any, *given: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*given)
    return caught.value


def test_two_people_extend_the_vote(voting: tuple[RoundRecord, int, int]) -> None:
    round_, first, second = voting
    request = ask_amendment(round_.id, LATER, " De brieven\u200b waren te laat. ", first)
    assert calendar_of(round_) == CALENDAR
    confirm_request(request, second)
    assert calendar_of(round_) == LATER
    newest = frame_history(round_.id)[-1]
    assert (newest.number, newest.reason) == (2, "De brieven waren te laat.")
    entry = history(f"round:{round_.id}")[-1]
    assert (entry.act, entry.actor, entry.facts["reason"]) == ("amend_frame", second, "De brieven waren te laat.")


def test_later_rooms_hear_of_it_and_may_undo_it(voting: tuple[RoundRecord, int, int]) -> None:
    round_, first, second = voting
    request = ask_amendment(round_.id, LATER, "Te laat.", first)
    heard: list[RoundRecord] = []

    def listen(_: Any, round: RoundRecord, **_facts: Any) -> None:
        heard.append(round)
        if len(heard) == 1:
            raise RuntimeError

    with frame_amended.connected_to(listen):
        with pytest.raises(RuntimeError):
            confirm_request(request, second)
        assert calendar_of(round_) == CALENDAR and [one.id for one in open_requests(round_.id)] == [request]
        confirm_request(request, second)
    assert heard[-1].frame.calendar == LATER and heard[-1].frame_version == 2


def test_nobody_confirms_their_own_amendment(voting: tuple[RoundRecord, int, int]) -> None:
    round_, first, _ = voting
    request = ask_amendment(round_.id, LATER, "Te laat.", first)
    assert refused(confirm_request, request, first).reasons == (RoundRefusal.OWN_REQUEST(),)
    assert calendar_of(round_) == CALENDAR


def test_a_refused_amendment_changes_nothing(voting: tuple[RoundRecord, int, int]) -> None:
    round_, first, second = voting
    request = ask_amendment(round_.id, LATER, "Te laat.", first)
    refuse_request(request, second)
    assert refused(confirm_request, request, second).status == 409
    assert calendar_of(round_) == CALENDAR and len(frame_history(round_.id)) == 1


def test_a_moment_that_passed_meanwhile_is_not_moved(
    voting: tuple[RoundRecord, int, int], standing_clock: Callable[[datetime], None]
) -> None:
    round_, first, second = voting
    request = ask_amendment(round_.id, LATER, "Te laat.", first)
    standing_clock(VOTE.closes)
    answer = refused(confirm_request, request, second)
    assert answer.reasons == (AmendmentRefusal.PAST(about="vote.closes"),)
    assert calendar_of(round_) == CALENDAR


def test_what_was_asked_of_an_older_version_is_not_done(voting: tuple[RoundRecord, int, int]) -> None:
    round_, first, second = voting
    request = ask_amendment(round_.id, LATER, "Te laat.", first)
    other = a_frame(calendar=replace(CALENDAR, result=at(7, 4)))
    with transaction() as session:
        newer = {"number": 2, "state": FrameState.ADOPTED, "content": frame_to_json(other), "adopted_at": at(6, 1)}
        session.add(FrameVersion(round_id=round_.id, saved_at=at(6, 1), **newer))
    assert refused(confirm_request, request, second).reasons == (RoundRefusal.DRAFT_CHANGED(),)
    assert calendar_of(round_) == other.calendar


@pytest.mark.parametrize(
    ("calendar", "reason", "why"),
    [
        (CALENDAR, "Zomaar.", AmendmentRefusal.NOTHING_CHANGED()),
        (LATER, "  ", AmendmentRefusal.REASON_MISSING(about="reason")),
        (
            replace(CALENDAR, phases=(*CALENDAR.phases[:-1], replace(VOTE, closes=at(6, 20)))),
            "Te lang.",
            AmendmentRefusal.ONLY_LATER(about="vote.closes"),
        ),
    ],
)
def test_what_is_not_even_asked(
    voting: tuple[RoundRecord, int, int], calendar: Calendar, reason: str, why: object
) -> None:
    round_, first, _ = voting
    assert refused(ask_amendment, round_.id, calendar, reason, first).reasons == (why,)
    assert open_requests(round_.id) == ()


@pytest.mark.parametrize("role", [*Role, None])
def test_only_an_organiser_asks(voting: tuple[RoundRecord, int, int], role: Role | None) -> None:
    round_, _, _ = voting
    person = a_person()
    if role:
        a_role(person, round_.id, role)
    if role is Role.ORGANISER:
        assert ask_amendment(round_.id, LATER, "Te laat.", person) > 0
    else:
        assert refused(ask_amendment, round_.id, LATER, "Te laat.", person).status == 403


def test_the_database_knows_that_two_people_are_two(voting: tuple[RoundRecord, int, int]) -> None:
    round_, first, _ = voting
    alone = TwoPersonRequest(
        round_id=round_.id, deed="amend_frame", payload={}, asked_by=first, asked_at=at(6, 1),
        decided_by=first, decided_at=at(6, 1), confirmed=True,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(alone)


def test_only_moments_move(voting: tuple[RoundRecord, int, int]) -> None:
    round_, first, second = voting
    confirm_request(ask_amendment(round_.id, LATER, "Te laat.", first), second)
    assert round_by_id(round_.id).frame == a_frame(calendar=LATER)  # type: ignore[union-attr]
    assert LATER.phase(PhaseKind.PROPOSE) == CALENDAR.phase(PhaseKind.PROPOSE)
