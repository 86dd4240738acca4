"""A form at a time, by keyboard: what one person reads on it, without seeing what another one read."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.refusals import Reason, Refused
from pb.roll.codes import read_code
from pb.voting.paper.acts import enter_form
from pb.voting.paper.numbers import plan_numbers, read_numbers
from pb.voting.paper.rules import next_form
from pb.voting.paper.values import BatchRecord, Entered, Reading, Verdict
from pb.voting.paper.views.stack import WHO, closed_reasons, forms_for, the_batch, typed_number
from pb.voting.reads import ballot_words
from pb.voting.views.blueprint import SealedVote, bp


@bp.get("/beheer/rondes/<slug>/papier/<int:number>/invoer")
@access.role(*WHO)
def paper_form(slug: str, number: int) -> ResponseReturnValue:
    """The next form to read, after the one that was entered before."""
    vote, batch = the_batch(slug, number)
    following = next_form(forms_for(vote, batch), request.args.get("na", 0, int))
    return _form_page(vote, batch, {"form": str(following or "")}, closed_reasons(vote), done=following is None)


@bp.post("/beheer/rondes/<slug>/papier/<int:number>/invoer")
@access.role(*WHO)
def enter_paper_form(slug: str, number: int) -> ResponseReturnValue:
    """Enter a form, and go on to the next; what is not taken stays to be mended."""
    vote, batch = the_batch(slug, number)
    form = typed_number("form")
    try:
        entered = enter_form(vote.round.id, number, form, _reading(vote), current_user.id)
    except Refused as refused:
        return _form_page(vote, batch, request.form.to_dict(), refused.reasons, refused.status)
    flash(_told(form, entered), "done")
    return redirect(url_for("voting.paper_form", slug=slug, number=number, na=form), 303)


def _form_page(
    vote: SealedVote,
    batch: BatchRecord,
    typed: dict[str, str],
    reasons: Sequence[Reason],
    status: int = 200,
    done: bool = False,
) -> ResponseReturnValue:
    words = ballot_words(vote.box)
    page = render_template(
        "voting/paper_form.html",
        round=vote.round,
        batch=batch,
        typed=typed,
        done=done,
        reasons=reasons,
        closed=closed_reasons(vote),
        verdicts=list(Verdict),
        plans=[(number, words[plan.code], plan) for number, plan in plan_numbers(vote.manifest).items()],
    )
    return page, status


def _reading(vote: SealedVote) -> Reading:
    """What the clerk read. Raises `Refused` for a typing error in code or numbers, and for a verdict that is none."""
    said = request.form.get("verdict", "")
    verdict = Verdict(said) if said in set(Verdict) else abort(400)
    if verdict is not Verdict.VOTE:
        return Reading(verdict)
    choices = read_numbers(vote.manifest, request.form.get("plans", ""), vote.box.withdrawn)
    return Reading(verdict, choices, read_code(request.form.get("code", "")))


def _told(form: int, entered: Entered) -> str:
    why = gettext(f"paper.outcome.{entered.outcome}") if entered.outcome else ""
    return str(gettext(f"paper.entered.{entered.step}", form=form, why=why))
