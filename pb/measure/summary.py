"""What voters were told, and what the round kept: a rehearsal in one JSON object."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from statistics import quantiles
from threading import Lock

from pb.base.hashing import tracking_code
from pb.demo.importing import OpenVote
from pb.extensions import db
from pb.measure.bench import Pair
from pb.measure.direct import Asked
from pb.measure.voters import is_receipt
from pb.measure.wire import Answer
from pb.voting.reads import logged_ballots, opened, the_box

_TRACKING = re.compile(rb'class="tracking">(.*?)</p>', re.DOTALL)
_SIGNS = re.compile(rb"<span>([0-9A-Z]+)</span>")


@dataclass(slots=True)
class Seen:
    """What the clients were told. `receipts` holds each voter's tracking codes in the order in which they came."""

    receipts: dict[int, list[str]] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, voter: int | None, kind: str, answer: Answer, took: float) -> str:
        """Keep an answer, and give its tracking code, empty without one."""
        tracking = tracking_of(answer) if is_receipt(answer) else ""
        with self.lock:
            self.answers[f"{kind} {answer.status}"] += 1
            self.seconds.append(took)
            if tracking and voter is not None:
                self.receipts.setdefault(voter, []).append(tracking)
        return tracking


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many voted, by how many clients, in how many seconds; how many others voted to be measured; repeats told otherwise."""

    voters: int
    clients: int
    seconds: float
    others: int
    unequal: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a rehearsal; of the numbers after `ballots` the first four must be 0.

    `statements` is what one cast asks of the database between BEGIN and COMMIT, `request_statements` what its whole request
    asks. `ratio` is casts a second beside the plain view of `pb bench`, measured in the same run; `checks` is what the
    verifier answers about the round's public files.
    """

    voters: int
    clients: int
    database: str
    casts: int
    casts_per_second: float
    median_ms: float
    p99_ms: float
    answers: dict[str, int]
    ballots: int
    lost: int
    doubled: int
    falsely_confirmed: int
    unequal_repeats: int
    statements: int
    request_statements: int
    measured_casts_per_second: float
    plain_per_second: float
    ratio: float
    checks: dict[str, str]

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return asdict(self)

    @property
    def clean(self) -> bool:
        """Whether every confirmed vote stands, each voter counts once, nothing else was confirmed, and no check fails."""
        wrong = self.lost or self.doubled or self.falsely_confirmed or self.unequal_repeats
        return bool(self.checks) and "failed" not in self.checks.values() and not wrong


def tracking_of(answer: Answer) -> str:
    """The tracking code on a receipt."""
    found = _TRACKING.search(answer.body)
    return b"".join(_SIGNS.findall(found[1])).decode() if found else ""


def summary_of(
    vote: OpenVote, seen: Seen, crowd: Attendance, asked: Asked, pair: Pair, checks: dict[str, str]
) -> Summary:
    """Hold a settled round to what its voters were told."""
    piles = opened(vote.round.id)
    if piles is None:
        raise LookupError("the piles were not opened")
    counted = Counter(ballot.tracking for ballot in piles.ballots)
    cuts = quantiles(seen.seconds, n=100)
    casts, measured = sum(seen.answers.values()), pair.as_json()
    return Summary(
        voters=crowd.voters,
        clients=crowd.clients,
        database=db.engine.dialect.name,
        casts=casts,
        casts_per_second=round(casts / crowd.seconds, 1),
        median_ms=round(1000 * cuts[49], 1),
        p99_ms=round(1000 * cuts[98], 1),
        answers=dict(sorted(seen.answers.items())),
        ballots=len(piles.ballots),
        lost=sum(not counted[told[-1]] for told in _in_order(seen)) + _not_in_the_log(vote, seen),
        doubled=len(piles.ballots) - len(seen.receipts) - crowd.others + sum(often - 1 for often in counted.values()),
        falsely_confirmed=sum(
            often for answer, often in seen.answers.items() if answer in {"stranger 200", "revoked 200"}
        ),
        unequal_repeats=crowd.unequal,
        statements=asked.writing,
        request_statements=asked.request,
        measured_casts_per_second=measured["ours"],
        plain_per_second=measured["plain"],
        ratio=measured["ratio"],
        checks=checks,
    )  # fmt: skip


def _in_order(seen: Seen) -> Iterator[list[str]]:
    """Each voter's tracking codes: a repetition tells the same one again and changes nothing, so the last new one counts."""
    for told in seen.receipts.values():
        yield list(dict.fromkeys(told))


def _not_in_the_log(vote: OpenVote, seen: Seen) -> int:
    """Confirmed votes whose hash does not stand in the public log."""
    logged = {tracking_code(commitment) for commitment in logged_ballots(vote.round.id, the_box(vote.round.id).number)}
    told = {tracking for receipts in seen.receipts.values() for tracking in receipts}
    return len(told - logged)
