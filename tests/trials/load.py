"""Trials that load the site: crowds, ratios, real elections, the demo."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pb.measure.bench import bench
from pb.measure.place import place
from pb.measure.rehearse import rehearse
from tests import postgres
from tests.trials.figures import Row, say

ELECTIONS = Path(os.environ.get("PB_ELECTIONS", Path(__file__).resolve().parents[3] / "shared" / "elections"))
VOTERS, CLIENTS = 7_500, 16
"""With the repeats, twins and changes of `rehearse` that makes more than 10,000 casts."""
KILLS, CROWD = 200, 400
A_CAST = "the plain view inserts a row, a cast finds a right, seals twice, signs a promise and writes a receipt"


def databases() -> Iterator[tuple[str, str | None]]:
    """The name and address of each database: SQLite, and an empty PostgreSQL one where there is a server."""
    yield "SQLite", None
    if postgres.cluster():
        yield "PostgreSQL", postgres.fresh_database()


def silent(_part: str, _done: int, _total: int) -> None:
    """Nobody looks at the progress of a trial."""


def casts() -> Iterator[Row]:
    """A crowd on both databases: none lost, doubled or falsely confirmed."""
    for name, address in databases():
        found = rehearse(VOTERS, CLIENTS, address, silent)
        yield Row(
            f"{found.casts:,} casts by {CLIENTS} clients on {name}",
            f"{found.lost} lost, {found.doubled} doubled, {found.falsely_confirmed} falsely confirmed, "
            f"{found.unequal_repeats} repeats told otherwise; {found.casts_per_second:.0f} casts/s with their three pages "
            f"each, median {found.median_ms:.0f} ms, 99 % within {found.p99_ms:.0f} ms",
            "0, 0, 0, 0",
            f"pb rehearse-vote demo --voters {VOTERS} --clients {CLIENTS}",
        )


def ratios() -> Iterator[Row]:
    """Casts and list pages beside the plain view."""
    aims = {"cast": f"0.5; {A_CAST}", "list": "0.6"}
    for name, address in databases():
        for pair in bench(address, silent):
            figures = pair.as_json()
            yield Row(
                f"{pair.name} on {name}",
                f"ratio {figures['ratio']} ({figures['ours']:.0f}/s beside {figures['plain']:.0f}/s of the plain view)",
                aims[pair.name],
                "pb bench",
            )


def imports() -> Iterator[Row]:
    """Real elections through the acts."""
    from pb.demo.importing import import_election

    for name in ("Poland_Warszawa_2023_Ursynow", "Netherlands_Amsterdam_252"):
        file = ELECTIONS / f"{name}.pb"
        if not file.exists():
            say(f"skipped: {name} is not here (set PB_ELECTIONS to the folder of the real elections)")
            continue
        with place():
            started = time.monotonic()
            report = import_election(file, silent)
        official = {None: "the file names no winners", True: "winners equal", False: "winners differ"}[report.equal]
        yield Row(
            f"{name}, {report.voters:,} voters",
            f"{time.monotonic() - started:.0f} s; {report.ballots:,} ballots, {sum(report.refused.values())} refused, {official}",
            "180 s",
            f"pb import-election {name}.pb",
        )


def demo() -> Iterator[Row]:
    """Loading the demo, and winding its clock to the result."""
    import flask_migrate

    import config
    from pb import create_app
    from pb.demo.acts import start_demo, wind
    from pb.demo.values import Step
    from pb.office.worker import work_once

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(config.load({"PB_ENVIRONMENT": "demo", "PB_INSTANCE": folder}))
        with app.app_context():
            flask_migrate.upgrade()
            started = time.monotonic()
            start_demo(silent)
            loaded = time.monotonic()
            wind(Step.RESULT)
            while work_once():
                pass
            played = time.monotonic()
    yield Row("the demo loaded", f"{loaded - started:.0f} s", "about 2 minutes with installing", "pb demo --only-load")
    yield Row("2,914 votes cast, closed, counted, published", f"{played - loaded:.0f} s", "60 s", "wind on in the demo")


def kills() -> Iterator[Row]:
    """A crowd on a site whose processes are killed at random moments, on both databases."""
    from pb.measure.kills import rehearse_kills

    for name, address in databases():
        found = rehearse_kills(KILLS, CROWD, CLIENTS, address, silent)
        yield Row(
            f"{found.casts:,} casts while {found.kills} processes were killed, on {name}",
            f"{found.lost} lost, {found.doubled} doubled, {found.invented} cast without a receipt, "
            f"{found.answered_otherwise} answered otherwise; {found.sent_again:,} requests sent again",
            "0, 0, 0, 0",
            f"pb rehearse-kills --kills {KILLS} --voters {CROWD} --clients {CLIENTS}",
        )
