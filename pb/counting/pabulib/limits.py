"""What a file says that its content does not keep: ballots beyond the limits of META, and votes counted otherwise.

Files of real rounds contain such things, so they are told and not refused.
"""

from collections.abc import Callable, Iterator, Mapping

from pb.base.cents import Cents
from pb.base.refusals import Reason
from pb.counting.pabulib.numbers import cents_of
from pb.counting.pabulib.refusals import FileWarning
from pb.counting.pabulib.values import PabulibFile, Vote

Measure = Callable[[Vote], int]


def warnings(file: PabulibFile) -> list[Reason]:
    """What whoever counts the file should know."""
    return [*_beyond_limits(file), *_counted_otherwise(file)]


def _beyond_limits(file: PabulibFile) -> Iterator[Reason]:
    """Blank votes are let through: nothing was chosen that could be too little."""
    cast = [vote for vote in file.votes if vote.choices]
    for key, measure in _measures(file).items():
        limit = _limit(file.meta, key)
        if limit is None:
            continue
        low = key.startswith("min")
        beyond = sum(1 for vote in cast if (measure(vote) < limit if low else measure(vote) > limit))
        if beyond:
            yield FileWarning.BEYOND_LIMIT(votes=beyond, key=key, limit=file.meta[key])


def _measures(file: PabulibFile) -> Mapping[str, Measure]:
    """How each limit measures a vote."""
    costs = {project.id: project.cost for project in file.projects}

    def cost(vote: Vote) -> Cents:
        return sum(costs[choice] for choice in vote.choices)

    return {
        "min_length": lambda vote: len(vote.choices),
        "max_length": lambda vote: len(vote.choices),
        "min_sum_cost": cost,
        "max_sum_cost": cost,
        "min_points": lambda vote: min(vote.points, default=0),
        "max_points": lambda vote: max(vote.points, default=0),
        "min_sum_points": lambda vote: sum(vote.points),
        "max_sum_points": lambda vote: sum(vote.points),
    }


def _limit(meta: Mapping[str, str], key: str) -> int | None:
    if not meta.get(key):
        return None
    return cents_of(meta[key]) if key.endswith("cost") else int(meta[key].partition(".")[0])


def _counted_otherwise(file: PabulibFile) -> Iterator[Reason]:
    """Projects whose column `votes` tells another number than the votes in the file give."""
    found = dict.fromkeys((project.id for project in file.projects), 0)
    for vote in file.votes:
        for choice in vote.choices:
            found[choice] += 1
    for project in file.projects:
        said = project.more.get("votes", "").strip()
        if said and said.partition(".")[0] != str(found[project.id]):
            yield FileWarning.VOTES_OTHERWISE(project=project.id, said=said[:20], found=found[project.id])
