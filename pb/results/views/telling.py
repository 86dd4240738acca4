"""A count in words of the request's language, step by step: of a round's result, and of a trial that nobody keeps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from pb.base.money import Cents
from pb.counting.ledger import Ledger, Part, Share, Step
from pb.counting.story import Sentence, Told
from pb.results.bundle import votes_name
from pb.results.reads import public_names
from pb.results.rules import flow_bands, part_of
from pb.results.values import Explanation, Outcome
from pb.results.views.blueprint import figure, scored
from pb.rounds.values import Pot, RoundRecord
from pb.words import euros

MONEY = {"amount", "cost", "left"}
"""Facts of a story that are cents."""
MOST_STREAMS = 11
"""Winners that have a stream of their own in a drawing."""


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


@dataclass(frozen=True, slots=True)
class StepTold:
    """A plan with its sentences, and a bar: so much per cent of it are filled, which `words` says.

    `spent` tells what else its supporters paid for.
    """

    step: Step
    title: str
    href: str
    sentences: list[str]
    filled: float
    words: str
    start: float = 0.0
    spent: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PotTold:
    """The story of one pot, with the streams of money to its winners and to what is left."""

    pot: Pot
    share: Share | None
    winners: list[StepTold]
    lost: list[StepTold]
    flow: list[dict[str, Any]]


def told_by_pot(account: Account) -> list[PotTold]:
    """The story of every pot that had plans on the ballot."""
    pots = ((pot, [step for step in account.ledger.steps if step.pot == pot.code]) for pot in account.pots)
    return [_pot(account, pot, steps) for pot, steps in pots if steps]


def _pot(account: Account, pot: Pot, steps: Sequence[Step]) -> PotTold:
    winners = [_winner(account, pot, step) for step in steps if step.won]
    return PotTold(
        pot=pot,
        share=next((share for share in account.ledger.shares if share.pot == pot.code), None),
        winners=winners,
        lost=[_loser(account, step) for step in steps if not step.won],
        flow=_flow(winners, pot.amount),
    )


def _flow(winners: Sequence[StepTold], money: Cents) -> list[dict[str, Any]]:
    """A row for each winner, of many the dearest, one for the others together, and one for what is left."""
    if not winners:
        return []
    dearest = sorted(winners, key=lambda one: -one.step.cost)[:MOST_STREAMS]
    shown = list(winners) if len(winners) <= MOST_STREAMS + 1 else [one for one in winners if one in dearest]
    rows = [(one.title, f"#plan-{one.step.plan}", one.step.cost, False) for one in shown]
    total, some = (sum(one.step.cost for one in group) for group in (winners, shown))
    if total > some:
        others = ngettext("story.flow.others", "story.flow.others", len(winners) - len(shown))
        rows.append((others, "", total - some, False))
    if money > total:
        rows.append((gettext("results.money.left"), "", money - total, True))
    bands = flow_bands([amount for *_, amount, _ in rows], money)
    return [
        {"title": title, "href": href, "amount": euros(amount), "rest": rest, "band": band}
        for (title, href, amount, rest), band in zip(rows, bands, strict=True)
    ]


def _winner(account: Account, pot: Pot, step: Step) -> StepTold:
    title, href = account.titles[step.plan], account.address(step.plan)
    held = account.explanation.held.get(step.plan)
    if held is not None and step.price is not None:
        words = gettext("story.bar.paid", cost=euros(step.cost), held=whole_euros(held))
        return StepTold(step, title, href, _bought(account, step, held), part_of(step.cost, held), words)
    words = gettext("story.bar.spent", cost=euros(step.cost), left=euros(step.after))
    start = part_of(pot.amount - step.before, pot.amount)
    return StepTold(step, title, href, _fitted(account, step), part_of(step.cost, pot.amount), words, start)


def _bought(account: Account, step: Step, held: Cents) -> list[str]:
    each = euros(ceil(step.price or 0))
    facts = {"people": figure(step.payers), "held": whole_euros(held), "cost": euros(step.cost), "each": each}
    if account.by_points:
        return [gettext("story.bought.points", score=scored(step.votes, by_points=True), **facts)]
    all_paid = step.payers == step.votes
    said = [gettext("story.bought.all" if all_paid else "story.bought.some", votes=figure(step.votes), **facts)]
    if step.emptied == step.payers:
        return [*said, gettext("story.paid.everything", cost=euros(step.cost))]
    said.append(gettext("story.paid", cost=euros(step.cost), each=each))
    return [*said, gettext("story.emptied", people=figure(step.emptied))] if step.emptied else said


def whole_euros(money: Cents) -> str:
    """What many people have together, without the cents."""
    return euros(money // 100 * 100)


def _fitted(account: Account, step: Step) -> list[str]:
    facts = {"score": scored(step.votes, by_points=account.by_points), "cost": euros(step.cost)}
    if step.price is None:
        return [gettext(f"story.fits.{step.part}", left=euros(step.before), **facts)]
    return [gettext("story.saved", people=figure(step.payers), each=euros(ceil(step.price)), **facts)]


def _loser(account: Account, step: Step) -> StepTold:
    """What it lacked: the money of those who chose it, or what was left at its turn."""
    had = step.before if step.held is None else floor(step.held)
    key = "story.bar.left" if step.held is None else "story.bar.held"
    story = account.explanation.stories.get(step.plan, ())
    spent = [] if step.pot in account.hidden else [one for one in story if one.told is Told.SPENT]
    return StepTold(
        step=step,
        title=account.titles[step.plan],
        href=account.address(step.plan),
        sentences=[told(account, one) for one in story if one.told is not Told.SPENT],
        filled=part_of(had, step.cost),
        words=gettext(key, cost=euros(step.cost), left=whole_euros(had) if step.held else euros(had)),
        spent=[told(account, one) for one in spent],
    )


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
            return str(gettext("story.cheaper", **facts))
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
