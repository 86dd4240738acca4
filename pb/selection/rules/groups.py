"""Plans that exclude each other, and plans of a neighbourhood with a ceiling: who may be named, and until when. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from pb.base.refusals import Reason
from pb.rounds.values import Ceiling, Frame, PhaseKind, RoundRecord
from pb.selection.values import GroupRefusal, PlanGroups


def named_parts(frame: Frame) -> tuple[Ceiling, ...]:
    """The ceilings whose plans somebody must name; a plan tells its theme itself."""
    themes = {theme.code for theme in frame.themes}
    return tuple(one for one in frame.counting.ceilings if one.code not in themes)


def wants_groups(frame: Frame) -> bool:
    """Whether there is anything to name under this frame."""
    return frame.counting.conflicts or bool(named_parts(frame))


def naming_reasons(round_: RoundRecord, published: bool, now: datetime) -> list[Reason]:
    """Why nobody can name groups now: the shortlist must be public, and the vote not begun."""
    vote = round_.frame.calendar.phase(PhaseKind.VOTE)
    if not wants_groups(round_.frame):
        return [GroupRefusal.NOT_IN_FRAME()]
    if vote and now >= vote.opens:
        return [GroupRefusal.VOTE_HAS_BEGUN()]
    return [] if published else [GroupRefusal.NO_SHORTLIST()]


def group_reasons(frame: Frame, pots: Mapping[str, str], groups: PlanGroups) -> list[Reason]:
    """What is wrong with these groups; `pots` gives the pot of each plan on the shortlist."""
    named = [*groups.conflicts, *groups.parts.values()]
    unknown = sorted({code for group in named for code in group} - pots.keys())
    found = [GroupRefusal.UNKNOWN(plan=code) for code in unknown]
    if set(groups.parts) - {one.code for one in named_parts(frame)} or (
        groups.conflicts and not frame.counting.conflicts
    ):
        found.append(GroupRefusal.NOT_IN_FRAME())
    return found or list(_conflict_reasons(pots, groups.conflicts))


def _conflict_reasons(pots: Mapping[str, str], conflicts: Sequence[Sequence[str]]) -> Iterator[Reason]:
    """A rule looks at one pot after the other, so plans of two pots cannot exclude each other."""
    for number, group in enumerate(conflicts, start=1):
        if len(group) < 2:
            yield GroupRefusal.TOO_FEW(number=number)
        elif len({pots[code] for code in group}) > 1:
            yield GroupRefusal.TWO_POTS(number=number)
