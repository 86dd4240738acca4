"""Queries about the desk."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pb.extensions import db
from pb.voting.desk.models import ProxyRow, ReturnedLetter
from pb.voting.desk.values import DeskCount
from pb.voting.reads import box_of, notes_of, sealed_of
from pb.voting.rules import code_count
from pb.voting.values import CodeCount


def desk_count(round_id: int) -> DeskCount:
    """What happened at the desk in numbers."""
    return DeskCount(_count(ReturnedLetter, round_id), _count(ProxyRow, round_id))


def codes_of(round_id: int) -> CodeCount | None:
    """How many codes were issued, wait in reserve, were activated and revoked; `None` before the sealing."""
    box = box_of(round_id)
    return code_count(sealed_of(box).manifest, notes_of(round_id, box.number)) if box else None


def letters_of_proxy(session: Session, round_id: int, person: bytes) -> int:
    """With how many letters this person votes for others."""
    mine = (ProxyRow.round_id == round_id) & (ProxyRow.person == person)
    return session.scalar(select(func.count()).select_from(ProxyRow).where(mine)) or 0


def has_proxy(session: Session, round_id: int, letter: bytes) -> bool:
    """Whether somebody else votes with this letter already."""
    of_letter = (ProxyRow.round_id == round_id) & (ProxyRow.letter == letter)
    return session.scalar(select(ProxyRow.place).where(of_letter)) is not None


def _count(model: type[ProxyRow] | type[ReturnedLetter], round_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(model.round_id == round_id)) or 0
