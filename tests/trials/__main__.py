"""The full figures, written into docs/figures.md and docs/trust.md with date and command: `make trials`. Never a gate.

`python -m tests.trials NAME …` runs only these and leaves the other rows as they stand.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.trials import large, lighthouse, load, trust, verifying
from tests.trials.figures import FIGURES, TRUST, Row, read_rows, write_rows

TRIALS: dict[str, Callable[[], Iterator[Row]]] = {
    "casts": load.casts,
    "kills": load.kills,
    "breaks": trust.breaks,
    "readers": trust.readers,
    "ratios": load.ratios,
    "imports": load.imports,
    "demo": load.demo,
    "credentials": large.credentials,
    "settling": large.settling,
    "verifying": verifying.verifying,
    "lighthouse": lighthouse.scores,
}
OF_TRUST = {"casts", "kills", "breaks", "readers", "credentials", "settling", "verifying"}
DOCS = Path(__file__).resolve().parents[2] / "docs"
TARGETS = ((DOCS / "figures.md", FIGURES, TRIALS.keys() - OF_TRUST), (DOCS / "trust.md", TRUST, OF_TRUST))
"""Each file, its head, and the trials whose figures it has."""


def main() -> int:
    """Run the trials that are named, or all, and write what they measured."""
    wanted = sys.argv[1:] or list(TRIALS)
    if unknown := [name for name in wanted if name not in TRIALS]:
        print(f"No such trial: {', '.join(unknown)}. Choose from {', '.join(TRIALS)}.")
        return 2
    os.environ.setdefault("PB_ENVIRONMENT", "development")
    rows = {name: found for target, _, _ in TARGETS for name, found in read_rows(target).items()}
    for name in wanted:
        print(f"── {name}", flush=True)
        rows[name] = [row.dated(datetime.now(UTC).date()) for row in TRIALS[name]()]
        for row in rows[name]:
            print(f"{row.what}: {row.figure} (aim: {row.aim})", flush=True)
        _write(rows)
    print(json.dumps({name: [row.figure for row in rows[name]] for name in wanted}, ensure_ascii=False))
    return 0


def _write(rows: dict[str, list[Row]]) -> None:
    for target, head, names in TARGETS:
        write_rows(target, head, {name: rows[name] for name in TRIALS if name in names and name in rows})


if __name__ == "__main__":
    sys.exit(main())
