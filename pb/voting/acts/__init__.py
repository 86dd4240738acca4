"""What people do with the vote: seal, cast, close, export, open; one file a journey."""

from pb.voting.acts.amend import ask_to_withdraw, move_close, withdraw_from_ballot
from pb.voting.acts.cast import cast_ballot
from pb.voting.acts.close import close_vote
from pb.voting.acts.desk import (
    activate_code,
    ask_to_activate,
    ask_to_reissue,
    ask_to_revoke,
    reissue_code,
    revoke_code,
)
from pb.voting.acts.draw import ask_to_enter_draw, enter_draw
from pb.voting.acts.log import log_waiting_ballots
from pb.voting.acts.piles import ask_to_export, export_piles, import_piles, open_rehearsal
from pb.voting.acts.reports import answer_report, send_report
from pb.voting.acts.seal import ask_to_seal, prepare_keys, seal_manifest
from pb.voting.acts.settle import settle_soon

__all__ = [
    "activate_code",
    "answer_report",
    "ask_to_activate",
    "ask_to_enter_draw",
    "ask_to_export",
    "ask_to_reissue",
    "ask_to_revoke",
    "ask_to_seal",
    "ask_to_withdraw",
    "cast_ballot",
    "close_vote",
    "enter_draw",
    "export_piles",
    "import_piles",
    "log_waiting_ballots",
    "move_close",
    "open_rehearsal",
    "prepare_keys",
    "reissue_code",
    "revoke_code",
    "seal_manifest",
    "send_report",
    "settle_soon",
    "withdraw_from_ballot",
]
