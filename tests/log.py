"""The public log in tests: read as a stranger reads it, and checked by the program that is offered to strangers."""

import importlib.util
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType

from sqlalchemy import select

from pb.base import clock
from pb.base.transaction import transaction
from pb.extensions import db
from pb.roll.files import committed_line
from pb.roll.models import CredentialRow
from pb.roll.values import Credential, CredentialKind
from pb.rounds.acts import ask_amendment, freeze
from pb.rounds.reads import round_by_id
from pb.rounds.values import Calendar, PhaseKind
from pb.voting.acts import cast_ballot
from pb.voting.protocol import read_note
from pb.voting.publication import ballots_file, credentials_file, log_file, replaced_file, spent_file
from pb.voting.reads import log_heads, log_leaves, manifest_content, opened, the_box
from pb.voting.values import Leaf, LeafKind, Note, Receipt
from tests.factories import CALENDAR, at
from tests.voting import Prepared, Voting, confirm

VOTE = CALENDAR.phases[-1]
VERIFIER = Path(__file__).resolve().parents[1] / "static" / "verifier" / "verify.py"
OF_THE_LOG = ("V1", "V2", "V3", "V4", "V12")
"""The checks that need the log and the manifest only; V5 wants the closing too."""


def move(to: datetime) -> None:
    """Let the clock stand at another moment."""
    clock.inject(lambda: to)


def votes(vote: Voting | Prepared, codes: Iterable[str], plan: str = "bank", key: int = 0) -> list[Receipt]:
    """Each code votes for this plan, with its own receipt."""
    return [cast_ballot(vote.id, code, (plan,), bytes([key] * 16)) for code in codes]


def leaves(round_id: int) -> tuple[Leaf, ...]:
    """The leaves of the log that holds."""
    db.session.rollback()
    return log_leaves(round_id, the_box(round_id).number)


def kinds(round_id: int) -> list[str]:
    """The kinds of these leaves."""
    return [leaf.kind.value for leaf in leaves(round_id)]


def notes(round_id: int) -> list[Note]:
    """What the administrative leaves say."""
    return [read_note(leaf) for leaf in leaves(round_id) if leaf.kind not in {LeafKind.BALLOT, LeafKind.MANIFEST}]


def ballots(round_id: int) -> list[bytes]:
    """The ballots of the log in their order."""
    return [leaf.body for leaf in leaves(round_id) if leaf.kind is LeafKind.BALLOT]


def sizes(round_id: int) -> list[int]:
    """The sizes of all heads, in the order in which they were signed."""
    db.session.rollback()
    return [signed.head.size for signed in reversed(log_heads(round_id, the_box(round_id).number))]


@cache
def verifier() -> ModuleType:
    """The program that strangers download, as a module."""
    spec = importlib.util.spec_from_file_location("begroot_verify", VERIFIER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def write_files(round_id: int, folder: Path) -> Path:
    """The public files of a round, as far as it is."""
    db.session.rollback()
    round_, box, found = round_by_id(round_id), the_box(round_id), opened(round_id)
    assert round_
    heads = [signed.head for signed in reversed(log_heads(round_id, box.number))]
    files = {
        "manifest.json": manifest_content(round_id) or b"",
        "log.txt": log_file(round_.public_id, leaves(round_id), heads),
    }
    if found:
        lines = [committed_line(credential) for credential in _roll(round_id)]
        files |= {
            "credentials.txt": credentials_file(round_.public_id, lines),
            "spent.txt": spent_file(round_.public_id, found.spent),
            "replaced.txt": replaced_file(round_.public_id, leaves(round_id), found.ballots),
            "ballots.csv": ballots_file(found.ballots),
        }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def _roll(round_id: int) -> list[Credential]:
    rows = db.session.scalars(select(CredentialRow).where(CredentialRow.round_id == round_id))
    return [Credential(row.h, row.style, CredentialKind(row.kind)) for row in rows]


def answers(round_id: int, folder: Path) -> dict[str, str]:
    """What the stranger's program says of a round: its answer and sentence by check."""
    found = verifier().verify(write_files(round_id, folder))
    return {one["check"]: f"{one['answer']}: {one['text']}" for one in found}


def holds(round_id: int, folder: Path, checks: Iterable[str] = OF_THE_LOG) -> bool:
    """Whether these checks answer "ok"; a clear failure names those that do not."""
    said = answers(round_id, folder)
    wrong = {check: said[check] for check in checks if not said[check].startswith("ok")}
    assert not wrong, wrong
    return True


def vote_longer(vote: Prepared, by: timedelta, reason: str = "De post was te laat.") -> datetime:
    """Two people let the vote close later; gives the new closing."""
    with transaction() as session:
        freeze(session, vote.id, at(2, 3))
    later = the_box(vote.id).closes + by
    phases = tuple(
        type(phase)(phase.kind, phase.opens, later) if phase.kind is PhaseKind.VOTE else phase
        for phase in CALENDAR.phases
    )
    ask_amendment(vote.id, Calendar(phases, CALENDAR.result, CALENDAR.delivered_by), reason, vote.organiser)
    confirm(vote.id, vote.second)
    return later
