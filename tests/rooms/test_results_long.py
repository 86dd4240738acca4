"""A result of many plans: what matters stands first, and the rest is one click away."""

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from pb.demo.importing import import_election
from tests.pages import page
from tests.unit.test_demo_elections import a_file

WON = "".join(f"w{n:02};100;Winnaar {n};1\n" for n in range(9))
LOST = "".join(f"v{n:02};990;Verliezer {n};0\n" for n in range(7))
BALLOTS = "".join(f"{n};{','.join(f'w{won:02}' for won in range(9))}\n" for n in range(3))
LOSING = "4;" + ",".join(f"v{n:02}" for n in range(7)) + "\n"


def silent(_part: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def test_what_matters_stands_first(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "many.pb"
    path.write_bytes(a_file(rows=WON + LOST, ballots=BALLOTS + LOSING))
    report = import_election(path, silent)
    text = page(client.get(f"/rondes/{report.round}/uitslag"))
    open_, folded = (part.count("card winner") for part in _part(text, "winners").split("<details>"))
    assert (open_, folded) == (6, 3) and "Laat ook de andere 3 winnaars zien" in text
    bars = [part.count("bars__title") for part in _part(text, "votes-all").split("<details>")]
    assert bars == [12, 4, 0] and "Laat ook de andere 4 plannen zien" in text
    assert [part.count("<li>") for part in _part(text, "lost").split("<details>")] == [6, 1]
    assert len(re.findall("Verliezer", _part(text, "lost"))) == 7


def _part(text: str, name: str) -> str:
    """A section of a page, by the name of its heading."""
    return text.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]
