"""Reasons, not booleans: a rule that says no returns reasons, and the same rule permits, refuses and explains.

A room lists its refusals as members of a `Refusal` subclass; a member's value is the message key of its sentence.
Calling a member with facts makes a `Reason`, whose facts fill the sentence:

    >>> class Demo(Refusal):
    ...     TOO_DEAR = "demo.too_dear"
    >>> Demo.TOO_DEAR(cost=1400).facts["cost"]
    1400
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Refusal(StrEnum):
    """One way in which a rule can say no. The value is a message key that every language carries."""

    def __call__(self, *, about: str | None = None, **facts: Any) -> "Reason":
        """This refusal with the facts of the case; `about` names the form field that it belongs to."""
        return Reason(self, facts, about)


@dataclass(frozen=True, slots=True)
class Reason:
    """A refusal in a case: which rule, with which facts, and about which field of the form."""

    refusal: Refusal
    facts: Mapping[str, Any] = field(default_factory=dict)
    about: str | None = None


class Refused(Exception):
    """A deed was refused, and nothing was written. Views show the reasons; commands print them.

    `status` is the HTTP status of the answer: 422 for content, 403 for a person who may not, 404, 409, 429.
    """

    def __init__(self, *reasons: Reason, status: int = 422) -> None:
        super().__init__(", ".join(reason.refusal for reason in reasons))
        self.reasons = reasons
        self.status = status


def refuse_if_any(reasons: Iterable[Reason], status: int = 422) -> None:
    """Raise `Refused` when there is at least one reason; the usual line between a rule and a deed."""
    found = tuple(reasons)
    if found:
        raise Refused(*found, status=status)
