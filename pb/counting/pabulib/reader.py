"""The strict reader: sections, headers, counts, ids and numbers must be what they say; the first mistake is named.

Limits on ballots (`max_length`, `max_sum_cost`) are kept in META and not judged here: in files of real rounds they
tell what the ballot paper allowed, and whoever casts or counts the votes judges each by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from pb.counting.pabulib.numbers import amount_in, number_in
from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.rows import Row, decoded, rows
from pb.counting.pabulib.values import OBLIGATORY, PabulibFile, Project, Vote, VoteType

SECTIONS = ("META", "PROJECTS", "VOTES")
META_NUMBERS = ("num_projects", "num_votes", "min_length", "max_length")


def read_pabulib(content: bytes) -> PabulibFile:
    """The file in these bytes. Raises `Refused` with one reason, whose facts give line and column."""
    found = _sections(rows(decoded(content)))
    meta, where = _meta(found["META"])
    projects = tuple(_projects(found["PROJECTS"]))
    votes = tuple(_votes(found["VOTES"], {project.id for project in projects}))
    for key, refusal, many in (
        ("num_projects", FileRefusal.PROJECTS_DIFFER, len(projects)),
        ("num_votes", FileRefusal.VOTES_DIFFER, len(votes)),
    ):
        if number_in(where[key], 1) != many:
            raise where[key].wrong(refusal, 1, said=meta[key], found=many)
    return PabulibFile(meta, amount_in(where["budget"], 1), _vote_type(where["vote_type"]), projects, votes)


def _sections(found: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each section, its header first. Raises `Refused` when the sections are not the three, in order."""
    parts: dict[str, list[Row]] = {}
    last = Row(1, ("",))
    for row in found:
        if len(row.fields) == 1 and row.fields[0].strip() in SECTIONS:
            _check_order(row, parts)
            parts[row.fields[0].strip()] = []
        elif not parts:
            raise row.wrong(FileRefusal.SECTION_MISSING, name=SECTIONS[0])
        else:
            parts[SECTIONS[len(parts) - 1]].append(row)
        last = row
    for name in SECTIONS:
        if not parts.get(name):
            raise last.wrong(FileRefusal.SECTION_MISSING, len(last.fields), name=name)
    return parts


def _check_order(row: Row, before: Mapping[str, list[Row]]) -> None:
    if len(before) == len(SECTIONS) or row.fields[0].strip() != SECTIONS[len(before)]:
        raise row.wrong(FileRefusal.SECTION_ORDER, name=row.fields[0].strip())


def _meta(found: list[Row]) -> tuple[dict[str, str], dict[str, Row]]:
    """META's values, and the row of each for complaints."""
    header = found[0]
    if [name.strip() for name in header.fields] != ["key", "value"]:
        raise header.wrong(FileRefusal.HEADER_WRONG, needed="key;value")
    where: dict[str, Row] = {}
    for row in found[1:]:
        if len(row.fields) != 2:
            raise row.wrong(FileRefusal.FIELDS_WRONG, found=len(row.fields), needed=2)
        key = row.fields[0].strip()
        if key in where:
            raise row.wrong(FileRefusal.KEY_TWICE, name=key)
        where[key] = row
    for key in OBLIGATORY:
        if key not in where:
            raise found[-1].wrong(FileRefusal.KEY_MISSING, name=key)
    for key in META_NUMBERS:
        if key in where and where[key].fields[1].strip():
            number_in(where[key], 1)
    return {key: row.fields[1].strip() for key, row in where.items()}, where


def _vote_type(row: Row) -> VoteType:
    try:
        return VoteType(row.fields[1].strip())
    except ValueError as error:
        raise row.wrong(FileRefusal.VOTE_TYPE_UNKNOWN, 1, name=row.fields[1][:40]) from error


def _table(found: list[Row], obligatory: tuple[str, ...]) -> tuple[dict[str, int], list[Row]]:
    """Where each column stands, and the rows below the header. Raises `Refused` for columns and rows that do not agree."""
    header = found[0]
    names = [name.strip() for name in header.fields]
    for field, (one, other) in enumerate(pairwise(sorted(names))):
        if one == other:
            raise header.wrong(FileRefusal.COLUMN_TWICE, field, name=one)
    for name in obligatory:
        if name not in names:
            raise header.wrong(FileRefusal.COLUMN_MISSING, name=name)
    for row in found[1:]:
        if len(row.fields) != len(names):
            raise row.wrong(FileRefusal.FIELDS_WRONG, len(names), found=len(row.fields), needed=len(names))
    return {name: field for field, name in enumerate(names)}, found[1:]


def _projects(found: list[Row]) -> Iterator[Project]:
    at, table = _table(found, ("project_id", "cost"))
    seen: set[str] = set()
    for row in table:
        project = row.fields[at["project_id"]].strip()
        if not project or "," in project:
            raise row.wrong(FileRefusal.PROJECT_EMPTY, at["project_id"])
        if project in seen:
            raise row.wrong(FileRefusal.PROJECT_TWICE, at["project_id"], name=project)
        seen.add(project)
        name = row.fields[at["name"]].strip() if "name" in at else ""
        yield Project(
            id=project,
            cost=amount_in(row, at["cost"]),
            name=name,
            selected=_selected(row, at["selected"]) if "selected" in at else None,
            more=_more(row, at, ("project_id", "cost", "name", "selected")),
        )


def _selected(row: Row, field: int) -> int | None:
    written = row.fields[field].strip()
    if written not in {"", "0", "1", "2", "3"}:
        raise row.wrong(FileRefusal.SELECTED_WRONG, field)
    return int(written) if written else None


def _votes(found: list[Row], known: set[str]) -> Iterator[Vote]:
    at, table = _table(found, ("voter_id", "vote"))
    seen: set[str] = set()
    for row in table:
        voter = row.fields[at["voter_id"]].strip()
        if not voter:
            raise row.wrong(FileRefusal.VOTER_EMPTY, at["voter_id"])
        if voter in seen:
            raise row.wrong(FileRefusal.VOTER_TWICE, at["voter_id"], name=voter[:60])
        seen.add(voter)
        choices = _choices(row, at["vote"], known)
        points = _points(row, at["points"], len(choices)) if "points" in at else ()
        once = dict(zip(choices, points, strict=True)) if points else dict.fromkeys(choices, 0)
        more = _more(row, at, ("voter_id", "vote", "points"))
        yield Vote(voter, tuple(once), tuple(once.values()) if points else (), more)


def _choices(row: Row, field: int, known: set[str]) -> list[str]:
    """The projects of a vote, as often as they stand there; a vote may be empty."""
    if not row.fields[field].strip():
        return []
    choices = [choice.strip() for choice in row.fields[field].split(",")]
    for place, choice in enumerate(choices):
        if choice not in known:
            inside = sum(len(text) + 1 for text in row.fields[field].split(",")[:place])
            refusal = FileRefusal.CHOICE_UNKNOWN if choice else FileRefusal.CHOICE_EMPTY
            raise row.wrong(refusal, field, inside, name=choice[:60])
    return choices


def _points(row: Row, field: int, choices: int) -> list[int]:
    written = row.fields[field].strip()
    points = [number_in(row, field, part) for part in written.split(",")] if written else []
    if len(points) != choices:
        raise row.wrong(FileRefusal.POINTS_DIFFER, field, points=len(points), choices=choices)
    return points


def _more(row: Row, at: Mapping[str, int], known: tuple[str, ...]) -> dict[str, str]:
    return {name: row.fields[field] for name, field in at.items() if name not in known}
