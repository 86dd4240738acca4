"""The answers of *Vragen en hulp* as the frame fills them, until the municipality writes its own."""

from typing import Any

from flask_babel import gettext

from pb.rounds.values import OWN_QUESTION_CODES, QUESTION_CODES, DoorKind, Frame, Question
from pb.rounds.views.words import listed
from pb.words import day, euros, moment

ASKED_OTHERWISE = {"no_letter"}
"""Questions that are worded otherwise at another door."""


def frame_words(code: str, frame: Frame) -> Question:
    """Question and answer in the language of the request; an own question of the municipality has none yet."""
    if code in OWN_QUESTION_CODES:
        return Question("", "")
    facts = _facts(frame)
    asked = _version(code, frame) if code in ASKED_OTHERWISE else code
    return Question(gettext(f"question.{asked}.q", **facts), gettext(f"question.{_version(code, frame)}.a", **facts))


def shown_questions(frame: Frame, written: dict[str, Question]) -> dict[str, Question]:
    """What stands on the page, by code: the municipality's words where it wrote some."""
    usual = {code: written.get(code) or frame_words(code, frame) for code in QUESTION_CODES}
    return usual | {code: written[code] for code in OWN_QUESTION_CODES if code in written}


def _version(code: str, frame: Frame) -> str:
    """Which of several answers holds under this frame."""
    door = "" if frame.door.kind is DoorKind.CODES else frame.door.kind
    versions = {
        "who_votes": "any_age" if frame.minimum_age == 0 else "",
        "paper": "forms" if frame.paper_days else "",
        "no_letter": door,
        "protected_address": door,
        "business": frame.proposers,
        "spending_less": frame.ballot.kind,
        "refused_why": "likes" if frame.likes_needed else "",
        "who_carries_out": frame.payment,
    }
    return f"{code}.{versions[code]}" if versions.get(code) else code


def _facts(frame: Frame) -> dict[str, Any]:
    where = f"{frame.area} ({listed(frame.postcodes)})" if frame.postcodes else frame.area
    return {
        "where": where,
        "how": gettext(f"question.how.{frame.door.kind}", name=frame.door.broker.name),
        "day": day(frame.reference_date),
        "age": frame.minimum_age,
        "amount": euros(max(pot.amount for pot in frame.all_pots())),
        "minimum": euros(frame.minimum_cost),
        "maximum": euros(frame.maximum_cost),
        "most": frame.ballot.at_most,
        "points": frame.ballot.total_points,
        "likes": frame.likes_needed,
        "result": moment(frame.calendar.result),
        "delivered": day(frame.calendar.delivered_by),
    }
