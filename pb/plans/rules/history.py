"""The life of a plan as everybody may read it: the entries of the audit trail that are told, from handing in on."""

from collections.abc import Iterable, Sequence

from pb.office.values import HistoryEntry

TOLD = (
    "submit_plan",
    "edit_plan",
    "withdraw_plan",
    "hide_argument",
    "judge_plan",
    "enter_shortlist",
    "leave_shortlist",
    "begin_project",
    "drop_project",
    "resume_project",
    "reach_milestone",
    "post_update",
    "record_money",
)
"""Deeds of this and later rooms with words of their own, `plans.history.<act>`; others stay in the trail."""


def told(entries: Iterable[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    """What is told of a plan's life, oldest first; changes on one day are one, and so is news. A draft has no history yet."""
    found: list[HistoryEntry] = []
    for entry in entries:
        begun = bool(found) or entry.act == "submit_plan"
        if begun and entry.act in TOLD and not _told_already(found, entry):
            found.append(entry)
    return tuple(found)


def _told_already(found: Sequence[HistoryEntry], entry: HistoryEntry) -> bool:
    """A change right after a change of that day, and news on a day with news."""
    near = found if entry.act == "post_update" else found[-1:] if entry.act == "edit_plan" else ()
    return any(earlier.act == entry.act and earlier.at.date() == entry.at.date() for earlier in near)
