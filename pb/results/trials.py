"""A rule tried on other people's votes while a council still chooses it; pure, and nothing of it is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pb.base.refusals import Refused, refuse_if_any
from pb.counting import Completion, Election, EqualShares, Ledger, MostVotes, Plan, Pot, grouped, grouped_points
from pb.counting.pabulib import PabulibFile, election_of, read_pabulib
from pb.counting.rules import Rule, count
from pb.results.explaining import explain, utility_for
from pb.results.values import Explanation, TrialRefusal
from pb.rounds.values import WHOLE
from pb.rounds.values import Pot as RoundPot

LARGEST_FILE = 6 * 1024 * 1024
MOST_VOTES, MOST_PLANS = 150_000, 400
TELLING = 600_000
"""Voters times plans up to which every plan has its story; more would take too long."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Votes to try a rule on: what they are called, the titles of the plans by id, and the pots by name."""

    name: str
    election: Election
    titles: Mapping[str, str]
    pots: Sequence[RoundPot]


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule made of them."""

    rule: Rule
    ledger: Ledger
    explanation: Explanation


def try_rule(trial: Trial, rule: Rule, late: Callable[[], bool]) -> Tried:
    """Count by a rule. A tie goes to whose id comes first: here nothing hangs on it. Raises `Refused` once it is `late`."""

    def heard(_spent: int, _money: int) -> None:
        refuse_if_any([TrialRefusal.TOO_LONG()] if late() else [])

    election = trial.election
    ledger = count(election, rule, tuple(sorted(plan.id for plan in election.plans)), heard)
    stories = election.voters * len(election.plans) <= TELLING
    return Tried(rule, ledger, explain(election, rule, ledger, with_others=False, with_stories=stories))


def beside(trial: Trial, rule: Rule) -> Rule:
    """What a rule is shown beside: most votes; and most votes itself beside equal shares."""
    if isinstance(rule, MostVotes):
        return EqualShares(utility_for(trial.election, rule), Completion.ADD1, conditions=rule.conditions)
    return MostVotes(conditions=rule.conditions)


def fitting(trial: Trial, rule: Rule) -> Rule:
    """The rule without what belongs to plans of a round; and where these votes have no points, one that asks for none."""
    bare = replace(rule, conditions=replace(rule.conditions, conflicts=(), caps=()))
    if isinstance(bare, EqualShares) and bare.utility.by_points:
        plain = utility_for(trial.election, MostVotes())
        return bare if plain.by_points else replace(bare, utility=plain)
    return bare


def trial_of_file(content: bytes) -> Trial:
    """The votes in a Pabulib file. Raises `Refused` for what cannot be read, and for more than a page can count at once."""
    if not content:
        raise Refused(TrialRefusal.NO_FILE(about="file"))
    if len(content) > LARGEST_FILE:
        raise Refused(TrialRefusal.TOO_LARGE(about="file", most=LARGEST_FILE // 1024**2))
    file = read_pabulib(content)
    if len(file.votes) > MOST_VOTES or len(file.projects) > MOST_PLANS:
        raise Refused(TrialRefusal.TOO_MANY(about="file", votes=MOST_VOTES, plans=MOST_PLANS))
    titles = {project.id: project.name or project.id for project in file.projects}
    return Trial(_name(file), election_of(file), titles, (RoundPot(WHOLE, file.meta["unit"], file.budget),))


def _name(file: PabulibFile) -> str:
    return f"{file.meta['description']} ({file.meta['instance']})"


EXAMPLE = {"play": 6_000_00, "trees": 4_000_00, "mural": 2_000_00, "garden": 3_000_00, "feast": 2_000_00}
"""Plans of the worked example and what they cost: together they are more than the money."""
EXAMPLE_MONEY = 12_000_00
EXAMPLE_VOTES = 7 * (("play", "trees", "mural"),) + 4 * (("garden", "feast"),) + (("feast", "garden"),)
"""Twelve people, what each wants most in front: seven want the same, and five something else."""


def example(titles: Mapping[str, str], name: str, numbered: bool) -> Trial:
    """The worked example; where ballots give points or an order, the first plan of each has most points."""
    votes = grouped_points({plan: len(wanted) - place for place, plan in enumerate(wanted)} for wanted in EXAMPLE_VOTES)
    return Trial(
        name=name,
        election=Election(
            pots=(Pot(WHOLE, EXAMPLE_MONEY),),
            plans=tuple(Plan(code, cost, WHOLE) for code, cost in EXAMPLE.items()),
            ballots=votes if numbered else grouped(EXAMPLE_VOTES),
        ),
        titles=titles,
        pots=(RoundPot(WHOLE, name, EXAMPLE_MONEY),),
    )
