"""The package counts without anything but the standard library and numpy."""

import subprocess
import sys

PROGRAM = """
import sys
import pb.counting, pb.counting.pabulib
foreign = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"pb", "numpy"}
print(sorted(name for name in foreign if not name.startswith("_") and sys.modules[name].__spec__.origin))
"""


def test_nothing_else_is_loaded() -> None:
    found = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True)
    assert found.stdout == "[]\n"
