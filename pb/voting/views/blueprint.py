"""The blueprint of the room, and what its journeys share: the ballot as a page shows it."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from pb.base.hashing import tagged_hash
from pb.base.refusals import Reason
from pb.plans.values import PlanRecord
from pb.rounds.guard import keep_round, the_round
from pb.rounds.reads import now_of
from pb.rounds.values import BallotKind, Pot, RoundRecord
from pb.voting.protocol import numbers_in, plans_in
from pb.voting.reads import ballot_words, round_and_box, sealed_of
from pb.voting.rules import expected_by, money_per_pot, open_reasons
from pb.voting.values import BallotPlan, Box, Choices, Manifest, SealedManifest

bp = Blueprint("voting", __name__)

Shown = tuple[BallotPlan, PlanRecord]
"""A plan as it was sealed, with its words and picture."""


@dataclass(frozen=True, slots=True)
class SealedVote:
    """A round whose ballot is sealed."""

    round: RoundRecord
    box: Box
    sealed: SealedManifest

    @property
    def manifest(self) -> Manifest:
        """What two people sealed."""
        return self.sealed.manifest

    def pots(self, style: str) -> list[Pot]:
        """The pots that a ballot style votes in."""
        return [self.manifest.frame.pot(code) for code in self.manifest.styles[style]]

    def ballot(self, style: str, order: str) -> list[Shown]:
        """What a voter of this style chooses from; `order` draws another order for each visit, and none is by code."""
        plans = [plan for plan in self.manifest.plans_of(style) if plan.code not in self.box.withdrawn]
        return self._shown(sorted(plans, key=lambda plan: tagged_hash("order", order, plan.code)))

    def chosen(self, choices: Choices) -> list[Shown]:
        """The chosen plans, also those that were withdrawn meanwhile; in an order of places, or the most points first."""
        numbers, upwards = numbers_in(choices), self.manifest.frame.ballot.kind is BallotKind.RANKING
        mine = [plan for plan in self.manifest.plans if plan.code in plans_in(choices)]
        return self._shown(sorted(mine, key=lambda plan: numbers.get(plan.code, 0) * (1 if upwards else -1)))

    def rivals(self, plan: BallotPlan) -> list[PlanRecord]:
        """The plans that cannot win together with this one."""
        groups = (group for group in self.manifest.conflicts if plan.code in group)
        words = ballot_words(self.box)
        return [words[code] for group in groups for code in group if code != plan.code]

    def named(self, reasons: Iterable[Reason]) -> list[Reason]:
        """Reasons about a plan with its title in place of its code."""
        words = ballot_words(self.box)
        return [_named(words, reason) for reason in reasons]

    def withdrawn(self, style: str) -> list[Shown]:
        """The plans of this style that left the ballot while people vote."""
        return self._shown(plan for plan in self.manifest.plans_of(style) if plan.code in self.box.withdrawn)

    def logged_by(self) -> datetime | None:
        """When a ballot of now is usually in the public log; nothing once nobody votes any more."""
        now = now_of(self.round)
        return expected_by(now, self.box.closes, self.manifest.frame.zone) if now < self.box.closes else None

    def spent(self, choices: Choices) -> Mapping[str, int]:
        """What choices cost, in cents per pot."""
        return money_per_pot(self.manifest, choices)

    def _shown(self, plans: Iterable[BallotPlan]) -> list[Shown]:
        words = ballot_words(self.box)
        return [(plan, words[plan.code]) for plan in plans]


def _named(words: Mapping[str, PlanRecord], reason: Reason) -> Reason:
    plan = words.get(str(reason.facts.get("plan")))
    return replace(reason, facts={**reason.facts, "plan": plan.title}) if plan else reason


@bp.app_template_filter("numbers")
def numbers(choices: Choices) -> Mapping[str, int]:
    """The points or the place of each chosen plan, by its code."""
    return numbers_in(choices)


def sealed_vote(slug: str) -> SealedVote | None:
    """The vote at this address, open or not; `None` while its ballot is not sealed."""
    round_, box = round_and_box(slug) or abort(404)
    keep_round(round_)
    return SealedVote(round_, box, sealed_of(box)) if box else None


def open_vote(slug: str) -> SealedVote | list[Reason]:
    """The vote at this address, or why it takes no votes now."""
    vote, round_ = sealed_vote(slug), the_round(slug)
    reasons = open_reasons(vote.box if vote else None, now_of(round_), round_.frame)
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
