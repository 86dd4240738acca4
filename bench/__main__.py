"""`python -m bench FILE`: every measurement in a process of its own, and the figures in `docs/counting.md`.

The speed of pabutools is a ratio of the same minute on the same machine; absolute figures are of a quiet machine.
"""

import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.measure import MEASURES
from bench.report import Figure, write_figures

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure, print and write; 1 when an aim is missed, 2 without a file."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print("python -m bench FILE: name a Pabulib file, such as Poland_Lodz_2022.pb.")
        return 2
    path = Path(sys.argv[1]).resolve()
    found = {name: _measured(name, path) for name in MEASURES}
    figures = list(_figures(found))
    write_figures(ROOT / "docs" / "counting.md", figures, _about(path, found))
    for figure in figures:
        print(f"{figure.what:<58} {figure.figure:>14}   {figure.aim}   {'' if figure.met else 'MISSED'}")
    return 0 if all(figure.met for figure in figures) else 1


def _measured(name: str, path: Path) -> dict[str, Any]:
    print(f"── {name}", flush=True)
    command = [sys.executable, "-m", "bench.measure", name, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _about(path: Path, found: dict[str, dict[str, Any]]) -> str:
    same = found["single"]["winners"] == found["pabutools_single"]["winners"]
    same &= found["add1"]["winners"] == found["pabutools_add1"]["winners"]
    day = datetime.now(UTC).date()
    return (
        f"Measured on {day} by `python -m bench {path.name}` with Python {platform.python_version()}: seconds of processor "
        f"time, each in a process of its own. Winners of ours and of pabutools: {'the same' if same else 'NOT the same'}."
    )


def _figures(found: dict[str, dict[str, Any]]) -> list[Figure]:
    one, raised, million, small = found["single"], found["add1"], found["million"], found["small"]
    ratio = found["pabutools_add1"]["seconds"] / raised["seconds"]
    single_ratio = found["pabutools_single"]["seconds"] / one["whole"]
    seconds = {name: measured["seconds"] for name, measured in found.items()}
    voters = f"1,000,000 voters ({million['different']:,} different), {million['rises']} rises"
    steps = f"30,000 voters × 175 plans, {small['rises']:,} rises"
    return [
        Figure("read the file", f"{seconds['reading']:.2f} s", "below 0.5 s", seconds["reading"] < 0.5),
        Figure("one run", f"{1000 * seconds['single']:.0f} ms", "below 20 ms", seconds["single"] < 0.02),
        Figure("one run with checks, layout and ledger", f"{1000 * one['whole']:.0f} ms", "no aim", True),
        Figure(f"Add1, {raised['rises']} rises", f"{seconds['add1']:.2f} s", "below 1 s", seconds["add1"] < 1),
        Figure("pabutools, one run", f"{seconds['pabutools_single']:.1f} s", "beside ours", True),
        Figure("pabutools, Add1", f"{seconds['pabutools_add1']:.1f} s", "beside ours", True),
        Figure("Add1 faster than pabutools", f"{ratio:.0f} times", "at least 40, aim 100", ratio >= 40),
        Figure("one run, all of it, faster than pabutools", f"{single_ratio:.0f} times", "no aim", True),
        Figure("memory of ours, Add1", f"{raised['megabytes']:.0f} MB", "no aim", True),
        Figure("memory of pabutools, Add1", f"{found['pabutools_add1']['megabytes']:.0f} MB", "beside ours", True),
        Figure(voters, f"{seconds['million']:.1f} s", "below 8 s", seconds["million"] < 8),
        Figure("its memory", f"{million['megabytes']:.0f} MB", "below 1,000 MB", million["megabytes"] < 1000),
        Figure(steps, f"{seconds['small']:.1f} s", "below 30 s", seconds["small"] < 30),
    ]


if __name__ == "__main__":
    sys.exit(main())
