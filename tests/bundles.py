"""The public files of an invented vote, without a site: for the tests of the protocol and of the verifiers.

A `Scene` holds what happened; its files are written by the application's own writers. A test changes the scene and has
everything signed anew, as an operator with all keys could, or changes the files themselves, as anybody could.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from pb.base.hashing import credential_of, tagged_hash, token_of, tree_root
from pb.counting import Ledger, ledger_to_json
from pb.counting.rules import count
from pb.results.open_data import ballots_file as votes_file
from pb.results.rules import election_from, rule_of
from pb.roll.codes import check_sign
from pb.roll.files import committed_line
from pb.roll.values import Credential, CredentialKind, StyleCount
from pb.rounds.values import Frame, Openings
from pb.voting.protocol import (
    GrowingTree,
    ballot_leaf,
    choices_text,
    encode_leaf,
    log_origin,
    lot_order,
    manifest_digest,
    manifest_leaf,
    manifest_to_bytes,
    note_leaf,
    sign_head,
    words_hash,
)
from pb.voting.publication import (
    AUDITORS,
    OpenedFile,
    Shown,
    ballots_files,
    credentials_file,
    log_file,
    opened_file,
    plans_file,
    replaced_file,
    shown_ballots,
    spent_file,
)
from pb.voting.values import (
    Activation,
    BallotPlan,
    Closed,
    Head,
    Leaf,
    LeafKind,
    LotDrawn,
    Manifest,
    Opened,
    OpenedBallot,
    PlanWords,
    Revocation,
    SpentToken,
    Withdrawal,
)
from tests.factories import a_frame

ROUND = "00112233445566778899aabbccddeeff"
LOG_KEY, SEED = bytes(range(32)), bytes(range(32, 64))
LOG_PUBLIC = bytes(SigningKey(LOG_KEY).verify_key)
COSTS = {"bank": 4_200_00, "bomen": 9_500_00, "kas": 14_000_00, "tuin": 16_000_00, "water": 2_000_00}
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Scene:
    """A vote that is over: what was sealed, what stands in the log, and what came out of the piles."""

    manifest: Manifest
    credentials: tuple[Credential, ...]
    leaves: tuple[Leaf, ...]
    batches: tuple[int, ...]
    ballots: tuple[OpenedBallot, ...]
    spent: tuple[SpentToken, ...]
    withdrawn: tuple[str, ...] = ()
    lot: tuple[str, ...] = ()

    @property
    def content(self) -> bytes:
        """The manifest's bytes."""
        return manifest_to_bytes(self.manifest)

    @property
    def digest(self) -> bytes:
        """The manifest's name."""
        return manifest_digest(self.content)

    @property
    def openings(self) -> Openings:
        """Who sees the ballots."""
        return self.manifest.frame.openings

    def heads(self) -> list[Head]:
        """A signed head behind each batch, ten minutes apart."""
        origin, tree, heads, at = (
            log_origin(ROUND, self.digest),
            GrowingTree(),
            [],
            self.manifest.opens,
        )
        for size in self.batches:
            tree = tree.with_leaves(map(encode_leaf, self.leaves[tree.size : size]))
            heads.append(sign_head(LOG_KEY, origin, size, tree.root, at + len(heads) * timedelta(minutes=10)))
        return heads

    def shown(self) -> Shown:
        """The ballots as they are published."""
        return shown_ballots(self.manifest, self.ballots)

    def ledger(self) -> Ledger:
        """The count, by the rule that was sealed."""
        lot = self.lot or lot_order(ROUND, SEED, [plan.code for plan in self.manifest.plans])
        election = election_from(self.manifest, Opened(self.ballots, self.spent, self.withdrawn, SEED.hex()))
        rule = rule_of(self.manifest.frame, self.manifest.conflicts, self.manifest.ceilings)
        return count(election, rule, lot)

    def files(self) -> dict[str, bytes]:
        """All files, the auditor's too, as they are when nothing is wrong with them."""
        shown, ledger = self.shown(), self.ledger()
        hidden = {pot for style in shown.withheld for pot in self.manifest.styles[style]}
        pots = [pot.code for pot in self.manifest.frame.all_pots() if pot.code not in hidden]
        words = [words_of(plan.code) for plan in self.manifest.plans]
        titles = {plan.code: plan.title for plan in words}
        files = {
            "manifest.json": self.content,
            "plans.json": plans_file(ROUND, words),
            "log.txt": log_file(ROUND, self.leaves, self.heads()),
            "credentials.txt": credentials_file(ROUND, map(committed_line, self.credentials)),
            "spent.txt": spent_file(ROUND, self.spent),
            "replaced.txt": replaced_file(ROUND, self.leaves, self.ballots),
            **ballots_files(shown, self.openings),
            "outcome.json": ledger_to_json(ledger).encode(),
        }
        for pot in pots if self.openings is Openings.PUBLIC else ():
            files[f"votes-{pot}.pb"] = votes_file(self.manifest, shown.ballots, ledger, titles, pot, "Voorbeeldstad")
        return self.signed(files, shown)

    def signed(self, files: dict[str, bytes], shown: Shown | None = None) -> dict[str, bytes]:
        """These files with an `opened.json` that fits them: what an operator with the log's key can always make."""
        others = {name: content for name, content in files.items() if name != "opened.json"}
        at = self.manifest.closes + timedelta(days=5)
        content = OpenedFile(ROUND, self.digest, at, shown or self.shown(), self.spent, others, self.openings)
        return others | {"opened.json": opened_file(content, LOG_KEY)}


def public(files: dict[str, bytes]) -> dict[str, bytes]:
    """What everyone has of these files."""
    return {name: content for name, content in files.items() if name != AUDITORS}


def write_files(folder: Path, files: dict[str, bytes]) -> Path:
    """The files in a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def words_of(code: str) -> PlanWords:
    """The words of a plan, with signs that a file could stumble over."""
    return PlanWords(
        code, f'Plan {code}; "mooi"', f"Voor iedereen: {code}.\n\t‘Ook’ in <de> winter \\ 😀, een\u2028regel"
    )


class Maker:
    """Makes a scene step by step, with chance from a fixed seed."""

    def __init__(self, frame: Frame | None = None, pots: dict[str, str] | None = None, chance: int = 1) -> None:
        self.frame = frame or a_frame()
        self.random = random.Random(chance)  # noqa: S311 - the same scene in every run
        self.pots = pots or {}
        self.lines: dict[bytes, Credential] = {}
        self.tokens: dict[bytes, bytes] = {}
        self.leaves: list[Leaf] = []
        self.batches: list[int] = []
        self.waiting: list[bytes] = []
        self.standing: dict[bytes, tuple[OpenedBallot, SpentToken]] = {}
        self.slots: dict[bytes, bytes] = {}
        self.revoked: set[bytes] = set()
        self.withdrawn: list[str] = []
        self.lot: tuple[str, ...] = ()
        self.manifest: Manifest | None = None
        self.extra = 0

    def code(self, style: str = "all", area: str = "2405", kind: CredentialKind = CredentialKind.ISSUED) -> bytes:
        """A new code on the roll; answers its credential."""
        signs = "".join(self.random.choices(CROCKFORD, k=15))
        token = token_of(ROUND, signs + check_sign(signs))
        h = credential_of(token)
        self.lines[h] = Credential(h, style, kind, "" if kind is CredentialKind.SPARE else area)
        self.tokens[h], self.slots[h] = token, h
        return h

    def seal(self, costs: dict[str, int] | None = None) -> None:
        """Seal what stands, and begin the log."""
        vote = self.frame.calendar.phases[-1]
        plans = tuple(
            BallotPlan(code, self.pots.get(code, "all"), cost, words_hash(words_of(code)))
            for code, cost in sorted((costs or COSTS).items())
        )
        counts, areas = dict[str, StyleCount](), dict[str, int]()
        for style in self.frame.styles():
            kinds = [one.kind for one in self.lines.values() if one.style == style]
            counts[style] = StyleCount(kinds.count(CredentialKind.ISSUED), kinds.count(CredentialKind.SPARE))
        for one in self.lines.values():
            if one.kind is CredentialKind.ISSUED:
                areas[one.area] = areas.get(one.area, 0) + 1
        self.manifest = Manifest(
            version="begroot-manifest/1", round=ROUND, frame=self.frame, plans=plans, styles=self.frame.styles(),
            counting=f"{self.frame.counting.rule}/1", seed_commitment=tagged_hash("seed", ROUND, SEED).hex(), opens=vote.opens,
            closes=vote.closes, paper_closes=vote.closes, areas=areas, credentials=counts,
            credential_root=tree_root(map(committed_line, sorted(self.lines.values()))).hex(), sealing_key="11" * 32,
            log_key=LOG_PUBLIC.hex(), checks={"log": "22" * 32, "outbox": "33" * 32, "round": "44" * 32},
        )  # fmt: skip
        self.add([manifest_leaf(manifest_to_bytes(self.manifest))])

    def add(self, leaves: Iterable[Leaf]) -> None:
        """Leaves with a head behind them."""
        self.leaves += leaves
        self.batches.append(len(self.leaves))

    def at(self, hours: int = 0) -> datetime:
        """A moment during the vote."""
        assert self.manifest
        return self.manifest.opens + timedelta(hours=hours)

    def vote(self, h: bytes, *choices: str, channel: str = "web") -> bytes:
        """Someone votes, perhaps anew; answers the ballot's hash."""
        nonce, chosen = self.random.randbytes(32), tuple(sorted(choices))
        c = tagged_hash("ballot", ROUND, nonce, choices_text(chosen))
        style, area = self.lines[h].style, self.lines[h].area or "2405"
        ballot = OpenedBallot(style, channel, chosen, nonce, c)
        self.standing[self.slots[h]] = ballot, SpentToken("code", self.tokens[h], style, area)
        self.waiting.append(c)
        return c

    def login(self, *choices: str, style: str = "all") -> None:
        """Someone votes after signing in."""
        self.extra += 1
        nonce, chosen = self.random.randbytes(32), tuple(sorted(choices))
        c = tagged_hash("ballot", ROUND, nonce, choices_text(chosen))
        ballot = OpenedBallot(style, "web", chosen, nonce, c)
        self.standing[b"login%d" % self.extra] = ballot, SpentToken("login", b"", style, "2405")
        self.waiting.append(c)

    def batch(self) -> None:
        """What waits goes into the log."""
        if self.waiting:
            self.add(ballot_leaf(c) for c in sorted(self.waiting))
        self.waiting = []

    def reissue(self, old: bytes, new: bytes) -> None:
        """A lost code is revoked and a spare one takes its place."""
        self.slots[new] = self.slots[old]
        self.revoked.add(old)
        self.add([note_leaf(Revocation(self.at(2), old, new))])

    def activate(self, h: bytes, area: str = "2405") -> None:
        """A spare code for somebody who was not on the roll."""
        self.add([note_leaf(Activation(self.at(3), h, area))])

    def withdraw(self, plan: str) -> None:
        """A plan leaves the ballot."""
        self.withdrawn.append(plan)
        self.add([note_leaf(Withdrawal(self.at(4), plan, "De eigenaar wil niet meer."))])

    def draw(self, *order: str) -> None:
        """Two people enter a draw by hand, after the last vote."""
        assert self.manifest
        self.batch()
        self.lot = order
        self.add([note_leaf(LotDrawn(self.manifest.closes, order, "Met ballen, in het buurthuis."))])

    def close(self) -> Scene:
        """The end of the vote."""
        self.batch()
        assert self.manifest
        spent = tuple(sorted(token for _, token in self.standing.values()))
        voted_before = sum(credential_of(token.token) in self.revoked for token in spent if token.token)
        closed = Closed(
            self.manifest.closes, len(self.standing), sum(leaf.kind is LeafKind.BALLOT for leaf in self.leaves),
            len(spent), voted_before, SEED, self.extra,
        )  # fmt: skip
        self.add([note_leaf(closed)])
        ballots = tuple(sorted(ballot for ballot, _ in self.standing.values()))
        return Scene(
            self.manifest, tuple(sorted(self.lines.values())), tuple(self.leaves), tuple(self.batches), ballots, spent,
            tuple(self.withdrawn), self.lot,
        )  # fmt: skip


def rewritten(scene: Scene, leaves: Sequence[Leaf]) -> Scene:
    """The scene with other leaves, all of it signed anew: what an operator with the log's key can always do."""
    return replace(scene, leaves=tuple(leaves), batches=(1, len(leaves)))


def resealed(scene: Scene, **changes: Any) -> Scene:
    """The scene with another manifest from the beginning on."""
    other = replace(scene, manifest=replace(scene.manifest, **changes))
    return rewritten(other, [manifest_leaf(other.content), *scene.leaves[1:]])


def a_scene(voters: int = 24, frame: Frame | None = None, chance: int = 1) -> Scene:
    """A round in which everything happens that can happen: replaced votes, a lost code, a late person, a withdrawn plan."""
    maker = Maker(frame, chance=chance)
    codes = [maker.code(area="2405" if at % 2 else "2406") for at in range(voters)]
    spares = [maker.code(kind=CredentialKind.SPARE) for _ in range(4)]
    maker.seal()
    combinations = [("bank", "bomen", "kas"), ("bank",), ("kas", "tuin"), (), ("bomen", "water"), ("tuin", "bank")]
    for at, h in enumerate(codes[:-2]):
        maker.vote(h, *combinations[at % len(combinations)], channel="paper" if at % 3 == 2 else "web")
    maker.batch()
    maker.reissue(codes[0], spares[0])  # voted before, and votes again with the new code
    maker.reissue(codes[1], spares[1])  # voted before, and leaves it at that
    maker.activate(spares[2])
    maker.withdraw("water")
    maker.vote(spares[0], "kas")
    maker.vote(spares[2], "bank", "tuin")
    maker.vote(codes[3], "bomen")
    maker.vote(codes[3], "bomen", "kas")
    return maker.close()
