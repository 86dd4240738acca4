"""The invented plans and what became of the winners, read from TOML; pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pb.base.money import Cents
from pb.delivery.values import Milestone
from pb.plans.values import CarriedBy, CostLine, PlanDraft, Side, UpkeepBy

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DemoArgument:
    """An argument that a neighbour gives under this name."""

    side: Side
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """A plan of the demo and what happens to it.

    `key` names it in the recording; `jury` is what a juror gives on average (0 where the jury never saw it); `weight`
    is how often voters think of it (0 where it is not on the ballot); `scene` is what its picture shows.
    """

    key: str
    draft: PlanDraft
    likes: int
    arguments: tuple[DemoArgument, ...]
    unmet: frozenset[str]
    reason: str
    jury: float
    motivation: str
    weight: int
    scene: tuple[str, ...]

    @property
    def asked(self) -> Cents:
        """What it asks from the pot, in cents."""
        return sum(line.amount for line in self.draft.lines) - self.draft.own_contribution

    @property
    def feasible(self) -> bool:
        """Whether it was tested and meets every criterion."""
        return bool(self.reason) and not self.unmet

    @property
    def on_ballot(self) -> bool:
        """Whether the jury chose it."""
        return bool(self.motivation)


@dataclass(frozen=True, slots=True)
class Report:
    """What the organiser reports about a winner at a moment: each part may be missing. `spent` is the total in cents."""

    plan: str
    at: datetime
    milestone: Milestone | None
    text: str
    scene: tuple[str, ...]
    alt: str
    spent: Cents | None


@cache
def plans() -> tuple[DemoPlan, ...]:
    """The 42 plans, those of the ballot first."""
    return tuple(_plan(plain) for plain in _read("plans.toml")["plan"])


@cache
def plan(key: str) -> DemoPlan:
    """The plan with this key; `KeyError` when there is none."""
    return {plan.key: plan for plan in plans()}[key]


@cache
def reports() -> tuple[Report, ...]:
    """What is reported about the winners in the year after the vote, in order of time."""
    found = [_report(plain) for plain in _read("delivery.toml")["report"]]
    return tuple(sorted(found, key=lambda report: report.at))


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _plan(plain: Mapping[str, Any]) -> DemoPlan:
    return DemoPlan(
        key=plain["code"],
        draft=_draft(plain),
        likes=plain["likes"],
        arguments=tuple(DemoArgument(Side(a["side"]), a["name"], a["text"]) for a in plain.get("arguments", ())),
        unmet=frozenset(plain.get("unmet", ())),
        reason=plain.get("reason", ""),
        jury=plain.get("jury", 0),
        motivation=plain.get("motivation", ""),
        weight=plain.get("weight", 0),
        scene=tuple(plain["scene"]),
    )


def _draft(plain: Mapping[str, Any]) -> PlanDraft:
    """Without the picture, which gets its name when it is drawn and stored."""
    return PlanDraft(
        title=plain["title"],
        summary=plain["summary"],
        text=plain["text"].strip(),
        theme=plain["theme"],
        pot="all",
        place=plain["place"],
        lines=tuple(_line(line) for line in plain["lines"]),
        own_contribution=plain.get("contribution", 0) * 100,
        carried_by=CarriedBy(plain["carried_by"]),
        upkeep_by=UpkeepBy(plain["upkeep_by"]),
        public_name=plain["name"],
        picture_alt=plain["alt"],
    )


def _line(plain: Mapping[str, Any]) -> CostLine:
    return CostLine(plain["what"], plain["euros"] * 100, plain.get("vat", 21), plain.get("yearly", False))


def _report(plain: Mapping[str, Any]) -> Report:
    return Report(
        plan=plain["plan"],
        at=plain["at"],
        milestone=Milestone(plain["milestone"]) if "milestone" in plain else None,
        text=plain.get("text", "").strip(),
        scene=tuple(plain.get("scene", ())),
        alt=plain.get("alt", ""),
        spent=plain["spent"] * 100 if "spent" in plain else None,
    )
