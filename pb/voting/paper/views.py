"""The pages of paper: batches that came in, one batch, and a form at a time by keyboard."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.roll.codes import read_code
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of, roles_of
from pb.voting.paper.acts import enter_form, register_batch
from pb.voting.paper.numbers import plan_numbers, read_numbers
from pb.voting.paper.printing import printed_sheet
from pb.voting.paper.reads import batch_counts, batch_of, forms_of, paper_keys
from pb.voting.paper.rules import entering_reasons, next_form, registering_reasons, spans
from pb.voting.paper.values import BatchRecord, Entered, FormRecord, PaperRefusal, Reading, Verdict
from pb.voting.reads import ballot_words
from pb.voting.rules import last_moment, paper_until
from pb.voting.views.blueprint import SealedVote, bp, known_style, sealed_vote

WHO = (Role.CLERK, Role.ORGANISER)
"""Who registers batches and enters forms."""


@bp.get("/beheer/rondes/<slug>/papier")
@access.role(*WHO, Role.AUDITOR)
def paper(slug: str) -> ResponseReturnValue:
    """The batches, reconciled, and how one more is registered."""
    return _overview(slug)


@bp.post("/beheer/rondes/<slug>/papier")
@access.role(*WHO)
def register_paper(slug: str) -> ResponseReturnValue:
    """Register a batch."""
    try:
        number = register_batch(the_round(slug).id, _number("forms"), current_user.id)
    except Refused as refused:
        return _overview(slug, refused.reasons, refused.status)
    flash(gettext("paper.done.registered", number=number), "done")
    return redirect(url_for("voting.paper", slug=slug), 303)


@bp.get("/beheer/rondes/<slug>/papier/<int:number>")
@access.role(*WHO, Role.AUDITOR)
def paper_batch(slug: str, number: int) -> ResponseReturnValue:
    """One batch: which forms are open, and what became of the others."""
    vote, batch = _batch(slug, number)
    forms = _forms(vote, batch)
    may_enter = bool(roles_of(current_user.id, vote.round.id).intersection(WHO))
    return render_template(
        "voting/paper_batch.html",
        round=vote.round,
        batch=batch,
        waiting=_grouped((form.state, form.number) for form in forms if not form.outcome),
        done=_grouped((form.outcome, form.number) for form in forms if form.outcome),
        next=next_form(forms, 0) if may_enter else None,
        closed=_closed(vote),
    )


@bp.get("/beheer/rondes/<slug>/papier/<int:number>/invoer")
@access.role(*WHO)
def paper_form(slug: str, number: int) -> ResponseReturnValue:
    """The next form to read, after the one that was entered before."""
    vote, batch = _batch(slug, number)
    following = next_form(_forms(vote, batch), request.args.get("na", 0, int))
    return _form_page(vote, batch, {"form": str(following or "")}, _closed(vote), done=following is None)


@bp.post("/beheer/rondes/<slug>/papier/<int:number>/invoer")
@access.role(*WHO)
def enter_paper_form(slug: str, number: int) -> ResponseReturnValue:
    """Enter a form, and go on to the next; what is not taken stays to be mended."""
    vote, batch = _batch(slug, number)
    form = _number("form")
    try:
        entered = enter_form(vote.round.id, number, form, _reading(vote), current_user.id)
    except Refused as refused:
        return _form_page(vote, batch, request.form.to_dict(), refused.reasons, refused.status)
    flash(_told(form, entered), "done")
    return redirect(url_for("voting.paper_form", slug=slug, number=number, na=form), 303)


@bp.get("/rondes/<slug>/stemformulier")
@access.public
def paper_sheet(slug: str) -> ResponseReturnValue:
    """The paper form to print, for one ballot style."""
    vote = sealed_vote(slug) or abort(404)
    if not vote.manifest.frame.paper_days:
        raise Refused(PaperRefusal.NO_PAPER(), status=404)
    style = known_style(vote, request.args.get("gebied") or next(iter(vote.manifest.styles)))
    response = Response(printed_sheet(vote, style), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-stemformulier-{style}.pdf"'
    return response


def _overview(slug: str, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    round_, vote = the_round(slug), sealed_vote(slug)
    page = render_template(
        "voting/paper.html",
        round=round_,
        vote=vote,
        counts=batch_counts(round_.id, paper_keys(vote.box, vote.manifest)) if vote else (),
        until=last_moment(paper_until(vote.box, vote.manifest), round_.frame) if vote else None,
        closes=last_moment(vote.box.closes, round_.frame) if vote else None,
        registering=registering_reasons(vote.box, vote.manifest, 1, now_of(round_)) if vote else (),
        may_act=bool(roles_of(current_user.id, round_.id).intersection(WHO)),
        reasons=reasons,
    )
    return page, status


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
        closed=_closed(vote),
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


def _batch(slug: str, number: int) -> tuple[SealedVote, BatchRecord]:
    vote = sealed_vote(slug) or abort(404)
    found = batch_of(vote.round.id, number)
    if found is None:
        raise Refused(PaperRefusal.BATCH_UNKNOWN(), status=404)
    return vote, found


def _forms(vote: SealedVote, batch: BatchRecord) -> tuple[FormRecord, ...]:
    return forms_of(vote.round.id, batch, paper_keys(vote.box, vote.manifest), current_user.id)


def _grouped(named: Iterable[tuple[StrEnum, int]]) -> dict[StrEnum, str]:
    """The numbers of forms by what they are, as people write them down."""
    groups: dict[StrEnum, list[int]] = {}
    for name, number in named:
        groups.setdefault(name, []).append(number)
    return {name: spans(numbers) for name, numbers in groups.items()}


def _closed(vote: SealedVote) -> list[Reason]:
    return entering_reasons(vote.box, vote.manifest, now_of(vote.round))


def _told(form: int, entered: Entered) -> str:
    why = gettext(f"paper.outcome.{entered.outcome}") if entered.outcome else ""
    return str(gettext(f"paper.entered.{entered.step}", form=form, why=why))


def _number(field: str) -> int:
    """A whole number of the form, in plain digits; 0, which no rule takes, for anything else."""
    written = request.form.get(field, "").strip()
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0
