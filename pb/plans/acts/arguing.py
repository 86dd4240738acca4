"""Reasons for and against a plan: a neighbour gives one, an organiser hides what should not stand there."""

from sqlalchemy.orm import Session

from pb.base.refusals import Refused
from pb.base.text import clean_line, clean_text
from pb.base.transaction import transaction
from pb.office.acts import audit, queue_mail
from pb.office.mail import compose, site_url
from pb.people.reads import person_by_id
from pb.plans import rules
from pb.plans.acts.held import hold, refuse
from pb.plans.models import Argument
from pb.plans.reads import arguments_by, arguments_of
from pb.plans.values import ArgumentRecord, PlanRecord, PlanRefusal, Side
from pb.rounds.values import RoundRecord


def give_argument(person_id: int, plan_id: int, side: Side, text: str, public_name: str, *, sure: bool = False) -> None:
    """A person says why for or against, under the name that they choose; the same words again change nothing.

    Raises `Refused` when the plan is not open to arguments, and points out what looks personal unless they are `sure`.
    """
    with transaction() as session:
        add_argument(session, person_id, plan_id, side, text, public_name, sure=sure)


def add_argument(
    session: Session, person_id: int, plan_id: int, side: Side, text: str, public_name: str, *, sure: bool = False
) -> None:
    """`give_argument` as part of another deed: what was written before signing in counts when that is confirmed."""
    text, public_name = clean_text(text), clean_line(public_name)
    plan, round_, now = hold(session, plan_id)
    refuse(rules.arguing_reasons(round_, plan, now))
    earlier = arguments_by(person_id, plan_id, session)
    if (side, text) in {(one.side, one.text) for one in earlier}:
        return
    refuse(rules.argument_reasons(text, public_name, earlier))
    refuse([] if sure else rules.personal_reasons({"text": text, "public_name": public_name}))
    row = Argument(plan_id=plan_id, person_id=person_id, side=side, text=text, public_name=public_name, at=now)
    session.add(row)
    audit(session, "give_argument", f"arguments:{plan_id}", at=now, scope=round_.id, side=side.value)


def hide_argument(argument_id: int, by: int, reason: str) -> None:
    """An organiser hides an argument, for a reason that its writer hears by mail.

    Raises `Refused` for an unknown one (404), one that is hidden already, and without a reason.
    """
    reason = clean_line(reason)
    with transaction() as session:
        row = session.get(Argument, argument_id) or _unknown()
        plan, round_, now = hold(session, row.plan_id)
        argument = _argument(session, argument_id, row.plan_id)
        refuse(rules.hiding_reasons(argument, reason))
        row.hidden_at, row.hidden_reason = now, reason
        _tell_writer(session, round_, plan, argument, row.person_id, reason)
        audit(session, "hide_argument", f"plan:{plan.id}", at=now, actor=by, scope=round_.id, reason=reason)


def _unknown() -> Argument:
    raise Refused(PlanRefusal.ARGUMENT_UNKNOWN(), status=404)


def _argument(session: Session, argument_id: int, plan_id: int) -> ArgumentRecord:
    """The argument as it is now that the round is locked."""
    known = {one.id: one for one in arguments_of(plan_id, hidden=True, session=session)}
    return known[argument_id]


def _tell_writer(
    session: Session, round_: RoundRecord, plan: PlanRecord, argument: ArgumentRecord, writer_id: int, reason: str
) -> None:
    writer = person_by_id(writer_id, session)
    if writer is not None:
        link = site_url("plans.page", writer.locale, slug=round_.slug, code=plan.code)
        facts = {"plan": plan, "round": round_, "argument": argument, "reason": reason, "link": link}
        queue_mail(session, writer.email, *compose("plan_argument_hidden", writer.locale, **facts), writer.locale)
