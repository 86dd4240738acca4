"""What a count says beside its steps: plan by plan, for all voters together, and under other rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pb.base.money import Cents
from pb.counting.story import Sentence


@dataclass(frozen=True, slots=True)
class Unfair:
    """A plan whose supporters, so many of them, could have bought it with their part of the money and got less."""

    plan: str
    people: int


@dataclass(frozen=True, slots=True)
class OtherRule:
    """What another rule makes of the same votes; winners by code in the order of that count."""

    name: str
    winners: tuple[str, ...]
    cost: Cents
    served: int
    unfair: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of `voters`, `served` chose at least one winner; with `by_points` votes are points.

    `stories` has the sentences of each plan, by code.

    Where voters pay, `held` is what the supporters of each winner had together just before they bought it. `unfair` are the
    plans for which the outcome fails EJR+ up to one plan.
    """

    voters: int
    served: int
    by_points: bool = False
    stories: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    held: Mapping[str, Cents] = field(default_factory=dict)
    unfair: tuple[Unfair, ...] = ()
    others: tuple[OtherRule, ...] = ()
