"""What later rooms show with a plan: parts of its page, and how far it has come. Registries of functions, pure.

    @panel
    def verdict_panel(plan: PlanRecord, round_: RoundRecord) -> str:
        return render_template("selection/_panel.html", …)

    @tagger
    def standing_tags(plans: Sequence[PlanRecord], round_: RoundRecord, now: datetime) -> Mapping[int, Tag]:
        return {plan.id: Tag("standing.feasible", "done") for plan in plans}

A panel's template is a `<section>` that begins with an `h2`; an empty text shows nothing. A tagger is asked once a page
for all plans together; where two of them know a plan, the later room's tag holds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pb import ROOMS
from pb.plans.values import PlanRecord
from pb.rounds.values import RoundRecord


@dataclass(frozen=True, slots=True)
class Tag:
    """How far a plan has come: `key` of its words, and how it is drawn: `now`, `done`, `out` or plain."""

    key: str
    kind: str = ""

    @property
    def name(self) -> str:
        """What addresses call it: the last part of its key."""
        return self.key.rpartition(".")[2]


Panel = Callable[[PlanRecord, RoundRecord], str]
Tagger = Callable[[Sequence[PlanRecord], RoundRecord, datetime], Mapping[int, Tag]]
PANELS: list[Panel] = []
TAGGERS: list[Tagger] = []


def panel(function: Panel) -> Panel:
    """Show what this function renders on a plan's page, in the order of the rooms, whichever is read first."""
    PANELS.append(function)
    PANELS.sort(key=_room)
    return function


def tagger(function: Tagger) -> Tagger:
    """Let this function say how far plans have come."""
    TAGGERS.append(function)
    TAGGERS.sort(key=_room)
    return function


def _room(function: Callable[..., object]) -> int:
    """The place of the function's room among all; what is no room's comes last."""
    room = function.__module__.split(".")[1]
    return ROOMS.index(room) if room in ROOMS else len(ROOMS)


def tags_for(plans: Sequence[PlanRecord], round_: RoundRecord, now: datetime) -> dict[int, Tag]:
    """The tag of each plan that a room knows, by number."""
    found: dict[int, Tag] = {}
    for ask in TAGGERS:
        found.update(ask(plans, round_, now))
    return found
