"""Small groups, pure: where few people voted, ballots are shown under a wider name, or not at all.

Whoever knows that three people of a style voted knows much of what they chose. So a style with few ballots is put
together with one that shares a plan with it; where there is none its ballots go to the auditor only, and a channel with
few ballots is not told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pb.voting.values import Manifest, OpenedBallot

LEAST = 5
"""So many ballots are enough to hide in."""
ANY_CHANNEL = "all"
GROUP_SIGN = "+"
"""Between the styles of a group in its name."""

Members = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The ballots as they are published. `groups` gives the styles of each group, `withheld` how many are left out.

    `hidden` are those that are left out, which only the auditor sees.
    """

    ballots: tuple[OpenedBallot, ...]
    groups: Mapping[str, Members]
    withheld: Mapping[str, int]
    hidden: tuple[OpenedBallot, ...] = ()


def shown_ballots(manifest: Manifest, ballots: Iterable[OpenedBallot]) -> Shown:
    """Ballots under the names under which they may be seen."""
    cast = tuple(ballots)
    voted = Counter(ballot.style for ballot in cast)
    found = _grouped(manifest, voted)
    name_of = {style: GROUP_SIGN.join(members) for members in found for style in members}
    seen = tuple(replace(one, style=name_of[one.style]) for one in cast if one.style in name_of)
    return Shown(
        ballots=_without_rare_channels(seen),
        groups={GROUP_SIGN.join(members): members for members in sorted(found) if len(members) > 1},
        withheld={style: voted[style] for style in sorted(voted) if style not in name_of},
        hidden=_without_rare_channels(tuple(one for one in cast if one.style not in name_of)),
    )


def _grouped(manifest: Manifest, voted: Mapping[str, int]) -> list[Members]:
    """The styles whose ballots are shown, each alone or with others."""
    plans = {style: {plan.code for plan in manifest.plans_of(style)} for style in voted}
    found: dict[Members, int] = {(style,): number for style, number in voted.items()}

    def turn(members: Members) -> tuple[int, str]:
        return found[members], GROUP_SIGN.join(members)

    while small := [members for members, number in found.items() if number < LEAST]:
        least = min(small, key=turn)
        offered = set[str]().union(*(plans[style] for style in least))
        near = [other for other in found if other != least and any(offered & plans[style] for style in other)]
        number = found.pop(least)
        if near:
            other = min(near, key=turn)
            found[tuple(sorted(least + other))] = number + found.pop(other)
    return list(found)


def _without_rare_channels(ballots: tuple[OpenedBallot, ...]) -> tuple[OpenedBallot, ...]:
    numbers = defaultdict[str, Counter[str]](Counter)
    for ballot in ballots:
        numbers[ballot.style][ballot.channel] += 1
    hidden = {style for style, channels in numbers.items() if min(channels.values()) < LEAST}
    return tuple(replace(one, channel=ANY_CHANNEL) if one.style in hidden else one for one in ballots)
