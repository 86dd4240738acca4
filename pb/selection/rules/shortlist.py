"""Whether plans must be chosen, how many, which ones by likes, and when the shortlist may be published."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pb.base.hashing import tagged_hash
from pb.base.refusals import Reason
from pb.rounds.values import PhaseKind, RoundRecord, Selection, SelectionBy, SelectionWhen, TieRule
from pb.selection.values import Candidate, ChosenBy, Ranking, SelectionRefusal, Tie

BEFORE = (PhaseKind.ASSESS, PhaseKind.SUPPORT, PhaseKind.PROPOSE)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a shortlist is made from: how many plans are feasible or still wait for a verdict, and where the jury is."""

    feasible: int
    unjudged: int = 0
    jury_done: bool = True
    published: bool = False


def choice_is_needed(selection: Selection, feasible: int) -> bool:
    """Whether feasible plans are chosen from, or all go on the ballot."""
    if selection.when is SelectionWhen.WHEN_NEEDED:
        return feasible > selection.places
    return selection.when is SelectionWhen.ALWAYS


def places_for(selection: Selection, feasible: int) -> int:
    """How many plans come on the ballot: `min(places, feasible)` where plans are chosen, else all of them."""
    return min(selection.places, feasible) if choice_is_needed(selection, feasible) else feasible


def chosen_by(selection: Selection, feasible: int) -> ChosenBy:
    """Who or what makes the shortlist."""
    return ChosenBy(selection.by.value) if choice_is_needed(selection, feasible) else ChosenBy.ALL


def people_choose(selection: Selection, feasible: int) -> bool:
    """Whether a jury or committee chooses, and must say why; otherwise the rule does."""
    return choice_is_needed(selection, feasible) and selection.by is not SelectionBy.MOST_LIKES


def rank_by_likes(candidates: Iterable[Candidate], places: int, rule: TieRule, lot: Sequence[int]) -> Ranking:
    """The plans with the most likes, and the tie around the last place. `lot` holds all candidates in the order drawn."""
    known = tuple(candidates)
    drawn = {plan_id: place for place, plan_id in enumerate(lot)}
    ordered = sorted(known, key=lambda one: (-one.likes, _cost(one, rule), drawn[one.plan_id]))
    return Ranking(tuple(one.plan_id for one in ordered[:places]), tie_at_the_edge(known, places, rule))


def tie_at_the_edge(candidates: Sequence[Candidate], places: int, rule: TieRule) -> Tie | None:
    """The plans with equally many likes of which some find a place and others do not; `None` where likes decide."""
    if not 0 < places < len(candidates):
        return None
    edge = sorted((one.likes for one in candidates), reverse=True)[places - 1]
    tied = [one for one in candidates if one.likes == edge]
    left = places - sum(one.likes > edge for one in candidates)
    if len(tied) == left:
        return None
    ids = tuple(sorted(one.plan_id for one in tied))
    return Tie(likes=edge, tied=ids, places=left, by_lot=_needs_a_lot(tied, left, rule))


def _needs_a_lot(tied: Sequence[Candidate], places: int, rule: TieRule) -> tuple[int, ...]:
    edge = sorted(_cost(one, rule) for one in tied)[places - 1]
    equal = [one for one in tied if _cost(one, rule) == edge]
    left = places - sum(_cost(one, rule) < edge for one in tied)
    return () if len(equal) == left else tuple(sorted(one.plan_id for one in equal))


def _cost(one: Candidate, rule: TieRule) -> int:
    return one.cost if rule is TieRule.LOWER_COST_THEN_LOT else 0


def lot_order(candidates: Iterable[Candidate], public_id: str, seed: bytes) -> tuple[int, ...]:
    """All candidates in the order that the seed draws: by `H("shortlist", round, seed, code)`, which anyone can repeat."""
    drawn = sorted(candidates, key=lambda one: tagged_hash("shortlist", public_id, seed, one.code))
    return tuple(one.plan_id for one in drawn)


def opening_reasons(round_: RoundRecord, now: datetime) -> list[Reason]:
    """Why a shortlist cannot be published at this hour: from the selection on, until the vote opens or is sealed."""
    opens = _choosing_opens(round_)
    vote = round_.frame.calendar.phase(PhaseKind.VOTE)
    if opens is not None and now < opens:
        return [SelectionRefusal.TOO_EARLY(opens=opens)]
    if round_.sealed_at is not None or (vote is not None and now >= vote.opens):
        return [SelectionRefusal.VOTE_HAS_BEGUN()]
    return []


def _choosing_opens(round_: RoundRecord) -> datetime | None:
    calendar = round_.frame.calendar
    select = calendar.phase(PhaseKind.SELECT)
    if select is not None:
        return select.opens
    return max((phase.closes for phase in calendar.phases if phase.kind in BEFORE), default=None)


def ground_reasons(round_: RoundRecord, ground: Ground) -> list[Reason]:
    """Why there is no shortlist to publish yet, or any more."""
    by = chosen_by(round_.frame.selection, ground.feasible)
    reasons = []
    if ground.published:
        reasons.append(SelectionRefusal.ALREADY_PUBLISHED())
    if ground.unjudged:
        reasons.append(SelectionRefusal.PLANS_UNJUDGED(number=ground.unjudged))
    elif not ground.feasible:
        reasons.append(SelectionRefusal.NOTHING_FEASIBLE())
    if by is ChosenBy.JURY and not ground.jury_done:
        reasons.append(SelectionRefusal.JURY_NOT_DONE())
    return reasons


def choice_reasons(
    selection: Selection, feasible: Collection[int], chosen: Collection[int], motivations: Mapping[int, str]
) -> list[Reason]:
    """Why this choice is not taken. Where the rule decides, `chosen` is empty or exactly what the rule gives (see the act)."""
    places = places_for(selection, len(feasible))
    reasons = []
    if not set(chosen) <= set(feasible):
        reasons.append(SelectionRefusal.NOT_A_CANDIDATE())
    if len(set(chosen)) != places:
        reasons.append(SelectionRefusal.WRONG_NUMBER(number=len(set(chosen)), places=places))
    if any(not motivations.get(plan_id) for plan_id in chosen):
        reasons.append(SelectionRefusal.MOTIVATION_MISSING())
    return reasons
