"""The register together with further lists of people who may vote, pure: each read on its own, and none twice."""

from collections.abc import Iterable, Mapping, Sequence

from pb.base.refusals import Reason, Refused
from pb.base.text import clean_line
from pb.roll.parameters import Parameters
from pb.roll.register import Entry, Register, read_list, read_register
from pb.roll.values import RegisterRefusal


def read_everyone(register: bytes, lists: Mapping[str, bytes], parameters: Parameters) -> Register:
    """The people of the register, then those of each list by its name. Raises `Refused` with every mistake."""
    _refuse_names(lists)
    read = [read_register(register, parameters)]
    for name, content in lists.items():
        try:
            read.append(read_list(content, clean_line(name), parameters))
        except Refused as refused:
            raise Refused(RegisterRefusal.LIST_MISTAKE(list=clean_line(name)), *refused.reasons) from refused
    _refuse_meeting(read, lists)
    return Register(tuple(entry for one in read for entry in one.entries), sum(one.too_young for one in read))


def _refuse_names(names: Iterable[str]) -> None:
    if not all(clean_line(name) for name in names):
        raise Refused(RegisterRefusal.LIST_WITHOUT_NAME())


def _refuse_meeting(read: Sequence[Register], names: Iterable[str]) -> None:
    """A letter number stands for one person, and a list's name is no area of the register or another list's."""
    found: list[Reason] = []
    letters: set[str] = set()
    areas: set[str] = set()
    for one, name in zip(read, ("", *map(clean_line, names)), strict=True):
        if name and name in areas:
            found.append(RegisterRefusal.LIST_NAME_TAKEN(list=name))
        found += _in_both(one.entries, letters, name)
        letters |= {entry.letter for entry in one.entries}
        areas |= {entry.area for entry in one.entries}
    if found:
        raise Refused(*found)


def _in_both(entries: Iterable[Entry], letters: set[str], name: str) -> list[Reason]:
    return [RegisterRefusal.NUMBER_IN_BOTH(number=one.letter, list=name) for one in entries if one.letter in letters]
