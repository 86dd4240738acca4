"""A table of figures in Markdown: written by the trials, read again so that one trial can be run alone."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

WRITTEN = """
Written by `make trials` (or `python -m tests.trials NAME`), never by hand. The machines are shared and have 2 cores, so
a ratio measured in one run says more than a figure that stands alone. An aim that is not reached stays in the table with
its honest figure.
"""
FIGURES = f"# Figures\n{WRITTEN}"
TRUST = f"""# Trust, in figures

What was tried of one vote, secret and checkable. What it protects and what not stands in [How your vote is
protected](vote.md), who could do what in the [threat model](threat-model.md).
{WRITTEN}"""
"""What stands at the head of each file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, the figure in words, what was aimed at, the command, and the day."""

    what: str
    figure: str
    aim: str
    command: str
    day: str = ""

    def dated(self, day: date) -> "Row":
        """The same with the day on which it was measured."""
        return replace(self, day=day.isoformat())


def write_rows(target: Path, head: str, rows: dict[str, list[Row]]) -> None:
    """Write the table of each trial under its name, below `head`."""
    parts = [head]
    for name, found in rows.items():
        parts += [f"## {name}", "", "| what | figure | aim | command | day |", "| --- | --- | --- | --- | --- |"]
        parts += [f"| {row.what} | {row.figure} | {row.aim} | `{row.command}` | {row.day} |" for row in found]
        parts.append("")
    target.write_text("\n".join(parts), encoding="utf-8")


def read_rows(target: Path) -> dict[str, list[Row]]:
    """The rows that stand in the file, by trial; none where there is no file yet."""
    found: dict[str, list[Row]] = {}
    name = ""
    for line in target.read_text(encoding="utf-8").splitlines() if target.exists() else []:
        if line.startswith("## "):
            name = line[3:]
        elif line.startswith("| ") and not line.startswith(("| what", "| ---")):
            what, figure, aim, command, day = (cell.strip() for cell in line.strip("|").split("|"))
            found.setdefault(name, []).append(Row(what, figure, aim, command.strip("`"), day))
    return found


def say(words: str) -> None:
    """Tell on the terminal why something is missing."""
    print(words, flush=True)  # noqa: T201 - a trial's report
