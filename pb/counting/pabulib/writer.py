"""A Pabulib file as bytes: UTF-8, `\\n` at every line's end, columns that no row fills left out.

Every value stands on one line without spaces around it, as the collection wants it: what has line ends or signs that
no text has (from someone's title) gets spaces there.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from pb.base.cents import Cents
from pb.counting.pabulib.values import PabulibFile, Project, Vote

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def write_pabulib(file: PabulibFile) -> bytes:
    """The file's bytes; `read_pabulib` gives an equal file back. Counts, budget and vote type of META follow the content."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\n")
    out.writerows([["META"], ["key", "value"], *_meta(file).items()])
    out.writerow(["PROJECTS"])
    out.writerows(_table(["project_id", "cost", "name"], map(_project, file.projects)))
    out.writerow(["VOTES"])
    out.writerows(_table(["voter_id", "vote"], map(_vote, file.votes)))
    return text.getvalue().encode()


def amount_text(cents: Cents) -> str:
    """An amount as the collection writes it: whole units, or two decimals behind a point.

    >>> amount_text(420000), amount_text(420050)
    ('4200', '4200.50')
    """
    return f"{cents // 100}.{cents % 100:02}" if cents % 100 else str(cents // 100)


def _meta(file: PabulibFile) -> dict[str, str]:
    values = dict(file.meta) | {
        "num_projects": str(len(file.projects)),
        "num_votes": str(len(file.votes)),
        "budget": amount_text(file.budget),
        "vote_type": file.vote_type.value,
    }
    return {key: _one_line(value) for key, value in values.items()}


def _project(one: Project) -> Mapping[str, str]:
    won = {} if one.selected is None else {"selected": str(one.selected)}
    return {"project_id": one.id, "cost": amount_text(one.cost), "name": one.name} | won | dict(one.more)


def _vote(one: Vote) -> Mapping[str, str]:
    points = {"points": ",".join(map(str, one.points))} if one.points else {}
    return {"voter_id": one.voter, "vote": ",".join(one.choices)} | points | dict(one.more)


def _table(first: list[str], found: Iterable[Mapping[str, str]]) -> list[list[str]]:
    """A header and rows: the columns that always stand there, then the others in the order in which they appear."""
    rows = list(found)
    names = list(dict.fromkeys([*first, *(name for row in rows for name in row)]))
    return [names, *([_one_line(row.get(name, "")) for name in names] for row in rows)]


def _one_line(value: str) -> str:
    return _CONTROL.sub(" ", value).strip()
