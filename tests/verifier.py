"""The stand-alone verifier as a module, and the specification's vectors, for tests."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "static" / "verifier" / "verify.py"
VECTORS = ROOT / "tests" / "data" / "vectors"


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("begroot_verify", PROGRAM)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verify = _loaded()
"""`static/verifier/verify.py`."""


def vectors(name: str) -> Any:
    """One file of vectors."""
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
