"""A frame is drafted, adopted by two people and frozen; of two who decide at once only the first does anything."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from pb.base.access import Role
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history
from pb.rounds.acts import ask_adoption, change_frame, confirm_request, create_round, freeze, refuse_request, save_frame
from pb.rounds.models import DecisionRow
from pb.rounds.reads import decisions_of, frame_history, newest_draft, open_requests, round_by_id
from pb.rounds.values import Decision, DecisionRefusal, FrameRefusal, RoundRecord, RoundRefusal
from tests.factories import a_frame, a_person, a_role, at

DECISION = Decision("De gemeenteraad", date(2020, 1, 20), "2020-17", "https://raad.example.org/2020-17")


@pytest.fixture(autouse=True)
def before_the_first_plan(standing_clock: Callable[[datetime], None]) -> None:
    """A week before plans can be handed in."""
    standing_clock(at(1, 25))


def a_draft() -> tuple[int, int, int]:
    """A round with a whole draft, its organiser, and a second one."""
    first, second = a_person(), a_person()
    round_id = create_round("Alphen Centrum Begroot 2020", "alphen", first)
    save_frame(round_id, a_frame(), first)
    a_role(second, round_id, Role.ORGANISER)
    return round_id, first, second


def the(round_id: int) -> RoundRecord:
    found = round_by_id(round_id)
    assert found is not None
    return found


def refused(act: Any, *given: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*given)
    return caught.value


def test_two_people_adopt_a_frame(app: Flask) -> None:
    round_id, first, second = a_draft()
    assert not the(round_id).adopted
    confirm_request(ask_adoption(round_id, DECISION, first), second)
    assert the(round_id).adopted
    assert the(round_id).frame == a_frame()
    (decision,) = decisions_of(round_id)
    assert decision.decision == DECISION
    assert decision.frame_version == 1
    row = db.session.scalars(select(DecisionRow)).one()
    assert (row.entered_by, row.confirmed_by) == (first, second)
    acts = [entry.act for entry in history(f"round:{round_id}")]
    assert acts == ["create_round", "save_frame", "ask_adoption", "record_decision"]


def test_nobody_confirms_their_own_question(app: Flask) -> None:
    round_id, first, _ = a_draft()
    request_id = ask_adoption(round_id, DECISION, first)
    answer = refused(confirm_request, request_id, first)
    assert (answer.status, answer.reasons) == (403, (RoundRefusal.OWN_REQUEST(),))
    assert not the(round_id).adopted
    assert [request.id for request in open_requests(round_id)] == [request_id]


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_confirm(app: Flask, role: Role | None) -> None:
    round_id, first, _ = a_draft()
    other = a_person()
    if role:
        a_role(other, round_id, role)
    request_id = ask_adoption(round_id, DECISION, first)
    if role in {Role.ORGANISER, Role.COUNCIL}:
        confirm_request(request_id, other)
        assert the(round_id).adopted
    else:
        assert refused(confirm_request, request_id, other).reasons == (RoundRefusal.NOT_YOUR_ROLE(),)
        assert refused(refuse_request, request_id, other).status == 403
        assert not the(round_id).adopted


def test_only_organisers_ask(app: Flask) -> None:
    round_id, _, _ = a_draft()
    council = a_person()
    a_role(council, round_id, Role.COUNCIL)
    assert refused(ask_adoption, round_id, DECISION, council).status == 403


def test_a_role_of_another_round_does_not_count(app: Flask) -> None:
    round_id, first, _ = a_draft()
    stranger = a_person()
    create_round("Elders", "elders", stranger)
    assert refused(confirm_request, ask_adoption(round_id, DECISION, first), stranger).status == 403


def test_a_question_waits_once(app: Flask) -> None:
    round_id, first, second = a_draft()
    request_id = ask_adoption(round_id, DECISION, first)
    assert refused(ask_adoption, round_id, DECISION, second).status == 409
    refuse_request(request_id, first)
    assert open_requests(round_id) == ()
    assert refused(confirm_request, request_id, second).reasons == (RoundRefusal.ALREADY_DECIDED(),)
    assert ask_adoption(round_id, DECISION, second) > request_id


def test_what_changed_after_the_question_is_not_adopted(app: Flask) -> None:
    round_id, first, second = a_draft()
    request_id = ask_adoption(round_id, DECISION, first)
    change_frame(round_id, first, {"total": 40_000_00})
    assert refused(confirm_request, request_id, second).reasons == (RoundRefusal.DRAFT_CHANGED(),)
    assert [request.id for request in open_requests(round_id)] == [request_id]


def test_a_frame_that_cannot_be_is_not_asked_for(app: Flask) -> None:
    round_id, first, _ = a_draft()
    change_frame(round_id, first, {"total": 0})
    answer = refused(ask_adoption, round_id, Decision("", date(2030, 1, 1), "", "javascript:alert(1)"), first)
    assert {reason.refusal for reason in answer.reasons} >= {FrameRefusal.TOTAL_MISSING, *DecisionRefusal}
    assert open_requests(round_id) == ()


def test_an_unknown_request(app: Flask) -> None:
    assert refused(confirm_request, 4711, a_person()).status == 404


def test_a_frozen_frame_is_no_longer_drafted(app: Flask) -> None:
    round_id, first, second = a_draft()
    confirm_request(ask_adoption(round_id, DECISION, first), second)
    save_frame(round_id, a_frame(total=50_000_00), first)
    request_id = ask_adoption(round_id, DECISION, first)
    with transaction() as session:
        freeze(session, round_id, a_frame().calendar.phases[0].opens)
    for act, given in (
        (save_frame, (round_id, a_frame(total=1), first)),
        (ask_adoption, (round_id, DECISION, first)),
        (confirm_request, (request_id, second)),
    ):
        assert refused(act, *given).reasons == (RoundRefusal.FROZEN(),)
    assert the(round_id).frame == a_frame()


def test_before_the_first_plan_a_new_decision_replaces_the_frame(app: Flask) -> None:
    round_id, first, second = a_draft()
    confirm_request(ask_adoption(round_id, DECISION, first), second)
    change_frame(round_id, second, {"likes_needed": 30})
    assert the(round_id).frame == a_frame()
    confirm_request(ask_adoption(round_id, DECISION, second), first)
    assert the(round_id).frame == a_frame(likes_needed=30)
    assert [version.number for version in frame_history(round_id)] == [1, 2]
    assert newest_draft(round_id) is None
    assert refused(ask_adoption, round_id, DECISION, first).reasons == (RoundRefusal.NO_DRAFT(),)


def test_of_two_who_decide_at_once_one_holds(app: Flask) -> None:
    round_id, first, second = a_draft()
    third = a_person()
    a_role(third, round_id, Role.COUNCIL)
    request_id = ask_adoption(round_id, DECISION, first)
    barrier, answers = threading.Barrier(2), []

    def confirm(person: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                confirm_request(request_id, person)
                answers.append("done")
            except Refused as answer:
                answers.append(answer.reasons[0].refusal)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=confirm, args=(person,)) for person in (second, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", RoundRefusal.ALREADY_DECIDED]
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(DecisionRow)) == 1
