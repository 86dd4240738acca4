"""Ballots as arrays: for each plan, which groups of equal ballots chose it, how many people and with how many points."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pb.counting.election import Ballot

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
"""Numbers of people are whole and far below 2**53, so they are exact as floats too."""


@dataclass(frozen=True, slots=True)
class Support:
    """Who chose one plan: places of the ballots, people behind each, points given (`None` where there are none)."""

    places: Ints
    people: Floats
    points: Ints | None

    @property
    def votes(self) -> int:
        """How many people chose the plan."""
        return int(self.people.sum())

    @property
    def score(self) -> int:
        """The points that it got from all, or the votes."""
        return self.votes if self.points is None else int(self.points @ self.people.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices of all ballots one behind the other: plans and points, and where those of each ballot begin and end."""

    plans: Ints
    points: Ints | None
    ends: Ints

    def of(self, ballots: Ints) -> tuple[Ints, Ints]:
        """Where the choices of these ballots stand, and for each which of the ballots (by its place here) it belongs to."""
        lengths = self.ends[ballots + 1] - self.ends[ballots]
        owner = np.repeat(np.arange(len(ballots)), lengths)
        before = np.cumsum(lengths) - lengths
        return (self.ends[ballots] - before).take(owner) + np.arange(len(owner)), owner


@dataclass(frozen=True, slots=True)
class Profile:
    """All ballots: the people behind each, what each chose, and the support of each plan in the order of the plans."""

    people: Floats
    chosen: Chosen
    support: tuple[Support, ...]

    @property
    def voters(self) -> int:
        """How many people cast a ballot."""
        return int(self.people.sum())


def laid_out(plans: Sequence[str], ballots: Sequence["Ballot"]) -> Profile:
    """The arrays of these ballots. `KeyError` for a choice that is no plan."""
    people = np.fromiter((ballot.times for ballot in ballots), np.float64, len(ballots))
    chosen = _chosen(plans, ballots)
    order = np.argsort(chosen.plans, kind="stable")
    cuts = np.searchsorted(chosen.plans[order], np.arange(len(plans) + 1))
    places = np.repeat(np.arange(len(ballots)), np.diff(chosen.ends))[order]
    points = None if chosen.points is None else chosen.points[order]
    parts = [slice(first, last) for first, last in pairwise(cuts.tolist())]
    support = (Support(places[one], people[places[one]], None if points is None else points[one]) for one in parts)
    return Profile(people, chosen, tuple(support))


def _chosen(plans: Sequence[str], ballots: Sequence["Ballot"]) -> Chosen:
    number = {plan: place for place, plan in enumerate(plans)}
    lengths = np.fromiter((len(ballot.choices) for ballot in ballots), np.int64, len(ballots))
    choices = chain.from_iterable(ballot.choices for ballot in ballots)
    numbers = np.fromiter(map(number.__getitem__, choices), np.int64, int(lengths.sum()))
    return Chosen(numbers, _points(ballots), np.concatenate(([0], np.cumsum(lengths))))


def _points(ballots: Sequence["Ballot"]) -> Ints | None:
    """The points beside all choices, or `None` where no ballot gives any."""
    if not any(ballot.points for ballot in ballots):
        return None
    return np.fromiter(chain.from_iterable(ballot.points or (1,) * len(ballot.choices) for ballot in ballots), np.int64)
