"""The blueprint of the room, and what its journeys share."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from pb.base.refusals import Reason, Refused
from pb.people.acts import ask_sign_in
from pb.people.session import await_code
from pb.plans.markdown import html_of
from pb.plans.reads import plan_by_code
from pb.plans.values import PlanRecord, PlanRefusal
from pb.rounds.values import RoundRecord
from pb.words import say

bp = Blueprint("plans", __name__)
bp.add_app_template_filter(html_of, "plan_text")


def the_plan(round_: RoundRecord, code: str) -> PlanRecord:
    """The plan with this code in this round, a draft for its proposer only; 404 when there is none."""
    drafts_of = current_user.id if current_user.is_authenticated else None
    return plan_by_code(round_.id, code, drafts_of) or abort(404)


def own_plan(round_: RoundRecord, code: str) -> PlanRecord:
    """The plan with this code, for its proposer; to everybody else there is no such page (404)."""
    plan = the_plan(round_, code)
    return plan if current_user.is_authenticated and plan.proposer_id == current_user.id else abort(404)


def closed_page(round_: RoundRecord, reasons: Sequence[Reason]) -> str:
    """A page that would be a form, while what it is for is not open: why, and where to go on."""
    return render_template("plans/closed.html", round=round_, reasons=reasons)


def wait_for_mail(email: str, next_path: str, deed: dict[str, Any]) -> ResponseReturnValue:
    """Keep a deed until its address is confirmed, and go where the code is asked for. Raises `Refused`."""
    await_code(ask_sign_in(email, next_path, deed))
    return redirect(url_for("people.code"))


def on_form(form: FlaskForm, refused: Refused) -> tuple[Reason, ...]:
    """Say each reason at the field that it is about; what is about none is given back, to stand above the form.

    `form.ask_sure` becomes whether something personal was pointed out.
    """
    general = []
    form.ask_sure = any(reason.refusal is PlanRefusal.PERSONAL_DATA for reason in refused.reasons)
    for reason in refused.reasons:
        if reason.about in form and reason.about != "lines":
            form[reason.about].errors = [*form[reason.about].errors, say(reason)]
        else:
            general.append(reason)
    return tuple(general)
