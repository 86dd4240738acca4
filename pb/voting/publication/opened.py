"""`opened.json`, pure: totals and the hash of every other public file, signed with the log's key."""

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nacl.signing import SigningKey

from pb.base.hashing import join_fields
from pb.rounds.values import Openings
from pb.voting.protocol import canonical_json, moment_text
from pb.voting.publication.grouping import Shown
from pb.voting.values import OpenedBallot, SpentToken

VERSION = "begroot-opened/1"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """What `opened.json` is made from; `files` are all other files by name, the auditor's too."""

    round: str
    manifest: bytes
    at: datetime
    shown: Shown
    spent: tuple[SpentToken, ...]
    files: Mapping[str, bytes]
    openings: Openings = Openings.PUBLIC

    def plain(self) -> dict[str, Any]:
        """Its content before it is signed."""
        return {
            "version": VERSION,
            "round": self.round,
            "manifest": self.manifest.hex(),
            "at": moment_text(self.at),
            "openings": self.openings.value,
            "totals": _totals(self.shown.ballots),
            "groups": {name: list(styles) for name, styles in self.shown.groups.items()},
            "withheld": dict(self.shown.withheld),
            "areas": Counter(one.area for one in self.spent),
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()},
        }


def opened_file(content: OpenedFile, log_key: bytes) -> bytes:
    """The bytes of `opened.json`."""
    plain = content.plain()
    signature = SigningKey(log_key).sign(_signed(plain)).signature
    return canonical_json(plain | {"signature": base64.b64encode(signature).decode()})


def _signed(plain: dict[str, Any]) -> bytes:
    return join_fields("opened", plain["round"], canonical_json(plain))


def _totals(ballots: Iterable[OpenedBallot]) -> dict[str, dict[str, int]]:
    found = defaultdict[str, dict[str, int]](dict)
    for (style, channel), number in Counter((ballot.style, ballot.channel) for ballot in ballots).items():
        found[style][channel] = number
    return found
