"""Choices as they are written, hashed and published; pure.

A choice is a plan's code. Where ballots give points or an order, `=` and a number stand behind it: the points, or the place,
counted from 1. So choices stay one sorted list of texts, whatever a ballot holds.
"""

import re
from collections.abc import Iterable

from pb.voting.values.vote import Choices

_NUMBERED = re.compile(r"(?P<plan>[^=]+)=(?P<number>[1-9][0-9]{0,3})", re.ASCII)
"""A number has one form only: no sign, no zeros in front."""


def normal_choices(chosen: Iterable[str]) -> Choices:
    """Choices in their one order; a plan that was sent twice stays twice, for the rule to refuse."""
    return tuple(sorted(chosen))


def choices_text(choices: Choices) -> str:
    """Choices as they are hashed and published: sorted, with commas between them, nothing for blank."""
    return ",".join(choices)


def read_choices(text: str) -> Choices:
    """The choices again."""
    return tuple(text.split(",")) if text else ()


def numbered(plan: str, number: int) -> str:
    """The choice of a plan with its points or its place.

    >>> numbered("bank", 3)
    'bank=3'
    """
    return f"{plan}={number}"


def plan_of(choice: str) -> str:
    """The plan of a choice; what has a number in another form is no plan's code.

    >>> plan_of("bank"), plan_of("bank=3"), plan_of("bank=03")
    ('bank', 'bank', 'bank=03')
    """
    match = _NUMBERED.fullmatch(choice)
    return match["plan"] if match else choice


def plans_in(choices: Iterable[str]) -> tuple[str, ...]:
    """The chosen plans, in the order of the choices."""
    return tuple(map(plan_of, choices))


def numbers_in(choices: Iterable[str]) -> dict[str, int]:
    """The points or the place of each chosen plan that has one, by its code."""
    matches = map(_NUMBERED.fullmatch, choices)
    return {match["plan"]: int(match["number"]) for match in matches if match}
