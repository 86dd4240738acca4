"""What two people seal before the vote opens. Hashes and keys are hex in it, money is in cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pb.base.money import Cents
from pb.roll.values import StyleCount
from pb.rounds.values import Frame


@dataclass(frozen=True, slots=True)
class BallotPlan:
    """A plan on the ballot: its cost in cents, and `words`, the hash in hex of its title and text."""

    code: str
    pot: str
    cost: Cents
    words: str


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What people read of a plan on the ballot; the manifest has the hash of it."""

    code: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanCeiling:
    """At most so much money, in cents, for these plans together."""

    name: str
    money: Cents
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What two people seal before the vote opens, and everybody can hold the outcome against.

    `styles` gives the pots of each ballot style; `areas` how many people may vote per area; `checks` the check value
    of each secret of the key directory. Hashes and public keys are hex. Of each group of `conflicts` one plan can win.
    """

    version: str
    round: str
    frame: Frame
    plans: tuple[BallotPlan, ...]
    styles: Mapping[str, tuple[str, ...]]
    counting: str
    seed_commitment: str
    opens: datetime
    closes: datetime
    paper_closes: datetime
    areas: Mapping[str, int]
    credentials: Mapping[str, StyleCount]
    credential_root: str
    sealing_key: str
    log_key: str
    checks: Mapping[str, str]
    conflicts: tuple[tuple[str, ...], ...] = ()
    ceilings: tuple[PlanCeiling, ...] = ()

    def plans_of(self, style: str) -> tuple[BallotPlan, ...]:
        """The plans that a voter with this ballot style chooses from; none for an unknown style."""
        pots = self.styles.get(style, ())
        return tuple(plan for plan in self.plans if plan.pot in pots)


@dataclass(frozen=True, slots=True)
class SealSizes:
    """To how many bytes the content of a sealed ballot and of a sealed spent row is padded."""

    ballot: int
    spent: int


@dataclass(frozen=True, slots=True)
class SealedManifest:
    """A manifest with the hash of its exact bytes; `number` counts how many times the round was sealed."""

    number: int
    digest: bytes
    manifest: Manifest
    sizes: SealSizes
