"""What a count says of a plan, in sentences of the request's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from pb.base.money import Cents
from pb.counting.ledger import Ledger, Part, Step, Why
from pb.counting.story import Sentence, Told
from pb.results.bundle import votes_name
from pb.results.reads import public_names
from pb.results.values import Explanation, Outcome
from pb.results.views.blueprint import figure
from pb.rounds.values import Pot, RoundRecord
from pb.words import euros

MONEY = {"amount", "cost", "left"}
"""Facts of a story that are cents."""


@dataclass(frozen=True, slots=True)
class Account:
    """A count that is told: titles of plans by code, and where a plan's own page is.

    `hidden` are pots in which so few people voted that only the steps are told.
    """

    ledger: Ledger
    explanation: Explanation
    titles: Mapping[str, str]
    pots: Sequence[Pot]
    address: Callable[[str], str] = lambda _: ""
    hidden: frozenset[str] = frozenset()

    @property
    def by_points(self) -> bool:
        """Whether votes are points."""
        return self.explanation.by_points

    @property
    def shares(self) -> bool:
        """Whether voters had money of their own to spend."""
        return bool(self.ledger.shares)

    @property
    def paid(self) -> bool:
        """Whether voters paid for the winners: not so where a comparison let most votes stand."""
        return self.shares and any(step.price is not None for step in self.ledger.steps)

    @property
    def fills(self) -> bool:
        """Whether what is left went to plans by most votes."""
        return any(step.part is Part.COMPLETION for step in self.ledger.steps)


def account_of(round_: RoundRecord, found: Outcome) -> Account:
    """The count of a round as pages tell it."""
    names, pots = public_names(round_), round_.frame.all_pots()
    return Account(
        ledger=found.ledger,
        explanation=found.explanation,
        titles={one.plan.code: one.plan.title for one in found.results},
        pots=pots,
        address=lambda code: url_for("plans.page", slug=round_.slug, code=code),
        hidden=frozenset(pot.code for pot in pots if votes_name(pot.code) not in names),
    )


def whole_euros(money: Cents) -> str:
    """What many people have together, without the cents."""
    return euros(money // 100 * 100)


def lacking(account: Account, step: Step) -> list[str]:
    """What a plan lacked that did not win. Where the pot had less than its supporters, no price is told: that says it all."""
    story = [one for one in account.explanation.stories.get(step.plan, ()) if one.told is not Told.SPENT]
    if step.why is Why.SUPPORT_TOO_POOR and floor(step.held or 0) > step.before:
        story = [one for one in story if one.told not in {Told.CHEAPER, Told.MORE_PEOPLE}]
        return [*(told(account, one) for one in story), gettext("story.pot_left", left=whole_euros(step.before))]
    return [told(account, one) for one in story]


def told(account: Account, sentence: Sentence) -> str:
    """A sentence of a plan's story, with titles for codes."""
    facts = {name: _fact(account, name, value) for name, value in sentence.facts.items()}
    match sentence.told:
        case Told.PLACE if account.paid and not account.by_points:
            return str(ngettext("story.chosen", "story.chosen", sentence.facts["votes"], votes=facts["votes"]))
        case Told.SUPPORT_TOO_POOR:
            key = "story.too_poor.points" if account.by_points else "story.too_poor"
            return str(gettext(key, cost=facts["cost"], left=whole_euros(sentence.facts["left"])))
        case Told.SPENT:
            return str(gettext("story.spent_row", plan=facts["plan"], amount=whole_euros(sentence.facts["amount"])))
        case Told.CHEAPER:
            amount = whole_euros(sentence.facts["amount"]) if account.paid else facts["amount"]
            return str(gettext("story.cheaper", amount=amount))
        case Told.MORE_PEOPLE:
            return str(ngettext("story.more_people", "story.more_people", sentence.facts["people"], **facts))
        case Told.PLACE | Told.MORE_VOTES | Told.TOO_FEW_VOTES if account.by_points:
            return str(gettext(f"story.points.{sentence.told.name.lower()}", **facts))
    return str(gettext(sentence.told.value, **facts))


def _fact(account: Account, name: str, value: Any) -> Any:
    if name in MONEY:
        return euros(value)
    if name == "plan":
        return ", ".join(f"‘{account.titles.get(code, code)}’" for code in str(value).split(", "))
    return figure(value) if isinstance(value, int) else value
