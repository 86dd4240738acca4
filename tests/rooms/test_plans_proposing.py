"""What a proposer does with a plan, and what others read of it, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import event, update
from sqlalchemy.exc import IntegrityError, NoResultFound

from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history, version_of, waiting_mail
from pb.plans.acts import edit_plan, save_draft, submit_plan, withdraw_plan
from pb.plans.events import plan_withdrawn
from pb.plans.models import Plan, PlanCostLine
from pb.plans.reads import plan_by_code, plan_by_id, plans_of, submitted_plans
from pb.plans.values import CostLine, PlanDraft, PlanRecord, PlanRefusal, PlanState
from pb.rounds.models import Round
from pb.rounds.reads import round_by_id
from pb.rounds.values import RoundRefusal
from tests.factories import a_person, a_plan, a_round, at

WHOLE = PlanDraft(
    title="Een bank rond de kastanje",
    summary="Een ronde bank in de schaduw.",
    text="Van stevig hout.",
    theme="groen",
    place="Kerkplein",
    lines=(CostLine("Bank", 3_100_00), CostLine("Plaatsen", 1_100_00, 9, True)),
    own_contribution=200_00,
    public_name="Tineke",
)


@pytest.fixture(autouse=True)
def proposing(app: Flask, standing_clock: Callable[[datetime], None]) -> None:
    standing_clock(at(2, 10))


def refused(deed: Callable[[], object]) -> tuple[set[str], int]:
    """Why a deed is refused, and with which status."""
    with pytest.raises(Refused) as caught:
        deed()
    return {reason.refusal for reason in caught.value.reasons}, caught.value.status


def known(plan_id: int) -> PlanRecord:
    plan = plan_by_id(plan_id)
    assert plan is not None
    return plan


def at_once(app: Flask, deeds: list[Callable[[], object]]) -> list[Exception]:
    """Do all of these at the same moment; what they raised."""
    together, raised = Barrier(len(deeds)), []

    def do(deed: Callable[[], object]) -> None:
        with app.app_context():
            together.wait(5)
            try:
                deed()
            except Exception as error:
                raised.append(error)
            db.session.remove()

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    db.session.rollback()
    return raised


def test_a_draft_is_kept_whole_and_for_its_proposer_alone() -> None:
    round_, person = a_round(), a_person()
    plan = known(save_draft(round_.id, person, WHOLE))
    assert plan.draft == replace(WHOLE, pot="all")
    assert (plan.state, plan.asked, plan.code) == (PlanState.DRAFT, 4_000_00, "een-bank-rond-de-kastanje")
    assert plans_of(person)[0].draft.lines == () and plans_of(person)[0].asked == 4_000_00
    assert not submitted_plans(round_.id)
    assert plan_by_code(round_.id, plan.code) is None and plan_by_code(round_.id, plan.code, a_person()) is None
    assert plan_by_code(round_.id, plan.code, drafts_of=person) == plan


def test_what_is_kept_is_clean() -> None:
    round_, person = a_round(), a_person()
    odd = replace(
        WHOLE, title=" Een\x00 \u202ebank\n", text="Regel\r\nregel\x07", lines=(CostLine(" a\tb ", 1), CostLine("", 0))
    )
    draft = known(save_draft(round_.id, person, odd)).draft
    assert (draft.title, draft.text, draft.lines) == ("Een bank", "Regel\nregel", (CostLine("a b", 1),))


def test_large_amounts_fit_in_both_databases() -> None:
    dear = replace(WHOLE, lines=tuple(CostLine(f"Deel {number}", 1_000_000_000_00) for number in range(20)))
    assert known(save_draft(a_round().id, a_person(), dear)).asked == 20 * 1_000_000_000_00 - 200_00


def test_the_same_draft_again_is_the_same_plan() -> None:
    round_, person = a_round(), a_person()
    first = save_draft(round_.id, person, WHOLE)
    assert save_draft(round_.id, person, WHOLE) == first
    assert save_draft(round_.id, a_person(), WHOLE) != first
    assert save_draft(round_.id, person, replace(WHOLE, text="Anders")) != first
    assert known(first + 1).code == "een-bank-rond-de-kastanje-2"


def test_a_wished_code_is_given_once() -> None:
    round_, person = a_round(), a_person()
    assert known(save_draft(round_.id, person, WHOLE, code="BO.D10-1")).code == "BO.D10-1"
    assert refused(lambda: save_draft(round_.id, person, WHOLE, code="BO.D10-1")) == ({PlanRefusal.CODE_TAKEN}, 422)
    assert refused(lambda: save_draft(round_.id, person, WHOLE, code="nieuw")) == ({PlanRefusal.CODE_WRONG}, 422)
    other = a_round(slug="elders")
    assert known(save_draft(other.id, person, WHOLE, code="BO.D10-1")).code == "BO.D10-1"


def test_the_database_itself_keeps_codes_apart() -> None:
    round_, person = a_round(), a_person()
    a_plan(round_.id, person, code="bank")
    with pytest.raises(IntegrityError):
        a_plan(round_.id, person, code="bank")


def test_ten_plans_at_once_have_ten_codes(app: Flask) -> None:
    round_, people = a_round(), [a_person() for _ in range(10)]
    raised = at_once(app, [lambda person=person: save_draft(round_.id, person, WHOLE) for person in people])
    assert not raised
    assert len({plans_of(person)[0].code for person in people}) == 10


def test_submitting_makes_public_freezes_the_frame_and_mails() -> None:
    round_, person = a_round(), a_person("joke@example.org")
    number = save_draft(round_.id, person, WHOLE)
    assert round_by_id(round_.id).frozen_at is None
    submit_plan(person, number)
    plan = known(number)
    assert (plan.state, plan.submitted_at) == (PlanState.SUBMITTED, at(2, 10))
    assert [one.id for one in submitted_plans(round_.id)] == [number]
    assert round_by_id(round_.id).frozen_at == at(2, 10)
    (mail,) = waiting_mail()
    assert mail.recipient == "joke@example.org" and f"/plannen/{plan.code}" in mail.body and "15 maart" in mail.body
    assert [entry.act for entry in history(f"plan:{number}")] == ["save_draft", "submit_plan"]


def test_submitting_twice_at_once_is_once(app: Flask) -> None:
    round_, person = a_round(), a_person()
    number = save_draft(round_.id, person, WHOLE)
    raised = at_once(app, [lambda: submit_plan(person, number)] * 2)
    assert [error.reasons[0].refusal for error in raised if isinstance(error, Refused)] == [PlanRefusal.NOT_A_DRAFT]
    assert len(waiting_mail()) == 1


def test_a_refused_submission_changes_nothing() -> None:
    round_, person = a_round(), a_person()
    number = save_draft(round_.id, person, replace(WHOLE, summary="", lines=(CostLine("Alles", 40_000_00),)))
    version = version_of(round_.id)
    wanted = {PlanRefusal.SUMMARY_MISSING, PlanRefusal.COST_TOO_HIGH}
    assert refused(lambda: submit_plan(person, number)) == (wanted, 422)
    assert known(number).state is PlanState.DRAFT and not waiting_mail()
    assert version_of(round_.id) == version and round_by_id(round_.id).frozen_at is None


def test_something_personal_is_public_only_when_the_proposer_is_sure() -> None:
    round_, person = a_round(), a_person()
    number = save_draft(round_.id, person, replace(WHOLE, text="Bel 06-12345678"))
    assert refused(lambda: submit_plan(person, number)) == ({PlanRefusal.PERSONAL_DATA}, 422)
    submit_plan(person, number, sure=True)
    mail = replace(WHOLE, text="Mail joke@example.org")
    assert refused(lambda: edit_plan(person, number, mail)) == ({PlanRefusal.PERSONAL_DATA}, 422)
    edit_plan(person, number, mail, sure=True)
    assert known(number).draft.text == "Mail joke@example.org"


def test_editing_replaces_everything_and_is_told_once() -> None:
    round_, person = a_round(), a_person()
    number = save_draft(round_.id, person, WHOLE)
    submit_plan(person, number)
    changed = replace(WHOLE, title="Twee banken", lines=(CostLine("Bank", 9_000_00),), own_contribution=0)
    for _ in range(2):
        edit_plan(person, number, changed)
    plan = known(number)
    assert (plan.title, plan.asked, plan.draft.lines) == ("Twee banken", 9_000_00, changed.lines)
    assert plan.code == "een-bank-rond-de-kastanje" and plan.submitted_at == at(2, 10)
    assert [entry.act for entry in history(f"plan:{number}")] == ["save_draft", "submit_plan", "edit_plan"]
    assert db.session.query(PlanCostLine).count() == 1


def test_a_plan_that_is_public_stays_whole() -> None:
    round_, person = a_round(), a_person()
    number = save_draft(round_.id, person, WHOLE)
    edit_plan(person, number, replace(WHOLE, summary=""))
    edit_plan(person, number, WHOLE)
    submit_plan(person, number)
    assert refused(lambda: edit_plan(person, number, replace(WHOLE, summary=""))) == (
        {PlanRefusal.SUMMARY_MISSING},
        422,
    )
    assert known(number).draft.summary == WHOLE.summary


@pytest.mark.parametrize("moment", [at(1, 31), at(3, 15), at(6, 1)])
def test_nothing_is_written_outside_the_phase(moment: datetime, standing_clock: Callable[[datetime], None]) -> None:
    round_, person = a_round(), a_person()
    draft, public = save_draft(round_.id, person, WHOLE), a_plan(round_.id, person)
    standing_clock(moment)
    wanted = {RoundRefusal.PHASE_AHEAD if moment < at(2, 1) else RoundRefusal.PHASE_OVER}
    for deed in (
        lambda: save_draft(round_.id, person, replace(WHOLE, title="Nog een")),
        lambda: submit_plan(person, draft),
        lambda: edit_plan(person, draft, replace(WHOLE, title="Anders")),
        lambda: edit_plan(person, public, replace(WHOLE, title="Anders")),
    ):
        assert refused(deed) == (wanted, 422)


def test_only_its_proposer_touches_a_plan() -> None:
    round_, person, other = a_round(), a_person(), a_person()
    draft, public = save_draft(round_.id, person, WHOLE), a_plan(round_.id, person)
    for deed in (submit_plan, withdraw_plan):
        assert refused(lambda deed=deed: deed(other, draft)) == ({PlanRefusal.UNKNOWN}, 404)
        assert refused(lambda deed=deed: deed(other, public)) == ({PlanRefusal.NOT_YOURS}, 403)
    assert refused(lambda: edit_plan(other, draft, WHOLE)) == ({PlanRefusal.UNKNOWN}, 404)
    assert refused(lambda: edit_plan(other, public, WHOLE)) == ({PlanRefusal.NOT_YOURS}, 403)
    assert refused(lambda: submit_plan(other, 10**9)) == ({PlanRefusal.UNKNOWN}, 404)
    with pytest.raises(NoResultFound):
        save_draft(10**9, person, WHOLE)


def test_a_withdrawal_is_told_to_later_rooms_in_the_same_transaction() -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, person)
    heard: list[tuple[int, PlanState, datetime]] = []

    def hear(_sender: object, plan: PlanRecord, now: datetime, **_facts: object) -> None:
        heard.append((plan.id, plan.state, now))

    with plan_withdrawn.connected_to(hear):
        withdraw_plan(person, plan)
    assert heard == [(plan, PlanState.WITHDRAWN, at(2, 10))]
    assert not submitted_plans(round_.id) and known(plan).state is PlanState.WITHDRAWN
    assert refused(lambda: withdraw_plan(person, plan)) == ({PlanRefusal.WITHDRAWN}, 409)
    assert refused(lambda: edit_plan(person, plan, WHOLE)) == ({PlanRefusal.WITHDRAWN}, 409)


def test_a_room_that_cannot_follow_undoes_the_withdrawal() -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, person)

    def fail(_sender: object, **_facts: object) -> None:
        raise RuntimeError("no")

    with plan_withdrawn.connected_to(fail), pytest.raises(RuntimeError):
        withdraw_plan(person, plan)
    assert known(plan).state is PlanState.SUBMITTED and not history(f"plan:{plan}")


def test_a_draft_is_thrown_away_in_silence() -> None:
    round_, person = a_round(), a_person()
    number = save_draft(round_.id, person, WHOLE)
    heard: list[object] = []
    with plan_withdrawn.connected_to(lambda *_, **__: heard.append(1)):
        withdraw_plan(person, number)
    assert not heard and known(number).state is PlanState.WITHDRAWN
    assert plan_by_code(round_.id, known(number).code) is None


def test_once_the_ballot_is_sealed_only_two_organisers_take_a_plan_off_it() -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, person)
    with transaction() as session:
        session.execute(update(Round).where(Round.id == round_.id).values(sealed_at=at(2, 9)))
    assert refused(lambda: withdraw_plan(person, plan)) == ({RoundRefusal.SEALED}, 409)
    assert known(plan).state is PlanState.SUBMITTED


@pytest.mark.parametrize(("plans", "likes"), [(1, 0), (12, 4)])
def test_lists_are_one_statement_however_many(app: Flask, plans: int, likes: int) -> None:
    round_, person = a_round(), a_person()
    for _ in range(plans):
        a_plan(round_.id, person, likes=likes)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))
    for read in (lambda: submitted_plans(round_.id), lambda: plans_of(person)):
        db.session.remove()
        asked.clear()
        found = read()
        assert len(found) == plans and {plan.likes for plan in found} == {likes}
        assert len([one for one in asked if one.startswith("SELECT")]) == 1


def test_lists_leave_out_what_is_no_plan() -> None:
    round_, person = a_round(), a_person()
    first, second = a_plan(round_.id, person), a_plan(round_.id, person)
    a_plan(round_.id, person, state="withdrawn", withdrawn_at=at(2, 5))
    save_draft(round_.id, person, WHOLE)
    a_plan(a_round(slug="elders").id, person)
    assert [plan.id for plan in submitted_plans(round_.id)] == [first, second]
    assert len(plans_of(person)) == 5


def test_reads_see_what_the_same_transaction_wrote() -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, person)
    with transaction() as session:
        session.execute(update(Plan).where(Plan.id == plan).values(title="Anders"))
        found = plan_by_id(plan, session)
        assert found is not None and found.title == "Anders"
        assert submitted_plans(round_.id, session)[0].title == "Anders"
