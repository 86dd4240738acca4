"""Voters on the wire: each has chosen, holds a code and stands before the last button."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from pb.counting.pabulib import PabulibFile, Project, Vote, VoteType
from pb.measure.wire import Answer, get, post
from pb.rounds.values import WHOLE

_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
_KEY = re.compile(rb'name="key" value="([0-9a-f]+)"')
COST = 1_000_00


class Voter(NamedTuple):
    """A code, what its holder chooses, and which ballot that is."""

    code: str
    choices: Sequence[str]
    style: str = WHOLE


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser's session: the token of its forms and its cookies."""

    token: str
    cookies: dict[str, str]


def invented_election(voters: int, plans: int) -> PabulibFile:
    """An election in which everyone chooses three plans that lie side by side; half of the plans fit in the money."""
    names = [f"p{number}" for number in range(1, plans + 1)]
    return PabulibFile(
        meta={
            "description": "Invented", "country": "NL", "unit": "Nowhere", "instance": "measure", "rule": "greedy",
            "date_begin": "01.06.2020", "date_end": "30.06.2020",
        },
        budget=COST * max(plans // 2, 3),
        vote_type=VoteType.APPROVAL,
        projects=tuple(Project(name, COST, f"Plan {name}") for name in names),
        votes=tuple(
            Vote(str(voter), tuple(names[(voter + step) % plans] for step in range(3))) for voter in range(voters)
        ),
    )  # fmt: skip


class Line(Protocol):
    """Whatever takes a request to the server and brings the answer."""

    def send(self, request: bytes) -> Answer:
        """The answer to a prepared request."""


def visit(wire: Line, path: str) -> Visit:
    """Open a page with a form and keep its token and cookies. Raises `LookupError` when the page has none."""
    answer = wire.send(get(path))
    found = _TOKEN.search(answer.body)
    if found is None:
        raise LookupError(f"{path} answered {answer.status} without a form")
    return Visit(found[1].decode(), answer.cookies())


def ready_to_cast(wire: Line, address: str, voters: Iterable[Voter]) -> Iterator[bytes]:
    """The last request of each voter (code and choices), after choosing and opening the code page like a browser."""
    browser = visit(wire, f"{address}/stemmen")
    for code, choices, style in voters:
        chosen = [("csrf_token", browser.token), ("style", style), *map(_field, choices)]
        kept = wire.send(post(f"{address}/stemmen", chosen, browser.cookies)).cookies()
        page = wire.send(get(f"{address}/stemmen/code", browser.cookies | kept))
        key = _KEY.search(page.body)
        if key is None:
            raise LookupError(f"the code page answered {page.status}")
        fields = [("csrf_token", browser.token), ("key", key[1].decode()), ("code", code)]
        fields += [("plan", choice) for choice in choices]
        yield post(f"{address}/stemmen/code", fields, browser.cookies | kept | page.cookies())


def _field(choice: str) -> tuple[str, str]:
    """The field of the ballot that holds a choice: a ticked plan, or the number beside it."""
    plan, _, number = choice.partition("=")
    return (f"number-{plan}", number) if number else ("plan", plan)


def is_receipt(answer: Answer) -> bool:
    """Whether the vote was confirmed: only the receipt has the form that wipes the choices."""
    return answer.status == 200 and b"/stemmen/klaar" in answer.body
