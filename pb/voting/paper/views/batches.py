"""The batches that came in, one of them, and the form that is printed."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of, roles_of
from pb.voting.paper.acts import register_batch
from pb.voting.paper.printing import printed_sheet
from pb.voting.paper.reads import batch_counts, paper_keys
from pb.voting.paper.rules import next_form, registering_reasons, spans
from pb.voting.paper.values import PaperRefusal
from pb.voting.paper.views.stack import WHO, closed_reasons, forms_for, the_batch, typed_number
from pb.voting.rules import last_moment, paper_until
from pb.voting.views.blueprint import bp, known_style, sealed_vote


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
        number = register_batch(the_round(slug).id, typed_number("forms"), current_user.id)
    except Refused as refused:
        return _overview(slug, refused.reasons, refused.status)
    flash(gettext("paper.done.registered", number=number), "done")
    return redirect(url_for("voting.paper", slug=slug), 303)


@bp.get("/beheer/rondes/<slug>/papier/<int:number>")
@access.role(*WHO, Role.AUDITOR)
def paper_batch(slug: str, number: int) -> ResponseReturnValue:
    """One batch: which forms are open, and what became of the others."""
    vote, batch = the_batch(slug, number)
    forms = forms_for(vote, batch)
    may_enter = bool(roles_of(current_user.id, vote.round.id).intersection(WHO))
    return render_template(
        "voting/paper_batch.html",
        round=vote.round,
        batch=batch,
        waiting=_grouped((form.state, form.number) for form in forms if not form.outcome),
        done=_grouped((form.outcome, form.number) for form in forms if form.outcome),
        next=next_form(forms, 0) if may_enter else None,
        closed=closed_reasons(vote),
    )


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


def _grouped(named: Iterable[tuple[StrEnum, int]]) -> dict[StrEnum, str]:
    """The numbers of forms by what they are, as people write them down."""
    groups: dict[StrEnum, list[int]] = {}
    for name, number in named:
        groups.setdefault(name, []).append(number)
    return {name: spans(numbers) for name, numbers in groups.items()}
