"""What a proposer does with a plan, on both databases."""

from dataclasses import replace

import pytest

from pb.base.refusals import Refused
from pb.plans.acts import edit_plan, save_draft, submit_plan, withdraw_plan
from pb.plans.reads import plan_by_code, plan_by_id, plans_of, submitted_plans
from pb.plans.values import CostLine, PlanDraft, PlanState
from tests.factories import a_person, a_round, at

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
def proposing(standing_clock):
    standing_clock(at(2, 10))


def test_a_draft_is_kept_whole(app):
    round_, person = a_round(), a_person()
    plan = plan_by_id(save_draft(round_.id, person, WHOLE))
    assert plan.draft == replace(WHOLE, pot="all")
    assert (plan.state, plan.asked, plan.code, plan.likes) == (
        PlanState.DRAFT,
        4_000_00,
        "een-bank-rond-de-kastanje",
        0,
    )
    assert plans_of(person)[0].draft.lines == ()
    assert not submitted_plans(round_.id)
    assert plan_by_code(round_.id, plan.code) is None
    assert plan_by_code(round_.id, plan.code, drafts_of=person) == plan


def test_submit_edit_withdraw(app):
    round_, person = a_round(), a_person()
    number = save_draft(round_.id, person, WHOLE, code="bank")
    submit_plan(person, number)
    edit_plan(person, number, replace(WHOLE, title="Twee banken", lines=WHOLE.lines[:1]))
    plan = plan_by_code(round_.id, "bank")
    assert (plan.title, plan.asked, len(plan.draft.lines)) == ("Twee banken", 2_900_00, 1)
    withdraw_plan(person, number)
    assert not submitted_plans(round_.id)
    with pytest.raises(Refused):
        edit_plan(person, number, WHOLE)
