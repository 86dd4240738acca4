"""The public files of a vote as far as they can be there; those of its count come with the result."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from pb.extensions import db
from pb.plans.reads import submitted_plans
from pb.roll.reads import committed_lines
from pb.voting.publication import credentials_file, log_file, plans_file, replaced_file, spent_file
from pb.voting.reads.log import log_heads, log_leaves
from pb.voting.reads.piles import opened
from pb.voting.reads.sealed import box_of, manifest_content, sealed_of
from pb.voting.values import Box, OpenedBallot, PlanWords, SpentToken


def vote_file_names(box: Box | None) -> tuple[str, ...]:
    """The files that are public: manifest, plans and log from the sealing on, who voted from the opening on."""
    if box is None:
        return ()
    return tuple(_SEALED) if box.opened_at is None else (*_SEALED, *_OPENED)


def vote_file(round_id: int, name: str, session: Session | None = None) -> bytes | None:
    """One of these files, or `None` where it is not public."""
    session = session or db.session()
    box = box_of(round_id, session)
    return _FILES[name](box, session) if box and name in vote_file_names(box) else None


def vote_files(round_id: int, session: Session | None = None) -> dict[str, bytes]:
    """All of these files by name."""
    session = session or db.session()
    box = box_of(round_id, session)
    return {name: _FILES[name](box, session) for name in vote_file_names(box)} if box else {}


def _manifest(box: Box, _: Session) -> bytes:
    return manifest_content(box.round_id) or b""


def _plans(box: Box, session: Session) -> bytes:
    """The words as they are stored now: were they changed since the sealing, then everybody sees that."""
    manifest = sealed_of(box, session).manifest
    found = {plan.code: plan for plan in submitted_plans(box.round_id, session)}
    words = (found[plan.code] for plan in manifest.plans if plan.code in found)
    return plans_file(manifest.round, (PlanWords(one.code, one.title, one.draft.text) for one in words))


def _log(box: Box, session: Session) -> bytes:
    heads = [signed.head for signed in reversed(log_heads(box.round_id, box.number, session))]
    return log_file(_round(box, session), log_leaves(box.round_id, box.number, session), heads)


def _credentials(box: Box, session: Session) -> bytes:
    return credentials_file(_round(box, session), committed_lines(box.round_id, session))


def _spent(box: Box, session: Session) -> bytes:
    return spent_file(_round(box, session), _piles(box)[1])


def _replaced(box: Box, session: Session) -> bytes:
    return replaced_file(_round(box, session), log_leaves(box.round_id, box.number, session), _piles(box)[0])


def _piles(box: Box) -> tuple[tuple[OpenedBallot, ...], tuple[SpentToken, ...]]:
    piles = opened(box.round_id)
    return (piles.ballots, piles.spent) if piles else ((), ())


def _round(box: Box, session: Session) -> str:
    return sealed_of(box, session).manifest.round


_SEALED: dict[str, Callable[[Box, Session], bytes]] = {
    "manifest.json": _manifest,
    "plans.json": _plans,
    "log.txt": _log,
}
_OPENED: dict[str, Callable[[Box, Session], bytes]] = {
    "credentials.txt": _credentials,
    "spent.txt": _spent,
    "replaced.txt": _replaced,
}
_FILES = _SEALED | _OPENED
