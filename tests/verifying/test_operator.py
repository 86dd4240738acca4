"""An operator who holds every key rewrites the log, the lists and the totals, and signs all of it anew."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pb.base.hashing import tagged_hash
from pb.voting.protocol import ballot_leaf, choices_text, manifest_leaf, note_leaf, read_note
from pb.voting.values import Activation, Closed, Leaf, LeafKind, OpenedBallot, Revocation, SpentToken
from tests.bundles import ROUND, Scene, a_scene, rewritten
from tests.tampering import failing, keys

SCENE = a_scene()
Cheat = Callable[[Scene], Scene]


def kinds(scene: Scene, kind: LeafKind) -> list[int]:
    """Where leaves of this kind stand."""
    return [at for at, leaf in enumerate(scene.leaves) if leaf.kind is kind]


def a_ballot(*choices: str) -> OpenedBallot:
    """A ballot that nobody cast."""
    nonce = b"n" * 32
    return OpenedBallot("all", "web", choices, nonce, tagged_hash("ballot", ROUND, nonce, choices_text(choices)))


def exchanged(scene: Scene, at: int, *leaves: Leaf) -> Scene:
    """The scene with these leaves, or none, in the place of another one."""
    place = at % len(scene.leaves)
    return rewritten(scene, [*scene.leaves[:place], *leaves, *scene.leaves[place + 1 :]])


def inserted(scene: Scene, *leaves: Leaf) -> Scene:
    """The scene with these leaves before the closing."""
    return exchanged(scene, -1, *leaves, scene.leaves[-1])


def without(scene: Scene, kind: LeafKind, which: int = 0) -> Scene:
    """The scene without a leaf of this kind."""
    return exchanged(scene, kinds(scene, kind)[which])


def closing(scene: Scene, change: Callable[[Closed], Closed]) -> Scene:
    """The scene with another closing."""
    end = read_note(scene.leaves[-1])
    assert isinstance(end, Closed)
    return exchanged(scene, -1, note_leaf(change(end)))


def with_ballots(scene: Scene, *ballots: OpenedBallot) -> Scene:
    """These ballots beside the others, with leaves, and with the closing counting them."""
    many, grown = len(ballots), inserted(scene, *(ballot_leaf(ballot.commitment) for ballot in ballots))
    counted = closing(grown, lambda end: replace(end, ballots=end.ballots + many, leaves=end.leaves + many))
    return replace(counted, ballots=tuple(sorted((*scene.ballots, *ballots))))


def stuffed(scene: Scene) -> Scene:
    """A ballot more, and a token that nobody has."""
    spent = tuple(sorted((*scene.spent, SpentToken("code", b"t" * 32, "all", "2405"))))
    grown = replace(with_ballots(scene, a_ballot("bank")), spent=spent)
    return closing(grown, lambda end: replace(end, spent=end.spent + 1))


def a_person_twice(scene: Scene) -> Scene:
    """The spare code that one person got is said to be another's, who voted with the old one."""
    first, second = (read_note(scene.leaves[at]) for at in kinds(scene, LeafKind.REVOCATION))
    assert isinstance(first, Revocation) and isinstance(second, Revocation)
    joined = note_leaf(replace(first, old=second.old))
    return exchanged(without(scene, LeafKind.REVOCATION, 1), kinds(scene, LeafKind.REVOCATION)[0], joined)


def activated_again(scene: Scene) -> Scene:
    """The same activation twice."""
    return inserted(scene, scene.leaves[kinds(scene, LeafKind.ACTIVATION)[0]])


def activated_from_nowhere(scene: Scene) -> Scene:
    """An activation of a credential that nobody sealed."""
    return inserted(scene, note_leaf(Activation(scene.manifest.opens, b"x" * 32)))


def in_one_area(scene: Scene) -> Scene:
    """Everybody is said to live in one area."""
    return replace(scene, spent=tuple(replace(one, area="2405") for one in scene.spent))


def with_fewer_people(scene: Scene) -> Scene:
    """Another manifest from the beginning, with fewer people on the roll."""
    few = replace(scene, manifest=replace(scene.manifest, areas={"2405": 5, "2406": 5}))
    return exchanged(few, 0, manifest_leaf(few.content))


CHEATS: list[tuple[str, Cheat, str, str]] = [
    ("a ballot is stuffed with a false token", stuffed, "V8", "token.unknown"),
    ("a ballot is stuffed without a token", lambda s: with_ballots(s, a_ballot("bank")), "V9", "style.number"),
    ("a counted ballot is called replaced", lambda s: replace(s, ballots=s.ballots[1:]), "V9", "closed.number"),
    ("a ballot never came in the log", lambda s: without(s, LeafKind.BALLOT, -1), "V6", "ballot.unknown"),
    ("a leaf is in the log twice", lambda s: inserted(s, s.leaves[1]), "V12", "ballot.twice"),
    ("a voter disappears", lambda s: replace(s, spent=s.spent[1:]), "V9", "closed.number"),
    ("a ballot beyond the money", lambda s: with_ballots(s, a_ballot("kas", "tuin", "water")), "V7", "ballot.money"),
    ("a ballot in another order", lambda s: with_ballots(s, a_ballot("kas", "bank")), "V7", "ballot.choices"),
    ("an activation is left out", lambda s: without(s, LeafKind.ACTIVATION), "V8", "token.spare"),
    ("a revocation is left out", lambda s: without(s, LeafKind.REVOCATION), "V8", "token.spare"),
    ("two codes of one person", a_person_twice, "V8", "token.chain"),
    ("who voted before a revocation", lambda s: closing(s, lambda e: replace(e, revoked=0)), "V8", "token.revoked"),
    ("another seed", lambda s: closing(s, lambda e: replace(e, seed=b"x" * 32)), "V11", "lot.seed"),
    ("the closing counts less", lambda s: closing(s, lambda e: replace(e, ballots=22)), "V9", "closed.number"),
    ("the closing is left out", lambda s: without(s, LeafKind.CLOSED), "V5", "log.unclosed"),
    ("a manifest more", lambda s: inserted(s, s.leaves[0]), "V1", "manifest.twice"),
    ("a withdrawal is left out", lambda s: without(s, LeafKind.WITHDRAWAL), "V11", "count.step"),
    ("a spare code is activated twice", activated_again, "V8", "roll.deed"),
    ("an unknown code is activated", activated_from_nowhere, "V8", "roll.deed"),
    ("areas hold more voters than people", in_one_area, "V10", "roll.area"),
    ("more voters than people", with_fewer_people, "V10", "roll.all"),
]  # fmt: skip


@pytest.mark.parametrize(("cheat", "check", "key"), [case[1:] for case in CHEATS], ids=[case[0] for case in CHEATS])
def test_what_an_operator_cannot_hide(tmp_path: Path, cheat: Cheat, check: str, key: str) -> None:
    found = failing(tmp_path, cheat(SCENE).files())
    assert check in found and not {"V2", "V3", "V4"} & found.keys(), found
    assert keys(tmp_path)[check] == key


def test_a_small_group_that_is_shown(tmp_path: Path) -> None:
    told = SCENE.shown()
    files = SCENE.files()
    rows = files["ballots.csv"].decode().replace("all,paper", "all,desk", 1)
    ballots = tuple(replace(b, channel="desk") if f",desk,{b.commitment.hex()}" in rows else b for b in told.ballots)
    cheated = SCENE.signed(files | {"ballots.csv": rows.encode()}, replace(told, ballots=ballots))
    assert list(failing(tmp_path, cheated)) == ["V13"] and keys(tmp_path)["V13"] == "opened.small"
