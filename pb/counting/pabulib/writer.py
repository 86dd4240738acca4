"""A Pabulib file as bytes: UTF-8, `\\n` at every line's end, columns that no row fills left out."""

import csv
import io
from collections.abc import Iterable

from pb.base.money import Cents
from pb.counting.pabulib.values import PabulibFile, Project, Vote


def write_pabulib(file: PabulibFile) -> bytes:
    """The file's bytes; `read_pabulib` gives an equal file back. Counts, budget and vote type of META follow the content."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\n")
    out.writerows([["META"], ["key", "value"], *_meta(file).items()])
    out.writerow(["PROJECTS"])
    out.writerows(_projects(file.projects))
    out.writerow(["VOTES"])
    out.writerows(_votes(file.votes))
    return text.getvalue().encode()


def amount_text(cents: Cents) -> str:
    """An amount as the collection writes it: whole units, or two decimals behind a point.

    >>> amount_text(420000), amount_text(420050)
    ('4200', '4200.50')
    """
    return f"{cents // 100}.{cents % 100:02}" if cents % 100 else str(cents // 100)


def _meta(file: PabulibFile) -> dict[str, str]:
    return dict(file.meta) | {
        "num_projects": str(len(file.projects)),
        "num_votes": str(len(file.votes)),
        "budget": amount_text(file.budget),
        "vote_type": file.vote_type.value,
    }


def _projects(projects: Iterable[Project]) -> list[list[str]]:
    rows = [
        {"project_id": one.id, "cost": amount_text(one.cost), "name": one.name}
        | ({} if one.selected is None else {"selected": str(one.selected)})
        | dict(one.more)
        for one in projects
    ]
    return _table(["project_id", "cost", "name"], rows)


def _votes(votes: Iterable[Vote]) -> list[list[str]]:
    rows = [
        {"voter_id": one.voter, "vote": ",".join(one.choices)}
        | ({"points": ",".join(map(str, one.points))} if one.points else {})
        | dict(one.more)
        for one in votes
    ]
    return _table(["voter_id", "vote"], rows)


def _table(first: list[str], rows: list[dict[str, str]]) -> list[list[str]]:
    """A header and rows: the columns that always stand there, then the others in the order in which they appear."""
    names = list(dict.fromkeys([*first, *(name for row in rows for name in row)]))
    return [names, *([row.get(name, "") for name in names] for row in rows)]
