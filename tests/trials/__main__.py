"""The full figures, written into docs/figures.md with their date and command: `make trials`. Never a gate.

`python -m tests.trials NAME …` runs only these and leaves the other rows as they stand.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.trials import lighthouse, load, verifying
from tests.trials.figures import Row, read_rows, write_rows

TRIALS: dict[str, Callable[[], Iterator[Row]]] = {
    "casts": load.casts,
    "kills": load.kills,
    "ratios": load.ratios,
    "imports": load.imports,
    "demo": load.demo,
    "verifying": verifying.verifying,
    "lighthouse": lighthouse.scores,
}
TARGET = Path(__file__).resolve().parents[2] / "docs" / "figures.md"


def main() -> int:
    """Run the trials that are named, or all, and write what they measured."""
    wanted = sys.argv[1:] or list(TRIALS)
    if unknown := [name for name in wanted if name not in TRIALS]:
        print(f"No such trial: {', '.join(unknown)}. Choose from {', '.join(TRIALS)}.")
        return 2
    os.environ.setdefault("PB_ENVIRONMENT", "development")
    rows = read_rows(TARGET)
    for name in wanted:
        print(f"── {name}", flush=True)
        rows[name] = [row.dated(datetime.now(UTC).date()) for row in TRIALS[name]()]
        for row in rows[name]:
            print(f"{row.what}: {row.figure} (aim: {row.aim})", flush=True)
        write_rows(TARGET, {key: rows[key] for key in TRIALS if key in rows})
    print(json.dumps({name: [row.figure for row in rows[name]] for name in wanted}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
