"""Whether a page is valid HTML, by html-validate from npm; where it is not installed, the tests skip in words."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = {
    "extends": ["html-validate:standard"],
    "rules": {
        "doctype-style": ["error", {"style": "lowercase"}],
        "no-trailing-whitespace": "off",  # the template engine leaves it; no browser sees it
        "void-style": "off",
        "require-sri": "off",  # everything comes from this site
        "no-inline-style": "error",
        "long-title": "off",
    },
}


@cache
def _command() -> tuple[str, ...]:
    node = shutil.which("node")
    if node is None or not VALIDATOR.exists():
        words = "html-validate is not installed (npm ci)"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    return (node, str(VALIDATOR))


def faults(pages: Mapping[str, str]) -> list[str]:
    """What is wrong with the HTML of these pages, by their names, a sentence each; one run for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        names = {f"{number}.html": name for number, name in enumerate(pages)}
        for file, name in names.items():
            (Path(folder) / file).write_text(pages[name], encoding="utf-8")
        (Path(folder) / ".htmlvalidate.json").write_text(json.dumps({"root": True} | RULES))
        run = subprocess.run(
            [*_command(), "--formatter", "json", *names], cwd=folder, capture_output=True, text=True, check=False
        )
    found = json.loads(run.stdout)
    return [
        f"{names[Path(file['filePath']).name]}:{message['line']}: {message['ruleId']}: {message['message']}"
        for file in found
        for message in file["messages"]
    ]
