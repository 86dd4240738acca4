"""The organiser's page of a draw by hand: its order is typed as the numbers of the plans, and a second person confirms it."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.rounds.reads import open_requests, roles_of
from pb.rounds.values import TwoPersonDeed
from pb.voting.acts import ask_to_enter_draw
from pb.voting.paper.numbers import plan_numbers, read_order
from pb.voting.reads import ballot_words, hand_drawn
from pb.voting.rules import drawing_reasons
from pb.voting.views.blueprint import SealedVote, bp, sealed_vote


@bp.get("/beheer/rondes/<slug>/stemming/loting")
@access.role(Role.ORGANISER, Role.COUNCIL)
def draw(slug: str) -> ResponseReturnValue:
    """The draw as it stands, or the form for it, or why it cannot be entered now."""
    return _page(sealed_vote(slug) or abort(404))


@bp.post("/beheer/rondes/<slug>/stemming/loting")
@access.role(Role.ORGANISER)
def ask_for_draw(slug: str) -> ResponseReturnValue:
    """Ask a second person to confirm the draw; what is not taken stays to be mended."""
    vote, typed = sealed_vote(slug) or abort(404), request.form
    try:
        order = read_order(vote.manifest, typed.get("order", ""))
        ask_to_enter_draw(vote.round.id, order, typed.get("how", ""), current_user.id)
    except Refused as refused:
        return _page(vote, vote.named(refused.reasons), refused.status)
    flash(gettext("voting.draw.asked"), "done")
    return redirect(url_for("voting.draw", slug=slug), 303)


def _page(vote: SealedVote, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    round_, words, drawn = vote.round, ballot_words(vote.box), hand_drawn(vote.round.id)
    page = render_template(
        "voting/draw.html",
        round=round_,
        drawn=drawn,
        titles=[words[code].title for code in drawn.order] if drawn else [],
        plans=[(number, words[plan.code].title) for number, plan in plan_numbers(vote.manifest).items()],
        not_now=drawing_reasons(vote.manifest, vote.box, drawn),
        waiting=[one for one in open_requests(round_.id) if one.deed is TwoPersonDeed.ENTER_DRAW],
        may_act=Role.ORGANISER in roles_of(current_user.id, round_.id),
        reasons=reasons,
    )
    return page, status
