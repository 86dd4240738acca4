"""All files of a round with a result, pure: those of the vote, of the count, and what signs for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pb.counting import Ledger, ledger_to_json
from pb.results.open_data import ballots_file as pabulib_file
from pb.rounds.values import Openings
from pb.voting.publication import OpenedFile, Shown, ballots_files, opened_file, shown_ballots
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
    """Every file by name, `opened.json` signed at this moment among them, and the auditor's where there is one."""
    manifest = result.sealed.manifest
    shown, openings = shown_ballots(manifest, result.piles.ballots), manifest.frame.openings
    files = {**vote_files, **ballots_files(shown, openings), OUTCOME: ledger_to_json(result.ledger).encode()}
    if openings is Openings.PUBLIC:
        files |= _pabulib_files(result, shown)
    opened = OpenedFile(manifest.round, result.sealed.digest, at, shown, result.piles.spent, files, openings)
    return files | {SIGNED: opened_file(opened, log_key)}


def _pabulib_files(result: Result, shown: Shown) -> dict[str, bytes]:
    """One for each pot in which everyone may see every ballot."""
    manifest = result.sealed.manifest
    hidden = {pot for style in shown.withheld for pot in manifest.styles[style]}
    pots = (one.code for one in manifest.frame.all_pots() if one.code not in hidden)
    return {
        votes_name(pot): pabulib_file(manifest, shown.ballots, result.ledger, result.titles, pot, result.place)
        for pot in pots
    }


def votes_name(pot: str) -> str:
    """The name of a pot's Pabulib file."""
    return f"votes-{pot}.pb"
