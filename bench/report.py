"""The table of figures in a document, between two marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- figures: written by python -m bench -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, how much it is, what it should be, and whether it is."""

    what: str
    figure: str
    aim: str
    met: bool


def write_figures(path: Path, figures: Sequence[Figure], about: str) -> None:
    """Put the table where the last one stood."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    table = "\n".join(_table(figures))
    path.write_text(f"{before}{BEGIN}\n{about}\n\n{table}\n{END}{after}", encoding="utf-8")


def _table(figures: Iterable[Figure]) -> Iterable[str]:
    yield "| what | figure | aim |"
    yield "| --- | ---: | --- |"
    for figure in figures:
        yield f"| {figure.what} | {figure.figure} | {figure.aim}{'' if figure.met else ' (missed)'} |"
