"""The blueprint of the room, and what its journeys share: the ballot as a page shows it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from pb.base.hashing import tagged_hash
from pb.base.refusals import Reason
from pb.plans.values import PlanRecord
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of
from pb.rounds.values import Pot, RoundRecord
from pb.selection.reads import shortlist
from pb.voting.reads import box_of, manifest
from pb.voting.rules import money_per_pot, open_reasons
from pb.voting.values import BallotPlan, Box, Choices, Manifest

bp = Blueprint("voting", __name__)


@dataclass(frozen=True, slots=True)
class SealedVote:
    """A round whose ballot is sealed."""

    round: RoundRecord
    box: Box
    manifest: Manifest

    def pots(self, style: str) -> list[Pot]:
        """The pots that a ballot style votes in."""
        return [self.manifest.frame.pot(code) for code in self.manifest.styles[style]]

    def plans(self, style: str, order: str = "") -> list[tuple[BallotPlan, PlanRecord]]:
        """The plans of a style with their words; `order` draws another order for each visit, and none is by code."""
        words = {plan.code: plan for plan in shortlist(self.round.id)}
        plans = [
            plan for plan in self.manifest.plans_of(style) if plan.code in words and plan.code not in self.box.withdrawn
        ]
        if order:
            plans.sort(key=lambda plan: tagged_hash("order", order, plan.code))
        return [(plan, words[plan.code]) for plan in plans]

    def chosen(self, style: str, choices: Choices) -> list[tuple[BallotPlan, PlanRecord]]:
        """The chosen plans with their words."""
        return [(plan, record) for plan, record in self.plans(style) if plan.code in choices]

    def spent(self, choices: Choices) -> Mapping[str, int]:
        """What choices cost, in cents per pot."""
        return money_per_pot(self.manifest, choices)


def sealed_vote(slug: str) -> SealedVote | None:
    """The vote at this address, open or not; `None` while its ballot is not sealed."""
    round_ = the_round(slug)
    box, sealed = box_of(round_.id), manifest(round_.id)
    return SealedVote(round_, box, sealed) if box and sealed else None


def open_vote(slug: str) -> SealedVote | list[Reason]:
    """The vote at this address, or why it takes no votes now."""
    vote = sealed_vote(slug)
    reasons = open_reasons(vote.box if vote else None, now_of(the_round(slug)))
    return reasons if reasons or vote is None else vote


def not_open(slug: str, reasons: list[Reason], status: int = 200) -> ResponseReturnValue:
    """The page that says since when or from when on, and that nothing was taken."""
    return render_template("voting/not_open.html", round=the_round(slug), reasons=reasons), status


def new_order() -> str:
    """Draws an order of the plans for one visit."""
    return secrets.token_hex(4)


def known_style(vote: SealedVote, style: str) -> str:
    """The style when the round has it; 404 for an invented one."""
    return style if style in vote.manifest.styles else abort(404)
