"""All public files of a round with a result, pure: those of the vote, of the count, and what signs for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pb.counting import Ledger, ledger_to_json
from pb.results.open_data import ballots_file as pabulib_file
from pb.voting.publication import OpenedFile, ballots_file, opened_file, shown_ballots
from pb.voting.values import Opened, SealedManifest

OUTCOME, SIGNED = "outcome.json", "opened.json"


@dataclass(frozen=True, slots=True)
class Result:
    """What the files of a result are made from; `titles` are those of the plans by code, `place` is where it is."""

    sealed: SealedManifest
    piles: Opened
    ledger: Ledger
    titles: Mapping[str, str]
    place: str


def bundle(result: Result, vote_files: Mapping[str, bytes], log_key: bytes, at: datetime) -> dict[str, bytes]:
    """Every public file by name, `opened.json` signed at this moment among them."""
    manifest = result.sealed.manifest
    shown = shown_ballots(manifest, result.piles.ballots)
    files = {
        **vote_files,
        "ballots.csv": ballots_file(shown.ballots),
        OUTCOME: ledger_to_json(result.ledger).encode(),
    }
    hidden = {pot for style in shown.withheld for pot in manifest.styles[style]}
    for pot in (one.code for one in manifest.frame.all_pots()):
        if pot not in hidden:
            content = pabulib_file(manifest, shown.ballots, result.ledger, result.titles, pot, result.place)
            files[votes_name(pot)] = content
    opened = OpenedFile(manifest.round, result.sealed.digest, at, shown, result.piles.spent, files)
    return files | {SIGNED: opened_file(opened, log_key)}


def votes_name(pot: str) -> str:
    """The name of a pot's Pabulib file."""
    return f"votes-{pot}.pb"
