"""The package counts without anything but the standard library and numpy, as its README shows."""

import re
import subprocess
import sys

from tests.house.source import ROOT

PROGRAM = """
import sys
import pb.counting, pb.counting.pabulib
foreign = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"pb", "numpy"}
print(sorted(name for name in foreign if not name.startswith("_") and sys.modules[name].__spec__.origin))
"""


def test_nothing_else_is_loaded() -> None:
    found = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True)
    assert found.stdout == "[]\n"


def test_the_example_of_the_readme_prints_what_it_says() -> None:
    example = re.search(r"```python\n(.*?)```", (ROOT / "pb/counting/README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    said = re.findall(r"print\(.*\)  # (.*)", example[1])
    found = subprocess.run([sys.executable, "-c", example[1]], capture_output=True, check=True, text=True)
    assert found.stdout.splitlines()[: len(said)] == said
