"""A round's public files, written as a stranger gets them and checked by the program that a stranger runs."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pb.results.reads import public_file, public_names
from pb.rounds.reads import round_by_id

PROGRAM = Path(__file__).resolve().parents[2] / "static" / "verifier" / "verify.py"


def verify_files(round_id: int) -> dict[str, str]:
    """What each check answers about a published round, by its name: `ok`, `failed` or `cannot be checked`."""
    round_ = round_by_id(round_id)
    if round_ is None:
        raise LookupError(f"round {round_id} is gone")
    with tempfile.TemporaryDirectory(prefix="begroot-bundle-") as folder:
        for name in public_names(round_):
            (Path(folder) / name).write_bytes(public_file(round_, name) or b"")
        command = [sys.executable, "-I", "-S", str(PROGRAM), folder, "--json"]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 - our own words
    answers = [json.loads(line) for line in told.splitlines()]
    return {one["check"]: one["answer"] for one in answers}
