"""What a proposer does: write a plan, hand it in, change it, take it back."""

from dataclasses import replace

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from pb.base.refusals import Reason, refuse_if_any
from pb.base.text import clean_line, clean_text
from pb.base.transaction import transaction
from pb.office.acts import audit, queue_mail
from pb.office.mail import compose, site_url
from pb.people.reads import person_by_id
from pb.plans import rules
from pb.plans.acts.held import hold, refuse
from pb.plans.events import plan_withdrawn
from pb.plans.models import Plan, PlanCostLine
from pb.plans.reads import codes_of, plan_by_id
from pb.plans.values import CostLine, PlanDraft, PlanRecord, PlanState
from pb.rounds.acts import freeze
from pb.rounds.reads import moment_of
from pb.rounds.values import Frame, PhaseKind, RoundRecord


def save_draft(round_id: int, person_id: int, draft: PlanDraft, code: str | None = None) -> int:
    """Keep a new plan that only its proposer sees, and give its number. `code` is a wished short name (import, demo).

    Raises `Refused` when proposing is not open, without a title, for impossible amounts and for a code that is taken.
    """
    with transaction() as session:
        return keep_draft(session, round_id, person_id, draft, code)


def keep_draft(session: Session, round_id: int, person_id: int, draft: PlanDraft, code: str | None = None) -> int:
    """`save_draft` as part of another deed: what was written before signing in is kept when the address is confirmed."""
    draft = cleaned(draft)
    round_, now = moment_of(session, round_id)
    refuse_if_any([*rules.proposing_reasons(round_, now), *rules.draft_reasons(draft)])
    if code is None and (known := _same_draft(session, round_id, person_id, draft, round_.frame)):
        return known
    taken = codes_of(round_id, session)
    if code is not None:
        refuse_if_any(rules.code_reasons(code, taken))
    row = Plan(round_id=round_id, proposer_id=person_id, code=code or rules.code_for(draft.title, taken))
    row.state, row.created_at = PlanState.DRAFT, now
    _write(session, row, draft, round_.frame)
    audit(session, "save_draft", f"plan:{row.id}", at=now, actor=person_id, scope=round_id)
    return row.id


def submit_plan(person_id: int, plan_id: int, *, sure: bool = False) -> None:
    """A draft becomes a plan that everybody reads; the first one freezes the frame. The proposer gets a mail.

    Raises `Refused` with everything that is missing. What looks personal is pointed out, unless the proposer is `sure`.
    """
    with transaction() as session:
        plan, round_, now = hold(session, plan_id)
        refuse(rules.submitting_reasons(round_, plan, person_id, now))
        refuse(_public_reasons(plan.draft, round_.frame, sure))
        state = {"state": PlanState.SUBMITTED, "submitted_at": now}
        session.execute(update(Plan).where(Plan.id == plan_id).values(**state))
        freeze(session, round_.id, now)
        _confirm_by_mail(session, round_, plan)
        audit(session, "submit_plan", f"plan:{plan_id}", at=now, actor=person_id, scope=round_.id)


def edit_plan(person_id: int, plan_id: int, draft: PlanDraft, *, sure: bool = False) -> None:
    """A proposer changes their plan. One that was handed in must stay whole. Raises `Refused` as `submit_plan`."""
    draft = cleaned(draft)
    with transaction() as session:
        plan, round_, now = hold(session, plan_id)
        refuse(rules.editing_reasons(round_, plan, person_id, now))
        handed_in = plan.state is PlanState.SUBMITTED
        refuse(_public_reasons(draft, round_.frame, sure) if handed_in else rules.draft_reasons(draft))
        if replace(draft, pot=rules.pot_of(draft, round_.frame)) == plan.draft:
            return
        row = session.get_one(Plan, plan_id)
        _write(session, row, draft, round_.frame)
        audit(session, "edit_plan", f"plan:{plan_id}", at=now, actor=person_id, scope=round_.id, public=handed_in)


def withdraw_plan(person_id: int, plan_id: int) -> None:
    """A proposer takes their plan back. Raises `Refused` for others, twice, and (409) once the ballot is sealed."""
    with transaction() as session:
        plan, round_, now = hold(session, plan_id)
        refuse(rules.withdrawing_reasons(round_, plan, person_id))
        state = {"state": PlanState.WITHDRAWN, "withdrawn_at": now}
        session.execute(update(Plan).where(Plan.id == plan_id).values(**state))
        if plan.state is PlanState.SUBMITTED:
            plan_withdrawn.send(None, session=session, round=round_, plan=plan_by_id(plan_id, session), now=now)
        audit(session, "withdraw_plan", f"plan:{plan_id}", at=now, actor=person_id, scope=round_.id)


def cleaned(draft: PlanDraft) -> PlanDraft:
    """What was written in the form that is kept: normal signs, no invisible ones, no empty cost lines."""
    lines = [replace(line, what=clean_line(line.what)) for line in draft.lines]
    return replace(
        draft,
        title=clean_line(draft.title),
        summary=clean_line(draft.summary),
        text=clean_text(draft.text),
        place=clean_line(draft.place),
        public_name=clean_line(draft.public_name),
        picture_alt=clean_line(draft.picture_alt),
        lines=tuple(line for line in lines if line.what or line.amount),
    )


def _same_draft(session: Session, round_id: int, person_id: int, draft: PlanDraft, frame: Frame) -> int | None:
    """The draft of this person with these very words, when a form was sent twice."""
    its = (Plan.round_id == round_id) & (Plan.proposer_id == person_id) & (Plan.title == draft.title)
    whole = replace(draft, pot=rules.pot_of(draft, frame))
    for number in session.scalars(select(Plan.id).where(its, Plan.state == PlanState.DRAFT)):
        plan = plan_by_id(number, session)
        if plan and plan.draft == whole:
            return number
    return None


def _public_reasons(draft: PlanDraft, frame: Frame, sure: bool) -> list[Reason]:
    reasons = rules.submission_reasons(draft, frame)
    return reasons if reasons or sure else rules.personal_reasons(rules.public_texts(draft))


def _write(session: Session, row: Plan, draft: PlanDraft, frame: Frame) -> None:
    row.title, row.summary, row.text, row.place = draft.title, draft.summary, draft.text, draft.place
    row.theme, row.pot = draft.theme, rules.pot_of(draft, frame)
    row.own_contribution, row.asked = draft.own_contribution, rules.asked_of(draft)
    row.carried_by, row.upkeep_by, row.public_name = draft.carried_by, draft.upkeep_by, draft.public_name
    row.picture, row.picture_alt = draft.picture, draft.picture_alt
    session.add(row)
    session.flush()
    _write_lines(session, row.id, draft.lines)


def _write_lines(session: Session, plan_id: int, lines: tuple[CostLine, ...]) -> None:
    """Put these cost lines in the place of the earlier ones."""
    session.execute(delete(PlanCostLine).where(PlanCostLine.plan_id == plan_id))
    for position, line in enumerate(lines, start=1):
        columns = {"what": line.what, "amount": line.amount, "vat_percent": line.vat_percent, "yearly": line.yearly}
        session.execute(insert(PlanCostLine).values(plan_id=plan_id, position=position, **columns))


def _confirm_by_mail(session: Session, round_: RoundRecord, plan: PlanRecord) -> None:
    proposer, phase = person_by_id(plan.proposer_id, session), round_.frame.calendar.phase(PhaseKind.PROPOSE)
    if proposer is not None and phase is not None:
        link = site_url("plans.page", proposer.locale, slug=round_.slug, code=plan.code)
        facts = {"plan": plan, "round": round_, "closes": phase.closes, "link": link}
        queue_mail(session, proposer.email, *compose("plan_submitted", proposer.locale, **facts), proposer.locale)
