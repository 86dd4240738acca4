"""A room imports earlier rooms only, and of them only what they offer; inside a room a file keeps to its kind."""

import sys

import pytest

from tests.house.source import KINDS, ROOMS, Module, imports, modules

OFFERED = {"values", "rules", "reads", "acts", "events"}
PURE = {"base", "counting"}
PARTS = {
    "roll": {"codes", "files", "register", "issue", "letters", "parameters"},
    "voting": {"protocol", "keys", "opening", "publication"},
    "doors": {"brokers", "proofs"},
    "office": {"mail", "jobs", "pages", "skeleton", "throttle", "worker"},
    "people": {"session", "panels"},
    "plans": {"panels"},
    "rounds": {"guard", "codec"},
    "site": {"tasks"},
}
"""Modules beside the kinds that a room offers to others: pure ones and registries, each saying so in its first line."""
MAY_USE = {
    "values": {"values"},
    "models": {"values"},
    "rules": {"values", "rules"},
    "reads": {"models", "rules", "values", "reads"},
    "events": {"values"},
    "forms": {"values", "rules", "forms"},
}
"""What a kind of file may import of its own room; acts, handlers and views may use every file but views."""


def _of_the_house(module: Module) -> list[tuple[str, str, int]]:
    found = []
    for name, line in imports(module):
        parts = name.split(".")
        if parts[0] == "pb" and len(parts) > 2 and parts[1] in ROOMS:
            journey = len(parts) > 3 and parts[2] not in KINDS and parts[3] in KINDS
            found.append((parts[1], parts[3] if journey else parts[2], line))
    return found


@pytest.mark.parametrize("module", [m for m in modules() if m.room], ids=lambda m: m.name)
def test_only_earlier_rooms_and_what_they_offer(module: Module) -> None:
    for room, part, line in _of_the_house(module):
        if room == module.room:
            continue
        where = f"{module.name}:{line}"
        assert ROOMS.index(room) < ROOMS.index(module.room), f"{where} imports the later room {room}"
        offered = room in PURE or part in OFFERED or part in PARTS.get(room, set())
        assert offered, f"{where} reaches into {room}.{part}"


@pytest.mark.parametrize("module", [m for m in modules() if m.kind in MAY_USE], ids=lambda m: m.name)
def test_a_file_keeps_to_its_kind(module: Module) -> None:
    for room, part, line in _of_the_house(module):
        if room in PURE:
            continue
        allowed = (
            MAY_USE[module.kind] if module.kind != "reads" or room == module.room else {"values", "rules", "reads"}
        )
        pure = part in PARTS.get(room, set())
        assert part in allowed or pure, f"{module.name}:{line} ({module.kind}) imports {room}.{part}"


@pytest.mark.parametrize("module", [m for m in modules() if m.kind in {"rules", "values"}], ids=lambda m: m.name)
def test_rules_know_no_request_database_or_clock(module: Module) -> None:
    for name, line in imports(module):
        where = f"{module.name}:{line}"
        assert name.split(".")[0] not in {"flask", "sqlalchemy", "flask_babel", "flask_login", "wtforms"}, where
        assert not name.startswith(("pb.extensions", "pb.base.clock", "pb.base.transaction", "pb.words")), where


@pytest.mark.parametrize("module", [m for m in modules() if m.room in PURE], ids=lambda m: m.name)
def test_the_pure_rooms_import_no_other(module: Module) -> None:
    own = {f"pb.{module.room}", "pb.base"} | ({"pb.extensions"} if module.name == "pb/base/transaction.py" else set())
    for name, line in imports(module):
        assert not name.startswith("pb.") or name.startswith(tuple(own)), f"{module.name}:{line} imports {name}"


@pytest.mark.parametrize("module", [m for m in modules() if m.room == "counting"], ids=lambda m: m.name)
def test_counting_is_standard_library_and_numpy(module: Module) -> None:
    allowed = (set(sys.stdlib_module_names) | {"numpy", "pb"}) - {"random", "secrets", "time", "datetime", "sqlite3"}
    for name, line in imports(module):
        assert name.split(".")[0] in allowed, f"{module.name}:{line} imports {name}"
