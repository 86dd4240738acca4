"""Writing happens in one way: `commit` stands only in `transaction()`, reads never write, every act leaves a trace."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Module, modules

COMMITS = {"pb/base/transaction.py"}
SILENT = {"cast_ballot"}
"""The only act without an audit entry: that a vote was cast stands nowhere in the clear."""


def _calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            yield name, node.lineno


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.name)
def test_commit_stands_in_one_place(module: Module) -> None:
    if module.name in COMMITS:
        return
    found = [line for name, line in _calls(module.tree) if name == "commit"]
    assert not found, f"{module.name} commits on lines {found}; use transaction()"


@pytest.mark.parametrize("module", [m for m in modules() if m.kind == "reads"], ids=lambda m: m.name)
def test_reads_never_write(module: Module) -> None:
    writing = {"add", "add_all", "delete", "flush", "transaction", "insert", "update", "merge"}
    found = [(name, line) for name, line in _calls(module.tree) if name in writing and _of_session(module, line, name)]
    assert not found, f"{module.name}: {found}"


def _of_session(module: Module, line: int, name: str) -> bool:
    """Whether the call is one of a session or of SQL, not of a set or a dictionary."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and node.lineno == line:
            function = node.func
            if isinstance(function, ast.Name) and function.id == name:
                return True
            if isinstance(function, ast.Attribute) and function.attr == name:
                return ast.unparse(function.value) in {"session", "db.session"}
    return False


def _writing_acts() -> Iterator[tuple[str, ast.FunctionDef, Module]]:
    for module in modules():
        if module.kind == "acts":
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef) and any(name == "transaction" for name, _ in _calls(node)):
                    yield node.name, node, module


def test_every_act_leaves_a_trace() -> None:
    silent = []
    for name, node, module in _writing_acts():
        helpers = {f.name: f for f in module.tree.body if isinstance(f, ast.FunctionDef)}
        if not _audits(node, helpers, set()):
            silent.append(name)
    assert set(silent) <= SILENT, f"acts without audit: {sorted(set(silent) - SILENT)}"
    assert silent, "cast_ballot is gone or audits: look at this test"


def _audits(node: ast.AST, helpers: dict[str, ast.FunctionDef], seen: set[str]) -> bool:
    """Whether the function, or one that it calls in its own file, calls `audit`."""
    for name, _ in _calls(node):
        if name == "audit":
            return True
        if name in helpers and name not in seen:
            seen.add(name)
            if _audits(helpers[name], helpers, seen):
                return True
    return False
