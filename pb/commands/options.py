"""What a count is asked to do, from the options of a command: a rule with its settings, or the reason why not."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import click

from pb.counting.conditions import PLAIN, Conditions
from pb.counting.equal_shares import Completion, EqualShares, Utility
from pb.counting.most_votes import MostVotes
from pb.counting.pabulib import PabulibFile, caps_of, rule_of, utility_of
from pb.counting.per_euro import PerEuro
from pb.counting.phragmen import Phragmen
from pb.counting.rules import Rule, RuleName
from pb.counting.votes_per_euro import VotesPerEuro

_THRESHOLD = re.compile(r"(?P<number>[0-9]{1,9}(?:\.[0-9]{1,6})?)(?P<percent>%?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they are written; `None` where nothing was said."""

    rule: str | None = None
    misfit: str | None = None
    threshold: str | None = None
    utility: str | None = None
    completion: str | None = None
    stop_when_exhaustive: bool | None = None
    step: int | None = None
    comparison: bool | None = None
    caps: str = "none"


def rule_asked(file: PabulibFile, asked: Asked) -> Rule:
    """The rule that is asked for, or the file's own, with what else was said.

    Raises `click.UsageError` for options that do not go together, `Refused` for a rule of the file that we cannot follow.
    """
    rule = _plain(file, RuleName(asked.rule)) if asked.rule else rule_of(file)
    conditions = rule_conditions(file, asked, rule.conditions)
    _refuse_strangers(rule, asked)
    if isinstance(rule, MostVotes):
        skip = rule.skip if asked.misfit is None else asked.misfit == "skip"
        return MostVotes(skip, conditions)
    if isinstance(rule, EqualShares):
        return replace(_shares(rule, asked), conditions=conditions)
    return replace(rule, conditions=conditions)


def _plain(file: PabulibFile, name: RuleName) -> Rule:
    rules: dict[RuleName, Rule] = {
        RuleName.MOST_VOTES: MostVotes(),
        RuleName.EQUAL_SHARES: EqualShares(utility_of(file), Completion.NONE),
        RuleName.PHRAGMEN: Phragmen(),
        RuleName.VOTES_PER_EURO: VotesPerEuro(),
        RuleName.PER_EURO: PerEuro(),
    }
    return rules[name]


def _shares(rule: EqualShares, asked: Asked) -> EqualShares:
    said: dict[str, Any] = {
        "utility": Utility(asked.utility) if asked.utility else None,
        "completion": Completion(asked.completion) if asked.completion else None,
        "unit": asked.step,
        "stop_when_exhaustive": asked.stop_when_exhaustive,
        "comparison": asked.comparison,
    }
    return replace(rule, **{name: value for name, value in said.items() if value is not None})


def _refuse_strangers(rule: Rule, asked: Asked) -> None:
    """Options of another rule would be passed over in silence; so they are refused."""
    shares = {
        "--utility": asked.utility,
        "--completion": asked.completion,
        "--stop-when-exhaustive": asked.stop_when_exhaustive,
        "--step": asked.step,
        "--comparison": asked.comparison,
    }
    strangers = {} if isinstance(rule, EqualShares) else shares
    if not isinstance(rule, MostVotes):
        strangers = strangers | {"--misfit": asked.misfit}
    wrong = [option for option, value in strangers.items() if value is not None]
    if wrong:
        raise click.UsageError(f"{', '.join(wrong)}: this does not go with the rule that is counted.")


def rule_conditions(file: PabulibFile, asked: Asked, before: Conditions = PLAIN) -> Conditions:
    """The conditions of a rule with the threshold and the caps that are asked for."""
    conditions = before
    if asked.threshold is not None:
        conditions = _threshold(asked.threshold)
    return replace(conditions, caps=caps_of(file)) if asked.caps == "file" else conditions


def _threshold(written: str) -> Conditions:
    match = _THRESHOLD.fullmatch(written)
    number = Fraction(match["number"]) if match else None
    if match is None or number is None or (not match["percent"] and number.denominator != 1):
        raise click.UsageError(
            f"--threshold {written[:20]}: give a number of votes such as 100, or a percentage such as 10%."
        )
    return replace(PLAIN, least_percent=number) if match["percent"] else replace(PLAIN, least_votes=int(number))
