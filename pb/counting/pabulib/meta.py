"""META: the keys of a file, of which those that are numbers or amounts must be so."""

from pb.counting.pabulib.numbers import amount_in, amounts_in, number_in
from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.rows import Row
from pb.counting.pabulib.values import OBLIGATORY, VoteType

COUNTS = ("num_projects", "num_votes", "min_length", "max_length", "min_project_score_threshold")
POINTS = ("min_points", "max_points", "min_sum_points", "max_sum_points", "default_score")
AMOUNTS = ("budget", "min_sum_cost", "max_sum_cost")
LISTS = {"budget_per_neighborhood": "neighborhoods", "budget_per_category": "categories"}
"""Lists of amounts, and the list of names that each goes with."""


class Meta:
    """The values of META as they stand, and the row of each for complaints."""

    def __init__(self, found: list[Row]) -> None:
        if [name.strip() for name in found[0].fields] != ["key", "value"]:
            raise found[0].wrong(FileRefusal.HEADER_WRONG, needed="key;value")
        self._rows = _by_key(found[1:])
        for key in OBLIGATORY:
            if key not in self._rows:
                raise found[-1].wrong(FileRefusal.KEY_MISSING, name=key)
        self.values = {key: row.fields[1].strip() for key, row in self._rows.items()}
        self._check_numbers()

    def _check_numbers(self) -> None:
        for key in (*COUNTS, *POINTS):
            if self.values.get(key) and number_in(self._rows[key], 1) < 0 and key in COUNTS:
                raise self._rows[key].wrong(FileRefusal.NEGATIVE, 1, name=key)
        for key in AMOUNTS:
            if self.values.get(key):
                amount_in(self._rows[key], 1)
        for key, other in LISTS.items():
            if self.values.get(key):
                names = self.values.get(other)
                if len(amounts_in(self._rows[key], 1)) != (names.count(",") + 1 if names else 0):
                    raise self._rows[key].wrong(FileRefusal.LISTS_DIFFER, 1, name=key, other=other)

    def budget(self) -> int:
        """The money in cents."""
        return amount_in(self._rows["budget"], 1)

    def vote_type(self) -> VoteType:
        """What voters filled in. Raises `Refused` for a type that the format does not know."""
        row = self._rows["vote_type"]
        try:
            return VoteType(row.fields[1].strip())
        except ValueError as error:
            raise row.wrong(FileRefusal.VOTE_TYPE_UNKNOWN, 1, name=row.fields[1][:40]) from error

    def check_count(self, key: str, refusal: FileRefusal, found: int) -> None:
        """Raises `Refused` when the file holds another number than it says."""
        if number_in(self._rows[key], 1) != found:
            raise self._rows[key].wrong(refusal, 1, said=self.values[key], found=found)


def _by_key(found: list[Row]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for row in found:
        if len(row.fields) != 2:
            raise row.wrong(FileRefusal.FIELDS_WRONG, found=len(row.fields), needed=2)
        key = row.fields[0].strip()
        if key in rows:
            raise row.wrong(FileRefusal.KEY_TWICE, name=key[:40])
        rows[key] = row
    return rows
