"""The source as data: which modules there are, what they import, and which words and templates they name."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = (
    "base",
    "counting",
    "office",
    "people",
    "rounds",
    "plans",
    "selection",
    "roll",
    "doors",
    "voting",
    "results",
    "delivery",
    "site",
    "demo",
)
"""As design.md and docs/architecture.md order them."""
KINDS = ("values", "models", "rules", "reads", "acts", "events", "handlers", "forms", "views")


@dataclass(frozen=True)
class Module:
    """One file of `pb/`: its room ("" for files outside the rooms), its kind ("" where it is none of `KINDS`)."""

    path: Path
    room: str
    kind: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path below the repository, for messages."""
        return str(self.path.relative_to(ROOT))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    return tuple(_module(path) for path in sorted((ROOT / "pb").rglob("*.py")))


def _module(path: Path) -> Module:
    parts = path.relative_to(ROOT / "pb").with_suffix("").parts
    room = parts[0] if len(parts) > 1 and parts[0] in ROOMS else ""
    kind = next((part for part in parts[1:3] if room and part in KINDS), "")  # also in a journey: voting/paper/acts.py
    return Module(path, room, kind, ast.parse(path.read_text(encoding="utf-8")))


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Dotted names that a module imports, with the line; `from a import b` is `a.b`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}:{node.lineno} imports relatively; name the room"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@cache
def templates() -> dict[str, str]:
    """Every template's text by its name."""
    folder = ROOT / "templates"
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".html", ".txt", ".svg", ".xml"}
    }


@cache
def strings() -> frozenset[str]:
    """Every string literal in `pb/`, docstrings aside."""
    found: set[str] = set()
    for module in modules():
        docstrings = {id(node) for node in _docstrings(module.tree)}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                found.add(node.value)
    return frozenset(found)


def _docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


MESSAGE = re.compile(r"""(?<![\w.])(?:_|gettext|lazy_gettext|_l)\(\s*(['"])([^'"]+)\1\s*[,)]""")
PLURAL = re.compile(r"""ngettext\(\s*(['"])([^'"]+)\1\s*,\s*(['"])([^'"]+)\3""")


def message_keys(text: str) -> Iterator[str]:
    """Whole message keys that a template or module names; keys put together from values are judged elsewhere."""
    for match in MESSAGE.finditer(text):
        yield match.group(2)
    for match in PLURAL.finditer(text):
        yield match.group(2)
        yield match.group(4)
