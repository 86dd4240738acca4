"""Whether the counting rule of a frame goes with its ballots and its money."""

from collections.abc import Iterator

from pb.base.refusals import Reason
from pb.counting.rules import RuleName
from pb.rounds.rules.lists import list_reasons
from pb.rounds.values import BallotKind, Frame, RuleRefusal
from pb.rounds.values.counting import WHOLE_SHARE

ADVISED_CHOICES = 3
"""With so many plans on a ballot equal shares works better."""


def counting_reasons(frame: Frame) -> Iterator[Reason]:
    """Every reason about the rule and its settings, each at its field of the editor."""
    if frame.counting.rule is RuleName.EQUAL_SHARES:
        yield from _share_reasons(frame)
    if frame.ballot.numbered and not counts_numbers(frame):
        yield RuleRefusal.NUMBERS_NOT_COUNTED(about=_chooser(frame))
    if not 0 <= frame.counting.least_share <= WHOLE_SHARE:
        yield RuleRefusal.SHARE_WRONG(about="least_share")
    if frame.counting.least_votes < 0:
        yield RuleRefusal.VOTES_WRONG(about="least_votes")
    yield from _ceiling_reasons(frame)


def counts_numbers(frame: Frame) -> bool:
    """Whether points or places of a ballot make a difference under the rule."""
    if frame.counting.rule is RuleName.EQUAL_SHARES:
        return frame.counting.utility.by_points
    return frame.counting.rule is not RuleName.PHRAGMEN


def _chooser(frame: Frame) -> str:
    """The field in which another choice would make the numbers count."""
    return "utility" if frame.counting.rule is RuleName.EQUAL_SHARES else "rule"


def _share_reasons(frame: Frame) -> Iterator[Reason]:
    counting, smallest = frame.counting, min(pot.amount for pot in frame.all_pots())
    if counting.utility.by_points and not frame.ballot.numbered:
        yield RuleRefusal.NO_NUMBERS_TO_COUNT(about="utility")
    if counting.completion.raises and not 1 <= counting.step <= max(smallest, 1):
        yield RuleRefusal.STEP_WRONG(about="step", limit=smallest)


def _ceiling_reasons(frame: Frame) -> Iterator[Reason]:
    """A rule looks at one pot after the other, so a ceiling over several pots would hold in each of them anew."""
    ceilings = frame.counting.ceilings
    if ceilings and frame.pots:
        yield RuleRefusal.CEILINGS_WITH_POTS(about="ceilings")
    yield from list_reasons("ceilings", [(one.code, one.name) for one in ceilings])
    for one in ceilings:
        if one.amount < frame.minimum_cost:
            yield RuleRefusal.CEILING_TOO_LOW(about="ceilings", name=one.name, limit=frame.minimum_cost)
        elif one.amount > frame.total:
            yield RuleRefusal.CEILING_TOO_HIGH(about="ceilings", name=one.name, limit=frame.total)


def advises_more_choices(frame: Frame) -> bool:
    """Whether equal shares would work better if ballots held more plans."""
    few = frame.ballot.at_least < ADVISED_CHOICES and frame.ballot.kind is not BallotKind.WITHIN_MONEY
    return frame.counting.rule is RuleName.EQUAL_SHARES and few
