"""Everything that must pass, one part after the other, and one summary at the end: `make test`.

What a part skips is said in one line each and counted; with `CI=true` a skip is a failure.
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "--no-header")
BOTH_CORES = (*PYTEST, "-n", "2", "--dist", "loadgroup")
COVERAGE = (sys.executable, "-m", "coverage")
PARTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "lint": ((sys.executable, "-m", "ruff", "check", "."), (sys.executable, "-m", "ruff", "format", "--check", ".")),
    "types": ((sys.executable, "-m", "mypy"),),
    "unit": ((*BOTH_CORES, "tests/unit"),),
    "branches": (
        (
            *COVERAGE,
            "run",
            "--branch",
            "--source=pb/counting",
            "-m",
            "pytest",
            "-q",
            "tests/unit",
            "-k",
            "test_counting",
        ),
        (*COVERAGE, "report", "--fail-under=100", "--skip-covered", "--show-missing"),
    ),
    "elections": (
        (*BOTH_CORES, "tests/unit", "-k", "test_counting", "--hypothesis-profile=hundreds"),
        (*BOTH_CORES, "tests/elections"),
    ),
    "verifying": ((*BOTH_CORES, "tests/verifying"),),
    "house": ((*PYTEST, "tests/house"),),
    "rooms": ((*BOTH_CORES, "tests/rooms"),),
    "browser": ((*PYTEST, "tests/browser"),),
}


@dataclass(frozen=True)
class Outcome:
    """What a part came to: whether it passed, how many tests ran, and the reason of each skip."""

    part: str
    passed: bool
    tests: int
    skips: tuple[str, ...]
    seconds: float


def main() -> int:
    """Run the parts and answer 0 only when all passed (and, with `CI=true`, nothing was skipped)."""
    outcomes = [_run(part, commands) for part, commands in PARTS.items()]
    in_ci = os.environ.get("CI") == "true"
    print("\npart      result   tests  skipped  seconds")
    for each in outcomes:
        word = "passed" if each.passed else "FAILED"
        print(f"{each.part:<9} {word:<8} {each.tests:>5} {len(each.skips):>8} {each.seconds:>8.0f}")
    reasons = [reason for each in outcomes for reason in each.skips]
    for reason in sorted(set(reasons)):
        print(f"skipped {reasons.count(reason)} times: {reason}")
    if in_ci and reasons:
        print("CI=true: a skip is a failure.")
    return 0 if all(each.passed for each in outcomes) and not (in_ci and reasons) else 1


def _run(part: str, commands: tuple[tuple[str, ...], ...]) -> Outcome:
    print(f"\n── {part}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        passed = True
        for command in commands:
            extra = [f"--junitxml={report}"] if "pytest" in command else []
            passed &= subprocess.run([*command, *extra], cwd=ROOT, check=False).returncode == 0
        tests, skips = _read(report)
    return Outcome(part, passed, tests, tuple(skips), time.monotonic() - started)


def _read(report: Path) -> tuple[int, list[str]]:
    """How many tests a JUnit report names, and why some were skipped; nothing for a part without one."""
    if not report.exists():
        return 0, []
    cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 - our own file of a moment ago
    return len(cases), list(_reasons(cases))


def _reasons(cases: list[ElementTree.Element]) -> Iterator[str]:
    for case in cases:
        for skipped in case.iter("skipped"):
            yield skipped.get("message", "without a reason")


if __name__ == "__main__":
    sys.exit(main())
