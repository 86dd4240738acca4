"""The public file of a round's corrections, pure: what was decided after the count, beside the signed files of the vote.

No key signs it: a correction is as good as the decision that it names. It binds itself to the count by its hash.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from pb.results.corrections.values import Correction
from pb.voting.protocol import moment_text

CORRECTIONS = "corrections.json"
FORMAT = "begroot-corrections/1"


def corrections_file(round_: str, outcome: bytes, corrections: Iterable[Correction]) -> bytes:
    """Every correction, oldest first. `round_` is the protocol's, `outcome` the bytes of `outcome.json`."""
    content = {
        "format": FORMAT,
        "round": round_,
        "outcome": hashlib.sha256(outcome).hexdigest(),
        "corrections": [_plain(one) for one in corrections],
    }
    return f"{json.dumps(content, indent=2, sort_keys=True)}\n".encode()


def _plain(one: Correction) -> dict[str, Any]:
    decision = one.decision.decision
    return {
        "version": one.version,
        "at": moment_text(one.at),
        "reason": one.reason,
        "winners": list(one.winners),
        "decision": {
            "body": decision.body,
            "date": decision.date.isoformat(),
            "number": decision.number,
            "link": decision.link,
        },
    }
