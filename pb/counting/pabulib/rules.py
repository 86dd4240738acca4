"""The rule that a file names, as one of ours with its settings; and the caps that it names."""

from collections.abc import Callable

from pb.base.cents import Cents
from pb.base.refusals import Refused
from pb.counting.conditions import Cap, Conditions
from pb.counting.equal_shares import Completion, EqualShares, Utility
from pb.counting.most_votes import MostVotes
from pb.counting.pabulib.convert import RANKED_OR_RATED, themes_of
from pb.counting.pabulib.numbers import cents_of
from pb.counting.pabulib.values import PabulibFile, Project
from pb.counting.refusals import CountRefusal
from pb.counting.rules import RuleName

THRESHOLD = "min_project_score_threshold"
GREEDY = {"greedy": True, "greedy-threshold": True, "greedy-no-skip": False}
"""Most votes by the collection's names; whether it passes over what does not fit."""
SHARES = {"equalshares": Completion.NONE, "equalshares/add1": Completion.ADD1}
COMPARED = "-comparison"


def rule_of(file: PabulibFile) -> MostVotes | EqualShares:
    """The rule by which the file says that its winners were found.

    Raises `Refused` for one that the file does not know, or that cannot be followed from what stands in it.
    """
    name = file.meta["rule"]
    if name in GREEDY and (name != "greedy-threshold" or file.meta.get(THRESHOLD)):
        return MostVotes(GREEDY[name], Conditions(least_votes=file.number(THRESHOLD) or 0))
    bare = name.removesuffix(COMPARED)
    if bare in SHARES:
        return EqualShares(utility_of(file), SHARES[bare], comparison=name.endswith(COMPARED))
    known = ", ".join(rule.value for rule in RuleName)
    raise Refused(CountRefusal.RULE_UNKNOWN(name=name[:40], known=known))


def utility_of(file: PabulibFile) -> Utility:
    """What a plan is worth where nobody says: its cost, as in real elections; the points, where voters gave points."""
    return Utility.POINTS if file.vote_type in RANKED_OR_RATED else Utility.COST


def caps_of(file: PabulibFile) -> tuple[Cap, ...]:
    """The caps per neighbourhood and theme that the file names."""
    return (
        *_caps(file, "budget_per_neighborhood", "neighborhoods", _neighbourhood),
        *_caps(file, "budget_per_category", "categories", themes_of),
    )


def _caps(file: PabulibFile, key: str, names: str, groups_of: Callable[[Project], tuple[str, ...]]) -> tuple[Cap, ...]:
    if not file.meta.get(key):
        return ()
    amounts = zip(file.meta[names].split(","), file.meta[key].split(","), strict=True)
    return tuple(_cap(file, name.strip(), cents_of(amount) or 0, groups_of) for name, amount in amounts)


def _cap(file: PabulibFile, name: str, money: Cents, groups_of: Callable[[Project], tuple[str, ...]]) -> Cap:
    return Cap(name, money, tuple(project.id for project in file.projects if name in groups_of(project)))


def _neighbourhood(project: Project) -> tuple[str, ...]:
    return (project.more.get("neighborhood", "").strip(),)
