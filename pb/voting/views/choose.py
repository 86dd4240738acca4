"""A voter's first step: choose. Who somebody is comes last, so that everyone may look and try."""

import re
from collections.abc import Sequence

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.base.refusals import Reason
from pb.rounds.values import DoorKind
from pb.voting.kept import Kept, keep, read_kept
from pb.voting.padding import padded
from pb.voting.protocol import normal_choices, numbered, plans_in
from pb.voting.rules import choice_reasons, style_of_postcode
from pb.voting.values import VoteRefusal
from pb.voting.views.blueprint import SealedVote, bp, known_style, new_order, not_open, open_vote

WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)


@bp.get("/rondes/<slug>/stemmen")
@access.public
def choose(slug: str) -> ResponseReturnValue:
    """The ballot; where the money is divided by area it first asks for the postcode."""
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        return not_open(slug, vote)
    kept, area = read_kept(slug, vote.manifest), request.args.get("gebied")
    if area:
        return empty_ballot(vote, known_style(vote, area))
    if kept is not None and not kept.cast and area is None:
        return ballot_page(vote, kept, withdrawn_reasons(vote, kept))
    return start_page(vote)


@bp.post("/rondes/<slug>/stemmen/gebied")
@access.public
def find_area(slug: str) -> ResponseReturnValue:
    """From a postcode, which is kept nowhere, to the ballot of its area."""
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        return not_open(slug, vote, 409)
    style = style_of_postcode(vote.manifest.frame, request.form.get("postcode", "")[:12])
    if style is None:
        return area_page(vote, [VoteRefusal.POSTCODE_UNKNOWN(about="postcode")], 422)
    return redirect(url_for("voting.choose", slug=slug, gebied=style), 303)


@bp.post("/rondes/<slug>/stemmen")
@access.public
def keep_choices(slug: str) -> ResponseReturnValue:
    """Keep the choices on the voter's device and go on to the code, which asks whether a blank ballot is meant."""
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        return not_open(slug, vote, 409)
    kept, strange = _sent(vote)
    reasons = strange or choice_reasons(vote.manifest, kept.style, kept.choices, vote.box.withdrawn)
    if reasons:
        return ballot_page(vote, kept, reasons, 422)
    last = "voting.code" if vote.round.frame.door.kind is DoorKind.CODES else "voting.confirm"
    response = make_response(redirect(url_for(last, slug=slug), 303))
    return keep(response, vote.round, vote.manifest, kept)


def start_page(vote: SealedVote, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    """Where a voter begins: an empty ballot, or the question for the area where there are several ballots."""
    if len(vote.manifest.styles) > 1:
        return area_page(vote, reasons, status)
    return empty_ballot(vote, next(iter(vote.manifest.styles)), reasons, status)


def empty_ballot(
    vote: SealedVote, style: str, reasons: Sequence[Reason] = (), status: int = 200
) -> ResponseReturnValue:
    """The ballot of a style in a new order, with nothing on it."""
    return _ballot(vote, Kept(style, (), new_order()), reasons), status


def ballot_page(vote: SealedVote, kept: Kept, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    """The ballot with what was chosen; `reasons` say why the choices do not count yet."""
    page = make_response(_ballot(vote, kept, reasons), status)
    return padded(page, len(vote.manifest.plans))


def _ballot(vote: SealedVote, kept: Kept, reasons: Sequence[Reason]) -> str:
    plans = vote.ballot(kept.style, kept.order)
    there = {plan.code for plan, _ in plans}
    chosen = [shown for shown in vote.chosen(kept.choices) if shown[0].code in there]
    return render_template(
        "voting/choose.html",
        round=vote.round,
        vote=vote,
        kept=kept,
        plans=plans,
        chosen=chosen,
        spent=vote.spent(tuple(plan.code for plan, _ in chosen)),
        reasons=vote.named(reasons),
    )


def area_page(vote: SealedVote, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    """The question for the postcode, and the areas by name for who does not want to answer it."""
    return render_template("voting/area.html", round=vote.round, vote=vote, reasons=reasons), status


def withdrawn_reasons(vote: SealedVote, kept: Kept) -> list[Reason]:
    """That a kept plan left the ballot meanwhile, so that a voter looks again."""
    return [VoteRefusal.PLAN_WITHDRAWN()] if set(plans_in(kept.choices)) & set(vote.box.withdrawn) else []


def _sent(vote: SealedVote) -> tuple[Kept, list[Reason]]:
    """What the form holds, and what in it is no number; a style or order that no page made is not used."""
    order, style = request.form.get("order", ""), known_style(vote, request.form.get("style", ""))
    typed = _typed(vote, style) if vote.manifest.frame.ballot.numbered else {}
    given = [numbered(code, int(number)) for code, number in typed.items() if WHOLE.fullmatch(number)]
    kept = Kept(
        style=style,
        choices=normal_choices([*request.form.getlist("plan"), *given]),
        order=order if re.fullmatch(r"[0-9a-f]{8}", order) else new_order(),
    )
    return kept, [VoteRefusal.NOT_A_NUMBER(plan=code) for code in typed if not WHOLE.fullmatch(typed[code])]


def _typed(vote: SealedVote, style: str) -> dict[str, str]:
    """What was typed or chosen beside each plan, by its code; nothing and 0 are no choice."""
    found = {plan.code: request.form.get(f"number-{plan.code}", "").strip() for plan in vote.manifest.plans_of(style)}
    return {code: number for code, number in found.items() if number.strip("0")}
