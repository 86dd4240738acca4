"""VOTES: a voter who stands there once, projects of the file, and points where the vote type has them."""

from collections.abc import Iterator

from pb.counting.pabulib.numbers import number_in
from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.rows import Row
from pb.counting.pabulib.sections import Table
from pb.counting.pabulib.values import Vote, VoteType

KNOWN = ("voter_id", "vote", "points")
WITH_POINTS = frozenset({VoteType.CUMULATIVE, VoteType.SCORING})


def votes_in(found: Iterator[Row], projects: set[str], vote_type: VoteType) -> Iterator[Vote]:
    """The votes in the order of the file. Raises `Refused` at the first mistake.

    Limits on ballots are not judged here: in files of real rounds they tell what the paper allowed; see `limits.py`.
    """
    table = Table(found, ("voter_id", "vote"), KNOWN)
    reader = _Reader(projects, vote_type, table.at["vote"], table.at.get("points"))
    who, seen = table.at["voter_id"], set[str]()
    for row in table.rows():
        voter = row.fields[who].strip()
        if not voter:
            raise row.wrong(FileRefusal.VOTER_EMPTY, who)
        if voter in seen:
            raise row.wrong(FileRefusal.VOTER_TWICE, who, name=voter[:60])
        seen.add(voter)
        choices, points = reader.read(row)
        yield Vote(voter, choices, points, table.more(row))


class _Reader:
    """Reads the choices of one row after the other; equal texts are read once and share what came of them."""

    def __init__(self, projects: set[str], vote_type: VoteType, vote: int, points: int | None) -> None:
        self.projects, self.vote_type = projects, vote_type
        self.vote, self.points = vote, points
        self._read: dict[tuple[str, str], tuple[tuple[str, ...], tuple[int, ...]]] = {}

    def read(self, row: Row) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The projects, each once, and their points; a vote may be empty."""
        written = (row.fields[self.vote], "" if self.points is None else row.fields[self.points])
        found = self._read.get(written)
        if found is None:
            found = self._read[written] = self._once(row)
        return found

    def _once(self, row: Row) -> tuple[tuple[str, ...], tuple[int, ...]]:
        choices = self._choices(row)
        points = self._points(row, len(choices))
        once = tuple(dict.fromkeys(choices))
        if self.vote_type is VoteType.CHOOSE_1 and len(once) > 1:
            raise row.wrong(FileRefusal.MORE_THAN_ONE, self.vote)
        first = dict(zip(reversed(choices), reversed(points), strict=True)) if points else {}
        return once, tuple(first[choice] for choice in once if points)

    def _choices(self, row: Row) -> list[str]:
        if not row.fields[self.vote].strip():
            return []
        parts = row.fields[self.vote].split(",")
        choices = [part.strip() for part in parts]
        for place, choice in enumerate(choices):
            if choice not in self.projects:
                inside = sum(len(part) + 1 for part in parts[:place])
                refusal = FileRefusal.CHOICE_UNKNOWN if choice else FileRefusal.CHOICE_EMPTY
                raise row.wrong(refusal, self.vote, inside, name=choice[:60])
        return choices

    def _points(self, row: Row, choices: int) -> tuple[int, ...]:
        needed = choices and self.vote_type in WITH_POINTS
        field = self.vote if self.points is None else self.points
        written = "" if self.points is None else row.fields[self.points].strip()
        points = tuple(number_in(row, field, part) for part in written.split(",")) if written else ()
        if (points or needed) and len(points) != choices:
            raise row.wrong(FileRefusal.POINTS_DIFFER, field, points=len(points), choices=choices)
        if self.vote_type is VoteType.CUMULATIVE and min(points, default=0) < 0:
            raise row.wrong(FileRefusal.NEGATIVE, field, name="points")
        return points
