"""A count in words of the request's language, step by step: of a round's result, and of a trial that nobody keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from flask_babel import gettext, ngettext

from pb.base.money import Cents
from pb.counting.ledger import Share, Step, Why
from pb.counting.story import Told
from pb.results.rules import flow_bands, part_of
from pb.results.views.blueprint import about, figure, scored
from pb.results.views.sentences import Account, lacking, told, whole_euros
from pb.rounds.values import Pot
from pb.words import euros

MOST_STREAMS = 11
"""Winners that have a stream of their own in a drawing."""


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
    """The story of one pot, with the streams of money to its winners and to what is left.

    `row` has the winners in turn, and between them the plans that were passed over.
    """

    pot: Pot
    share: Share | None
    row: list[StepTold]
    winners: list[StepTold]
    lost: list[StepTold]
    flow: list[dict[str, Any]]
    rise: list[dict[str, Any]]


def told_by_pot(account: Account) -> list[PotTold]:
    """The story of every pot that had plans on the ballot."""
    pots = ((pot, [step for step in account.ledger.steps if step.pot == pot.code]) for pot in account.pots)
    return [_pot(account, pot, steps) for pot, steps in pots if steps]


def _pot(account: Account, pot: Pot, steps: Sequence[Step]) -> PotTold:
    winners = [_winner(account, pot, step) for step in steps if step.won]
    share = next((share for share in account.ledger.shares if share.pot == pot.code), None)
    return PotTold(
        pot=pot,
        share=share,
        row=_row(account, steps, winners),
        winners=winners,
        lost=[_loser(account, step) for step in steps if not step.won],
        flow=_flow(winners, pot.amount),
        rise=_rise(share, pot.amount, sum(one.step.cost for one in winners)) if share and share.rises else [],
    )


def _rise(share: Share, money: Cents, cost: Cents) -> list[dict[str, Any]]:
    """Bars of what all votes could put in, at first and in the end, and of what the winners cost; `line` is the pot."""
    first, last = (floor(one * share.voters) for one in (share.first, share.last))
    bars = (
        ("spent", first, gettext("story.rise.first", amount=about(share.first))),
        ("hatched", last, gettext("story.rise.last", amount=about(share.last))),
        ("won", cost, gettext("story.rise.winners")),
    )
    line = part_of(money, last)
    return [
        {"kind": kind, "filled": part_of(amount, last), "line": line, "amount": whole_euros(amount), "words": words}
        for kind, amount, words in bars
    ]


def _row(account: Account, steps: Sequence[Step], winners: Sequence[StepTold]) -> list[StepTold]:
    """Places run on without a gap as far as the last winner; who looked at plans in turn also reads which did not fit."""
    last = max((one.step.place for one in winners), default=0)
    passed = [_passed(account, step) for step in steps if not step.won and step.place < last]
    return sorted([*winners, *passed], key=lambda one: one.step.place)


def _passed(account: Account, step: Step) -> StepTold:
    title, href = account.titles[step.plan], account.address(step.plan)
    if step.why is Why.DOES_NOT_FIT:
        said = gettext("story.passed", cost=euros(step.cost), left=euros(step.before))
    else:
        said = gettext("story.passed_over", why=gettext(f"results.steps.{step.why}"))
    return StepTold(step, title, href, [said], 0.0, "")


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
    bands = flow_bands([amount for *_, amount, _ in rows])
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
    each = about(step.price or Fraction())
    facts = {"people": figure(step.payers), "held": whole_euros(held), "cost": euros(step.cost), "each": each}
    if account.by_points:
        return [gettext("story.bought.points", score=scored(step.votes, by_points=True), **facts)]
    all_paid = step.payers == step.votes
    said = [gettext("story.bought.all" if all_paid else "story.bought.some", votes=figure(step.votes), **facts)]
    if step.emptied == step.payers:
        return [*said, gettext("story.paid.everything", cost=euros(step.cost))]
    return said + _each(step, each)


def _each(step: Step, each: str) -> list[str]:
    """What everyone put in; where some had less, first those who put in the whole of it."""
    if not step.emptied:
        return [gettext("story.paid", cost=euros(step.cost), each=each)]
    whole, facts = step.payers - step.emptied, {"cost": euros(step.cost), "each": each}
    return [
        ngettext("story.paid.most", "story.paid.most", whole, people=figure(whole), **facts),
        ngettext("story.emptied", "story.emptied", step.emptied, people=figure(step.emptied)),
    ]


def _fitted(account: Account, step: Step) -> list[str]:
    facts = {"score": scored(step.votes, by_points=account.by_points), "cost": euros(step.cost)}
    if step.price is None:
        return [gettext(f"story.fits.{step.part}", left=euros(step.before), **facts)]
    return [gettext("story.saved", people=figure(step.payers), each=about(step.price), **facts)]


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
        sentences=lacking(account, step),
        filled=part_of(had, step.cost),
        words=gettext(key, cost=euros(step.cost), left=whole_euros(had) if step.held else euros(had)),
        spent=[told(account, one) for one in spent],
    )
