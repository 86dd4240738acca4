"""The files that are lines of one form each, pure. Every line ends with `\\n`; lines are sorted, the log's excepted."""

import base64
from collections.abc import Iterable, Iterator, Sequence

from pb.rounds.values import Openings
from pb.voting.protocol import choices_text, moment_text
from pb.voting.publication.grouping import Shown
from pb.voting.values import Head, Leaf, LeafKind, OpenedBallot, SpentToken

BALLOT_COLUMNS = "style,channel,C,r,choices"
BALLOTS, AUDITORS = "ballots.csv", "auditor.csv"
"""Where ballots are that everyone sees, and those that only the auditor sees."""


def log_file(round_: str, leaves: Iterable[Leaf], heads: Iterable[Head]) -> bytes:
    """`log.txt`: the leaves in their order, each head directly behind the last leaf that it covers."""
    return _file(f"begroot-log/1 {round_}", _log_lines(leaves, iter(heads)))


def _log_lines(leaves: Iterable[Leaf], heads: Iterator[Head]) -> Iterator[str]:
    head = next(heads, None)
    for size, leaf in enumerate(leaves, start=1):
        body = leaf.body.hex() if leaf.kind is LeafKind.BALLOT else leaf.body.decode()
        yield f"{leaf.kind} {body}"
        if head is not None and head.size == size:
            yield head_line(head)
            head = next(heads, None)


def head_line(head: Head) -> str:
    """A head as one line."""
    root, signature = (base64.b64encode(raw).decode() for raw in (head.root, head.signature))
    return f"head {head.size} {moment_text(head.at)} {root} {signature}"


def credentials_file(round_: str, lines: Iterable[bytes]) -> bytes:
    """`credentials.txt`: the committed lines, which is what the manifest's root is over."""
    return _counted("credentials", round_, sorted(line.decode() for line in lines))


def spent_file(round_: str, spent: Iterable[SpentToken]) -> bytes:
    """`spent.txt`: every right to vote that was used, without the area."""
    return _counted("spent", round_, sorted(f"{one.kind},{one.token.hex()},{one.style}" for one in spent))


def replaced_file(round_: str, leaves: Iterable[Leaf], ballots: Iterable[OpenedBallot]) -> bytes:
    """`replaced.txt`: the ballots in the log that a later one of the same voter replaced."""
    cast = {leaf.body for leaf in leaves if leaf.kind is LeafKind.BALLOT}
    return _counted("replaced", round_, sorted(c.hex() for c in cast - {ballot.commitment for ballot in ballots}))


def ballots_files(shown: Shown, openings: Openings) -> dict[str, bytes]:
    """The files with ballots, by name: of what the frame opens for everyone, small groups still go to the auditor."""
    if openings is Openings.AUDITOR:
        return {AUDITORS: ballots_file((*shown.ballots, *shown.hidden))}
    public = {BALLOTS: ballots_file(shown.ballots)}
    return public | {AUDITORS: ballots_file(shown.hidden)} if shown.hidden else public


def ballots_file(ballots: Iterable[OpenedBallot]) -> bytes:
    """One of them: the ballots as they are shown, sorted by their hash."""
    rows = sorted(ballots, key=lambda ballot: ballot.commitment)
    return _file(BALLOT_COLUMNS, map(_ballot_line, rows))


def _ballot_line(ballot: OpenedBallot) -> str:
    chosen = choices_text(ballot.choices)
    quoted = f'"{chosen}"' if "," in chosen else chosen
    return f"{ballot.style},{ballot.channel},{ballot.commitment.hex()},{ballot.nonce.hex()},{quoted}"


def _counted(kind: str, round_: str, lines: Sequence[str]) -> bytes:
    return _file(f"begroot-{kind}/1 {round_} {len(lines)}", lines)


def _file(first: str, lines: Iterable[str]) -> bytes:
    return ("\n".join([first, *lines]) + "\n").encode()
