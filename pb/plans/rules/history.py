"""The life of a plan as everybody may read it: the entries of the audit trail that are told, from handing in on."""

from collections.abc import Iterable

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
    """What is told of a plan's life, oldest first; several changes on one day are one. A draft has no history yet."""
    found: list[HistoryEntry] = []
    for entry in entries:
        begun = bool(found) or entry.act == "submit_plan"
        if begun and entry.act in TOLD and not (found and _same_change(found[-1], entry)):
            found.append(entry)
    return tuple(found)


def _same_change(earlier: HistoryEntry, later: HistoryEntry) -> bool:
    return earlier.act == later.act == "edit_plan" and earlier.at.date() == later.at.date()
