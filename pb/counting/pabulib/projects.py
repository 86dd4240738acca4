"""PROJECTS: an id that stands there once, a cost, and whether the project won."""

from collections.abc import Iterator

from pb.counting.pabulib.numbers import amount_in
from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.rows import Row
from pb.counting.pabulib.sections import Table
from pb.counting.pabulib.values import Project


def projects_in(found: Iterator[Row]) -> Iterator[Project]:
    """The projects in the order of the file. Raises `Refused` at the first mistake."""
    table = Table(found, ("project_id", "cost"), ("project_id", "cost", "name", "selected"))
    at, seen = table.at, set[str]()
    for row in table.rows():
        project = row.fields[at["project_id"]].strip()
        if not project or "," in project:
            raise row.wrong(FileRefusal.PROJECT_EMPTY, at["project_id"])
        if project in seen:
            raise row.wrong(FileRefusal.PROJECT_TWICE, at["project_id"], name=project[:60])
        seen.add(project)
        yield Project(
            id=project,
            cost=amount_in(row, at["cost"]),
            name=row.fields[at["name"]].strip() if "name" in at else "",
            selected=_selected(row, at["selected"]) if "selected" in at else None,
            more=table.more(row),
        )


def _selected(row: Row, field: int) -> int | None:
    written = row.fields[field].strip()
    if written not in {"", "0", "1", "2", "3"}:
        raise row.wrong(FileRefusal.SELECTED_WRONG, field)
    return int(written) if written else None
