"""The feasibility test: who may judge what when, what a verdict must be, and who hears it."""

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.base.refusals import Refused
from pb.extensions import db
from pb.office.reads import history, waiting_mail
from pb.plans.values import PlanRefusal
from pb.rounds.values import RoundRecord, RoundRefusal
from pb.selection.acts import judge_plan
from pb.selection.reads import standings, verdict_of
from pb.selection.values import SelectionRefusal, Standing
from tests.factories import a_frame, a_person, a_plan, a_role, a_round, at

ASSESSING = at(4, 20)
YES = {"jaar": True, "geld": True}
NO = {"jaar": True, "geld": False}


@pytest.fixture
def the_round(app: Flask, standing_clock: Callable[[datetime], None]) -> RoundRecord:
    standing_clock(ASSESSING)
    return a_round(a_frame(likes_needed=2))


@pytest.fixture
def plan(the_round: RoundRecord) -> int:
    return a_plan(the_round.id, a_person("indiener@example.org"), likes=2, code="p1")


@pytest.fixture
def assessor(the_round: RoundRecord) -> int:
    person = a_person("toetser@example.org")
    a_role(person, the_round.id, Role.ASSESSOR)
    return person


def refusals(plan_id: int, by: int, answers: dict[str, bool], feasible: bool, reason: str = "Uitleg.") -> list[str]:
    with pytest.raises(Refused) as caught:
        judge_plan(plan_id, by, answers, feasible, reason)
    return [reason.refusal for reason in caught.value.reasons]


def test_a_verdict_is_kept_told_and_recorded(the_round: RoundRecord, plan: int, assessor: int) -> None:
    judge_plan(plan, assessor, NO, False, "  Het onderhoud\u200b kost te veel. ")
    verdict = verdict_of(plan)
    assert verdict is not None
    assert (verdict.feasible, verdict.reason, dict(verdict.answers)) == (False, "Het onderhoud kost te veel.", NO)
    (mail,) = waiting_mail()
    assert mail.recipient == "indiener@example.org"
    assert "Het onderhoud kost te veel." in mail.body and "/plannen/p1" in mail.body
    (entry,) = history(f"plan:{plan}")
    assert (entry.act, entry.actor, entry.facts["feasible"]) == ("judge_plan", assessor, False)
    assert standings(the_round, ASSESSING)[plan] is Standing.NOT_FEASIBLE


def test_a_later_verdict_replaces_and_the_trail_keeps_both(the_round: RoundRecord, plan: int, assessor: int) -> None:
    judge_plan(plan, assessor, NO, False, "Te duur.")
    judge_plan(plan, assessor, YES, True, "")
    db.session.rollback()
    verdict = verdict_of(plan)
    assert verdict is not None and (verdict.feasible, verdict.version, dict(verdict.answers)) == (True, 2, YES)
    assert [entry.facts["reason"] for entry in history(f"plan:{plan}")] == ["Te duur.", ""]
    assert standings(the_round, ASSESSING)[plan] is Standing.FEASIBLE


@pytest.mark.parametrize(
    ("answers", "feasible", "reason", "expected"),
    [
        ({"jaar": True}, True, "", SelectionRefusal.ANSWER_MISSING),
        (NO, True, "Toch maar.", SelectionRefusal.FEASIBLE_DESPITE_NO),
        (YES, False, "Nee.", SelectionRefusal.NOT_FEASIBLE_WITHOUT_NO),
        (NO, False, " \u200b ", SelectionRefusal.REASON_MISSING),
    ],
)
def test_a_verdict_must_be_whole(
    plan: int, assessor: int, answers: dict[str, bool], feasible: bool, reason: str, expected: SelectionRefusal
) -> None:
    assert refusals(plan, assessor, answers, feasible, reason) == [expected]
    assert verdict_of(plan) is None and not waiting_mail()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2, 10), [RoundRefusal.PHASE_AHEAD, SelectionRefusal.LIKES_STILL_OPEN]),
        (at(4, 4), [RoundRefusal.PHASE_AHEAD, SelectionRefusal.LIKES_STILL_OPEN]),
        (at(4, 5), []),
        (at(5, 1), [RoundRefusal.PHASE_OVER]),
        (at(6, 1), [RoundRefusal.PHASE_OVER]),
    ],
)
def test_a_verdict_changes_only_while_plans_are_tested(
    plan: int, assessor: int, standing_clock: Callable[[datetime], None], moment: datetime, expected: list[str]
) -> None:
    judge_plan(plan, assessor, YES, True, "")
    standing_clock(moment)
    if expected:
        assert refusals(plan, assessor, NO, False) == expected
    else:
        judge_plan(plan, assessor, NO, False, "Te duur.")


def test_a_plan_that_nobody_judged_is_not_lost(
    plan: int, assessor: int, standing_clock: Callable[[datetime], None]
) -> None:
    standing_clock(at(5, 3))
    judge_plan(plan, assessor, YES, True, "")
    assert refusals(plan, assessor, NO, False) == [RoundRefusal.PHASE_OVER], "but once only"


def test_plans_that_fell_out_are_not_judged(the_round: RoundRecord, assessor: int) -> None:
    few = a_plan(the_round.id, a_person(), likes=1)
    gone = a_plan(the_round.id, a_person(), likes=2, state="withdrawn")
    assert refusals(few, assessor, YES, True) == [SelectionRefusal.TOO_FEW_LIKES]
    assert refusals(gone, assessor, YES, True) == [PlanRefusal.WITHDRAWN]
    assert refusals(0, assessor, YES, True) == [PlanRefusal.UNKNOWN]


def test_nobody_judges_their_own_plan(the_round: RoundRecord, assessor: int) -> None:
    own = a_plan(the_round.id, assessor, likes=2)
    assert refusals(own, assessor, YES, True) == [SelectionRefusal.OWN_PLAN]


def test_two_assessors_at_once_leave_one_whole_verdict(app: Flask, plan: int, assessor: int) -> None:
    other, together, failed = a_person(), Barrier(2), []

    def judge(by: int, answers: dict[str, bool], feasible: bool) -> None:
        with app.app_context():
            together.wait(5)
            try:
                judge_plan(plan, by, answers, feasible, "Uitleg.")
            except Exception as error:
                failed.append(error)
            db.session.remove()

    threads = [Thread(target=judge, args=(assessor, YES, True)), Thread(target=judge, args=(other, NO, False))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    db.session.rollback()
    verdict = verdict_of(plan)
    assert not failed
    assert verdict is not None and verdict.version == 2
    assert dict(verdict.answers) == (YES if verdict.feasible else NO)
    assert len(history(f"plan:{plan}")) == len(waiting_mail()) == 2


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("path", ["toets", "toets/p1"])
def test_only_assessors_of_this_round_see_the_test(
    the_round: RoundRecord, plan: int, sign_in: Callable[[int], FlaskClient], role: Role | None, path: str
) -> None:
    person = a_person()
    if role:
        a_role(person, the_round.id, role)
    a_role(person, a_round(slug="andere-ronde").id, Role.ASSESSOR)
    answer = sign_in(person).get(f"/rondes/{the_round.slug}/{path}")
    assert answer.status_code == (200 if role is Role.ASSESSOR else 403)


def test_an_assessor_judges_in_a_browser(
    the_round: RoundRecord, plan: int, assessor: int, sign_in: Callable[[int], FlaskClient]
) -> None:
    client, address = sign_in(assessor), f"/rondes/{the_round.slug}/toets"
    assert "/toets/p1" in client.get(address).text
    filled = {"criterion_jaar": "yes", "criterion_geld": "no", "outcome": "not_feasible", "reason": ""}
    refused = client.post(f"{address}/p1", data=filled)
    assert refused.status_code == 422 and "waarom het plan niet haalbaar is" in refused.text
    assert 'checked id="outcome-1"' in refused.text, "what was chosen stays chosen"
    done = client.post(f"{address}/p1", data=filled | {"reason": "Te duur."}, follow_redirects=True)
    assert done.status_code == 200 and "is bewaard" in done.text
    verdict = verdict_of(plan)
    assert verdict is not None and verdict.reason == "Te duur."


def test_a_plan_of_another_round_is_not_here(
    the_round: RoundRecord, assessor: int, sign_in: Callable[[int], FlaskClient]
) -> None:
    a_plan(a_round(slug="andere-ronde").id, a_person(), likes=2, code="elders")
    answer = sign_in(assessor).post(f"/rondes/{the_round.slug}/toets/elders", data={"outcome": "feasible"})
    assert answer.status_code == 404


def test_afterwards_an_assessor_reads_what_came_of_it(
    the_round: RoundRecord,
    plan: int,
    assessor: int,
    sign_in: Callable[[int], FlaskClient],
    standing_clock: Callable[[datetime], None],
) -> None:
    client, address = sign_in(assessor), f"/rondes/{the_round.slug}/toets"
    assert "1 plan wacht op je oordeel." in client.get(address).text
    judge_plan(plan, assessor, NO, False, "Te duur.")
    text = client.get(address).text
    assert "Elk plan is getoetst. 0 plannen kunnen. 1 plan kan niet." in text and "wacht op" not in text
    standing_clock(at(6, 1))
    one = client.get(f"{address}/p1").text
    assert "Te duur." in one and "<form method" not in one.partition("<h1>")[2]


def test_before_any_plan_nothing_waits(
    the_round: RoundRecord, assessor: int, sign_in: Callable[[int], FlaskClient]
) -> None:
    assert "Er wacht nu geen plan op je oordeel." in sign_in(assessor).get(f"/rondes/{the_round.slug}/toets").text
