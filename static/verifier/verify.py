#!/usr/bin/env python3
"""Checks a vote from its public files: python3 verify.py FOLDER [--json]

Written from docs/protocol.md, of which the sections are named below, and from nothing else of the program that held the
vote. It needs Python 3.11 and nothing beside it. Each check answers ok, failed, or that it cannot be made and why. The
exit code is 0 when nothing failed, 1 when something did, and 2 where there is nothing to check.
"""

import argparse
import base64
import csv
import hashlib
import io
import itertools
import json
import re
import sys
from collections import Counter
from fractions import Fraction
from functools import cache, cached_property
from heapq import heapify, heappop, heappush
from math import lcm
from pathlib import Path
from typing import NamedTuple

# ---------------------------------------------------------------------------------------------------- answers

SENTENCES = {
    "V1.ok": "The manifest is the first leaf of the log, byte for byte.",
    "V2.ok": "The log's key signed all {heads} heads.",
    "V3.ok": "Each of the {heads} heads extends the one before.",
    "V4.ok": "The last head covers all {leaves} leaves.",
    "V5.ok": "The log ends with the closing of the vote.",
    "V6.ok": "Each of the {ballots} ballots is in the log, as it was when it was cast.",
    "V7.ok": "Each of the {ballots} ballots obeys the rules of its kind.",
    "V8.ok": "Each of the {spent} used codes was on the roll and was used once.",
    "V9.ok": "All {leaves} ballots in the log are accounted for: {ballots} count, {replaced} were replaced by their voter.",
    "V10.ok": "No more people voted ({spent}) than could vote ({roll}).",
    "V11.ok": "Counting again gives the same outcome, step by step: {winners} plans win.",
    "V12.ok": "No two ballots are the same leaf.",
    "V13.ok": "All {files} files have their form, and belong together.",
    "file.missing": "{file} is not there; it is published later, or not.",
    "file.broken": "{file}, line {line}, is not in its form.",
    "file.odd": "The files hold something that this check cannot read: {what}.",
    "openings.auditor": "The ballots of this round go to the auditor only.",
    "manifest.other": "The manifest is not the first leaf of the log.",
    "manifest.twice": "Leaf {leaf} is a second manifest.",
    "head.signature": "The head of size {size} is not signed by the log's key.",
    "head.order": "The head of size {size} does not come after the one before, by size or moment.",
    "head.root": "The head of size {size} does not belong to the leaves before it.",
    "head.none": "The log has no head.",
    "head.short": "The last head covers {size} of {leaves} leaves.",
    "log.open": "The vote is not closed yet: the log has no leaf that says so.",
    "log.unclosed": "The log does not say that the vote was closed.",
    "log.after": "Leaf {leaf} comes after the closing of the vote.",
    "ballot.hash": "Ballot {c} is not what was cast: its choices or its number were changed.",
    "ballot.unknown": "Ballot {c} is not in the log.",
    "ballot.twice": "Ballot {c} is there twice.",
    "ballot.style": "Ballot {c} is of a kind, {style}, that the manifest does not know.",
    "ballot.choices": "Ballot {c} chooses something that its kind, {style}, does not offer: {choices}.",
    "ballot.money": "Ballot {c} spends more than there is: {choices}.",
    "ballot.many": "Ballot {c} chooses too many or too few plans: {choices}.",
    "ballot.numbers": "Ballot {c} gives other points or places than it may: {choices}.",
    "roll.root": "credentials.txt is not the list that was sealed in the manifest.",
    "roll.count": "credentials.txt has other numbers of credentials for {style} than the manifest.",
    "roll.deed": "The {kind} at leaf {leaf} is about a credential that it cannot be about.",
    "token.unknown": "The used code {t} is not on the roll.",
    "token.style": "The used code {t} belongs to another kind of ballot than {style}.",
    "token.twice": "The used code {t} is there twice.",
    "token.spare": "The used code {t} is a spare one that was never activated.",
    "token.chain": "The used code {t} and another one stand for the same person.",
    "token.revoked": "The closing counts {wanted} who voted before their code was revoked; spent.txt has {found}.",
    "token.none": "{logins} people came through a sign-in; only its operator knows who they are.",
    "leaf.lost": "The ballot {c} in the log is neither counted nor replaced.",
    "leaf.number": "{found} ballots of the log are in no file, and {wanted} are said to be withheld.",
    "leaf.both": "The ballot {c} is both counted and replaced.",
    "leaf.foreign": "The replaced ballot {c} is not in the log.",
    "closed.number": "The closing counts {wanted} ({what}); the files have {found}.",
    "style.number": "Of {style} there are {ballots} ballots and {spent} used codes.",
    "roll.style": "Of {style} {spent} voted and {may} could.",
    "roll.all": "{spent} voted and {may} could.",
    "roll.area": "Of {area} {spent} voted and {may} could.",
    "lot.seed": "The seed of the lot is not the one that was sealed.",
    "lot.order": "The draw of lots does not name every plan once.",
    "lot.number": "The rules ask for {wanted} draws by hand, and the log has {found}.",
    "lot.early": "The draw by hand stands in the log before the vote was closed.",
    "count.rule": "This verifier does not know the rule {rule}.",
    "count.withheld": "The ballots of {pots} are withheld, so their steps cannot be counted again.",
    "count.other": "outcome.json says {theirs} for {what}; counted again it is {ours}.",
    "count.step": "outcome.json says {theirs} for {what} of {plan}; counted again it is {ours}.",
    "form.round": "{file} is of another round.",
    "form.count": "{file} says that it has {wanted} lines, and has {found}.",
    "form.order": "{file}, line {line}, is not in its place.",
    "form.head": "The head of size {size} does not stand behind its last leaf.",
    "form.end": "log.txt does not end with a head.",
    "form.json": "{file} is not written in its one form.",
    "form.leaf": "Leaf {leaf} is not written in its one form.",
    "form.plan": "The manifest says of {what} what cannot be.",
    "plans.other": "plans.json has other plans than the manifest.",
    "plans.words": "The title or text of {plan} is not what was sealed.",
    "opened.signature": "opened.json is not signed by the log's key.",
    "opened.manifest": "opened.json belongs to another manifest.",
    "opened.file": "{file} is not the file that opened.json was signed with.",
    "opened.more": "{file} does not belong to these files.",
    "opened.openings": "opened.json says that the ballots are for: {found}. The manifest says: {wanted}.",
    "opened.totals": "opened.json has other totals than the ballots for {style}.",
    "opened.groups": "opened.json puts other kinds of ballots together than it should.",
    "opened.small": "Of {style} fewer than 5 ballots came by {channel}, and the ballots tell which.",
    "opened.areas": "opened.json has {found} voters in all areas together; spent.txt has {wanted}.",
    "pabulib.differs": "{file} does not follow from the ballots and the outcome: {what}.",
}
"""Every sentence a check can end with; what stands in braces is filled in."""


class Answer(Exception):
    """Ends a check with a sentence."""

    answer = ""

    def __init__(self, key, **facts):
        super().__init__(key)
        self.key, self.facts = key, facts


class Failed(Answer):
    """Something is wrong."""

    answer = "failed"


class Unchecked(Answer):
    """The check cannot be made."""

    answer = "unchecked"


class Broken(Unchecked):
    """A file is not in its form: V13 fails for it, and what needs the file cannot be checked."""


def unless(holds, key, **facts):
    """The check fails unless this holds."""
    if not holds:
        raise Failed(key, **facts)


# ------------------------------------------------------------------------------------- forms and hashes (section 1)


def fields(*parts):
    """A list of fields as one string of bytes."""
    raw = (part.encode() if isinstance(part, str) else part for part in parts)
    return b"".join(len(part).to_bytes(4, "big") + part for part in raw)


def tagged_hash(*parts):
    """`H(tag, ...)`."""
    return hashlib.sha256(fields(*parts)).digest()


def canonical(plain):
    """JSON in its one form."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def parsed(text, file, line=1):
    """The value of a JSON text without fractions and other words for numbers."""
    try:
        return json.loads(text, parse_float=_refused, parse_constant=_refused)
    except (ValueError, RecursionError):
        raise Broken("file.broken", file=file, line=line) from None


def _refused(written):
    raise ValueError(written)


# ------------------------------------------------------------------------------------------------ tree (section 5)


class Tree:
    """A tree that grows: the roots of its whole branches, the largest first."""

    def __init__(self):
        self.size, self.branches = 0, []

    def add(self, leaf):
        """One more leaf."""
        node, filled = hashlib.sha256(b"\0" + leaf).digest(), self.size
        while filled & 1:
            node, filled = _node(self.branches.pop(), node), filled >> 1
        self.branches.append(node)
        self.size += 1

    def root(self):
        """The root over all leaves so far."""
        if not self.branches:
            return hashlib.sha256(b"").digest()
        node = self.branches[-1]
        for branch in reversed(self.branches[:-1]):
            node = _node(branch, node)
        return node


def _node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_root(leaves):
    """The root over these leaves."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


# --------------------------------------------------------------------------------------------- Ed25519 (RFC 8032)

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
_ROOT = pow(2, (P - 1) // 4, P)
_NOTHING = (0, 1, 1, 0)


def _plus(one, other):
    """The sum of two points in extended coordinates."""
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _minus(point):
    x, y, z, t = point
    return -x % P, y, z, -t % P


def _point(raw):
    """The point in 32 bytes, or `None`."""
    number = int.from_bytes(raw, "little")
    y, odd = number & (1 << 255) - 1, number >> 255
    if len(raw) != 32 or y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * _ROOT % P
    if v * x * x % P != u or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


def _bytes(point):
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


class Multiples:
    """Sixteen multiples of a point for each four bits of a factor: a product is then 64 sums."""

    def __init__(self, point):
        self.rows = []
        for _ in range(64):
            row = [_NOTHING]
            for _ in range(15):
                row.append(_plus(row[-1], point))
            self.rows.append(row)
            point = _plus(row[-1], point)

    def add_to(self, start, factor):
        """`start` and `factor` times the point."""
        for row in self.rows:
            if factor & 15:
                start = _plus(start, row[factor & 15])
            factor >>= 4
        return start


@cache
def _base():
    y = 4 * pow(5, -1, P) % P
    return Multiples(_point(y.to_bytes(32, "little")))


@cache
def _key(public):
    """The multiples of a key; `None` for one that is no point, or one of the few under which anybody can sign."""
    point = _point(public)
    eighth = point
    for _ in range(3):
        eighth = eighth and _plus(eighth, eighth)
    return None if point is None or _bytes(eighth) == _bytes(_NOTHING) else Multiples(_minus(point))


def signed(public, message, signature):
    """Whether this key made this signature over the message."""
    key = _key(public)
    if key is None or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return _bytes(key.add_to(_base().add_to(_NOTHING, s), h)) == signature[:32]


# ----------------------------------------------------------------------------------------------- files (section 6)

HEX = "[0-9a-f]{64}"
CODE = "[A-Za-z0-9][A-Za-z0-9._-]*"
STYLE = rf"{CODE}(?:\+{CODE})*"
MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
CREDENTIAL = re.compile(rf"({HEX}),({CODE}),(issued|spare)")
SPENT = re.compile(rf"(code|login|email),((?<=code,){HEX}|(?<!code,)),({CODE})")
REPLACED = re.compile(HEX)
BALLOT = re.compile(rf'({STYLE}),([a-z]+),({HEX}),({HEX}),(?:"([^",]+(?:,[^",]+)+)"|([^",]*))')
PLAIN, NUMBERED = re.compile(f"({CODE})()"), re.compile(f"({CODE})=([1-9][0-9]{{0,3}})")
HEAD = re.compile(rf"([0-9]{{1,15}}) ({MOMENT}) ([A-Za-z0-9+/]{{43}}=) ([A-Za-z0-9+/]{{86}}==)")
NOTES = {
    "extension": ("at", "closes", "paper_closes", "reason"),
    "withdrawal": ("at", "plan", "reason"),
    "activation": ("at", "h", "area"),
    "revocation": ("at", "old", "new"),
    "addition": ("at", "area", "people", "reason"),
    "lot": ("at", "order", "how"),
    "closed": ("at", "ballots", "leaves", "logins", "revoked", "seed", "spent", "statement"),
}
NUMBERS = {"people", "ballots", "leaves", "logins", "revoked", "spent"}
LISTS = {"order"}
AUDITORS = "auditor.csv"
"""The ballots that are not public; the auditor has this file."""
OPENED = {
    "version",
    "round",
    "manifest",
    "at",
    "openings",
    "totals",
    "groups",
    "withheld",
    "areas",
    "files",
    "signature",
}


class Head(NamedTuple):
    size: int
    at: str
    root: bytes
    signature: bytes
    stands_at: int


class Note(NamedTuple):
    leaf: int
    kind: str
    text: str
    value: dict


class Log(NamedTuple):
    round: str
    leaves: list
    kinds: list
    ballots: list
    notes: list
    heads: list
    ends_with_head: bool


class Ballot(NamedTuple):
    style: str
    channel: str
    c: str
    r: str
    choices: str


class Rows(NamedTuple):
    """A file of lines: the round and the number in its first line, its lines, and what is in them."""

    round: str
    count: int
    lines: list
    values: list


def _has_words(row):
    """Whether this is a plan of `plans.json`."""
    kinds = {key: type(value) for key, value in row.items()} if isinstance(row, dict) else {}
    return kinds == {"code": str, "title": str, "text": str}


class Bundle:
    """The public files of a round, each read when a check first needs it."""

    def __init__(self, folder):
        self.folder, self.kept = Path(folder), {}

    def has(self, name):
        """Whether a file is there."""
        return (self.folder / name).is_file()

    def names(self):
        """The files of section 6 that are there."""
        return sorted(path.name for path in self.folder.iterdir() if path.name in READERS or is_votes(path.name))

    def bytes(self, name):
        """A file's bytes. Without the file the check cannot be made."""
        if not self.has(name):
            raise Unchecked("file.missing", file=name)
        return (self.folder / name).read_bytes()

    def text(self, name):
        """A file's text."""
        try:
            return self.bytes(name).decode()
        except UnicodeDecodeError:
            raise Broken("file.broken", file=name, line=1) from None

    def lines(self, name):
        """A file's lines, each of which ended with `\\n` and nothing else."""
        text = self.text(name)
        if not text.endswith("\n") or "\r" in text:
            raise Broken("file.broken", file=name, line=text.count("\n") + 1)
        return text[:-1].split("\n")

    def rows(self, name, kind, pattern):
        """A file of lines that all have one form, below a line with the kind of file, the round and their number."""
        lines = self.lines(name)
        first = re.fullmatch(rf"{kind}/1 ([0-9a-f]{{32}}) ([0-9]{{1,12}})", lines[0])
        found = [first, *map(pattern.fullmatch, lines[1:])]
        if None in found:
            raise Broken("file.broken", file=name, line=found.index(None) + 1)
        return Rows(first[1], int(first[2]), lines[1:], [match.groups() for match in found[1:]])

    def json(self, name):
        """A JSON object."""
        plain = parsed(self.text(name), name)
        if not isinstance(plain, dict):
            raise Broken("file.broken", file=name, line=1)
        return plain

    @cached_property
    def manifest(self):
        return self.json("manifest.json")

    @cached_property
    def words(self):
        """The code, the title and the text of each plan."""
        plain = self.json("plans.json")
        rows = plain.get("plans") if set(plain) == {"version", "round", "plans"} else None
        if not isinstance(rows, list) or plain["version"] != "begroot-plans/1" or not all(map(_has_words, rows)):
            raise Broken("file.broken", file="plans.json", line=1)
        return [(row["code"], row["title"], row["text"]) for row in rows]

    @cached_property
    def digest(self):
        """The manifest's name."""
        return tagged_hash("manifest", self.bytes("manifest.json")).hex()

    @cached_property
    def round(self):
        return str(self.manifest.get("round"))

    @cached_property
    def key(self):
        """The log's public key."""
        return bytes.fromhex(self.manifest["log_key"])

    @cached_property
    def credentials(self):
        return self.rows("credentials.txt", "begroot-credentials", CREDENTIAL)

    @cached_property
    def spent(self):
        return self.rows("spent.txt", "begroot-spent", SPENT)

    @cached_property
    def replaced(self):
        return self.rows("replaced.txt", "begroot-replaced", REPLACED)

    @cached_property
    def openings(self):
        """Who sees the ballots, as it was decided before the vote."""
        return self.manifest["frame"].get("openings", "public")

    @property
    def for_auditor(self):
        """Whether all ballots go to the auditor only."""
        return self.openings == "auditor"

    @property
    def closed_to_us(self):
        """Whether the ballots went to an auditor whose file is not here."""
        return self.for_auditor and not self.has(AUDITORS)

    @cached_property
    def ballots(self):
        """Every ballot that is here."""
        if self.closed_to_us:
            raise Unchecked("openings.auditor")
        public = [] if self.for_auditor else self.ballots_in("ballots.csv")
        return public + (self.ballots_in(AUDITORS) if self.has(AUDITORS) else [])

    def ballots_in(self, name):
        """The ballots of one file, read once."""
        if name not in self.kept:
            self.kept[name] = self._read_ballots(name)
        return self.kept[name]

    def _read_ballots(self, name):
        lines = self.lines(name)
        found = [lines[0] == "style,channel,C,r,choices" or None, *map(BALLOT.fullmatch, lines[1:])]
        if None in found:
            raise Broken("file.broken", file=name, line=found.index(None) + 1)
        return [Ballot(*match.groups()[:4], match[5] or match[6] or "") for match in found[1:]]

    @cached_property
    def unseen(self):
        """How many ballots of each style or group went to an auditor whose file is not here."""
        opened = self.opened
        if self.has(AUDITORS):
            return {}
        totals = opened["totals"] if self.for_auditor else {}
        return {style: sum(channels.values()) for style, channels in totals.items()} | opened["withheld"]

    @cached_property
    def opened(self):
        plain = self.json("opened.json")
        if set(plain) != OPENED:
            raise Broken("file.broken", file="opened.json", line=1)
        return plain

    @cached_property
    def outcome(self):
        return self.json("outcome.json")

    @cached_property
    def log(self):
        return read_log(self.lines("log.txt"))

    def only(self, kind):
        """The leaves of one kind of deed."""
        return [note for note in self.log.notes if note.kind == kind]

    @cached_property
    def closed(self):
        """What the last leaf says."""
        found = self.only("closed")
        if not found:
            later = {"spent.txt", "replaced.txt", "ballots.csv", "opened.json", "outcome.json"}
            raise (Failed("log.unclosed") if any(map(self.has, later)) else Unchecked("log.open"))
        return found[0].value

    @cached_property
    def spent_of(self):
        """How many were spent of each style."""
        return Counter(style for _, _, style in self.spent.values)

    @cached_property
    def pots(self):
        """The money of each pot."""
        frame = self.manifest["frame"]
        return {pot["code"]: pot["amount"] for pot in frame["pots"]} or {"all": frame["total"]}

    @cached_property
    def plans(self):
        return {plan["code"]: plan for plan in self.manifest["plans"]}


def read_log(lines):
    """The leaves and heads of `log.txt`."""
    first = re.fullmatch("begroot-log/1 ([0-9a-f]{32})", lines[0])
    if not first:
        raise Broken("file.broken", file="log.txt", line=1)
    log = Log(first[1], [], [], [], [], [], lines[-1].startswith("head "))
    before = fields("ballot") + (32).to_bytes(4, "big")
    for number, line in enumerate(lines[1:], start=2):
        kind, _, body = line.partition(" ")
        if kind == "head":
            log.heads.append(_head(body, number, len(log.leaves)))
            continue
        if kind == "ballot" and REPLACED.fullmatch(body):
            log.ballots.append(body)
            log.leaves.append(before + bytes.fromhex(body))
        elif kind in NOTES or kind == "manifest":
            if kind in NOTES:
                log.notes.append(_note(len(log.leaves), kind, body, number))
            log.leaves.append(fields(kind, body))
        else:
            raise Broken("file.broken", file="log.txt", line=number)
        log.kinds.append(kind)
    return log


def _head(body, number, stands_at):
    match = HEAD.fullmatch(body)
    if not match:
        raise Broken("file.broken", file="log.txt", line=number)
    return Head(int(match[1]), match[2], base64.b64decode(match[3]), base64.b64decode(match[4]), stands_at)


def _note(leaf, kind, body, number):
    value = parsed(body, "log.txt", number)
    if not isinstance(value, dict) or set(value) != set(NOTES[kind]):
        raise Broken("file.broken", file="log.txt", line=number)
    for name, held in value.items():
        wanted = int if name in NUMBERS else list if name in LISTS else str
        if type(held) is not wanted or (wanted is list and not all(isinstance(one, str) for one in held)):
            raise Broken("file.broken", file="log.txt", line=number)
    return Note(leaf, kind, body, value)


def is_votes(name):
    """Whether this is the name of a Pabulib file."""
    return re.fullmatch(rf"votes-{CODE}\.pb", name) is not None


# ----------------------------------------------------------------------------------------- the log (V1 to V5, V12)


def check_manifest(bundle):
    """V1: the manifest is leaf 0, and no other leaf is one."""
    leaves = bundle.log.leaves
    manifest = fields("manifest", bundle.bytes("manifest.json"))
    unless(leaves and leaves[0] == manifest, "manifest.other")
    for leaf, kind in enumerate(bundle.log.kinds[1:], start=1):
        unless(kind != "manifest", "manifest.twice", leaf=leaf)
    return {}


def check_signatures(bundle):
    """V2: the log's key signed every head."""
    unless(bundle.log.heads, "head.none")
    origin = f"begroot/{bundle.round}/{bundle.digest[:16]}"
    for head in bundle.log.heads:
        text = f"{origin}\n{head.size}\n{base64.b64encode(head.root).decode()}\n{head.at}\n"
        unless(signed(bundle.key, text.encode(), head.signature), "head.signature", size=head.size)
    return {"heads": len(bundle.log.heads)}


def check_heads(bundle):
    """V3: every head extends the one before."""
    log, tree, before = bundle.log, Tree(), (0, "")
    unless(log.heads, "head.none")
    for head in log.heads:
        unless(head.size > before[0] and head.at >= before[1], "head.order", size=head.size)
        for leaf in log.leaves[tree.size : head.size]:
            tree.add(leaf)
        unless(tree.size == head.size and tree.root() == head.root, "head.root", size=head.size)
        before = head.size, head.at
    return {"heads": len(log.heads)}


def check_whole(bundle):
    """V4: the last head covers every leaf."""
    log = bundle.log
    unless(log.heads, "head.none")
    last = log.heads[-1]
    unless(last.size == len(log.leaves), "head.short", size=last.size, leaves=len(log.leaves))
    unless(last.root == tree_root(log.leaves), "head.root", size=last.size)
    return {"leaves": len(log.leaves)}


def check_closed(bundle):
    """V5: the log ends with the closing."""
    last = len(bundle.log.leaves) - 1
    unless(bundle.closed is not None, "log.unclosed")
    first = bundle.only("closed")[0].leaf
    unless(first == last, "log.after", leaf=first + 1)
    return {}


def check_equal(bundle):
    """V12: no two equal ballots."""
    files = filter(bundle.has, ("ballots.csv", AUDITORS))
    for found in (bundle.log.ballots, [ballot.c for name in files for ballot in bundle.ballots_in(name)]):
        twice = next((c for c, often in Counter(found).items() if often > 1), None)
        unless(twice is None, "ballot.twice", c=twice)
    return {}


# ------------------------------------------------------------------------------------------- ballots (V6, V7, V9)


def check_ballots(bundle):
    """V6: each ballot is what was cast, and in the log once."""
    leaves, seen = set(bundle.log.ballots), set()
    for ballot in bundle.ballots:
        c = tagged_hash("ballot", bundle.round, bytes.fromhex(ballot.r), ballot.choices).hex()
        unless(c == ballot.c, "ballot.hash", c=ballot.c)
        unless(c in leaves, "ballot.unknown", c=c)
        unless(c not in seen, "ballot.twice", c=c)
        seen.add(c)
    return {"ballots": len(seen)}


def check_rules(bundle):
    """V7: each ballot obeys its style; in a group, any of its styles."""
    groups = bundle.opened["groups"] if bundle.has("opened.json") else {}
    known = {}
    for ballot in bundle.ballots:
        case = ballot.style, ballot.choices
        if case not in known:
            styles = groups.get(ballot.style, [ballot.style])
            found = [_broken_rule(bundle, style, ballot.choices) for style in styles]
            known[case] = None if None in found else found[0]
        if known[case]:
            raise Failed(known[case], c=ballot.c, style=ballot.style, choices=ballot.choices)
    return {"ballots": len(bundle.ballots)}


def _broken_rule(bundle, style, choices):
    """The rule that these choices break as a ballot of this style, if any."""
    rule = bundle.manifest["frame"]["ballot"]
    if style not in bundle.manifest["styles"]:
        return "ballot.style"
    pots = bundle.manifest["styles"][style]
    offered = {code for code, plan in bundle.plans.items() if plan["pot"] in pots}
    written = choices.split(",") if choices else []
    chosen = chosen_in(choices, rule) if written == sorted(written) else None
    if chosen is None or len(chosen) < len(written) or not offered.issuperset(chosen):
        return "ballot.choices"
    if rule["kind"] == "within_money":
        spent = Counter()
        for code in chosen:
            spent[bundle.plans[code]["pot"]] += bundle.plans[code]["cost"]
        return "ballot.money" if any(money > bundle.pots[pot] for pot, money in spent.items()) else None
    if chosen and not _least(rule) <= len(chosen) <= _most(rule, len(chosen)):
        return "ballot.many"
    return None if _numbers_fit(rule, sorted(chosen.values())) else "ballot.numbers"


def chosen_in(choices, rule):
    """Points or place of each plan that is chosen, 0 where a choice has none; `None` for what is no such list."""
    if not choices:
        return {}
    pattern = NUMBERED if rule["kind"] in {"points", "ranking"} else PLAIN
    found = [pattern.fullmatch(choice) for choice in choices.split(",")]
    return None if None in found else {match[1]: int(match[2] or 0) for match in found}


def _least(rule):
    return 1 if rule["kind"] == "one" else rule["at_least"]


def _most(rule, chosen):
    return {"one": 1, "points": chosen}.get(rule["kind"], rule["at_most"])


def _numbers_fit(rule, numbers):
    """Whether points lie within their limits, and places are counted from 1 without a gap."""
    if rule["kind"] == "points":
        least, most = rule["least_points"], rule["most_points"]
        return sum(numbers) <= rule["total_points"] and all(least <= number <= most for number in numbers)
    return rule["kind"] != "ranking" or numbers == list(range(1, len(numbers) + 1))


def check_accounts(bundle):
    """V9: every ballot in the log is counted, replaced or withheld, and as many people voted as there are ballots."""
    unseen, closed, leaves = sum(bundle.unseen.values()), bundle.closed, set(bundle.log.ballots)
    seen = [] if bundle.closed_to_us else bundle.ballots
    ballots, replaced = {ballot.c for ballot in seen}, set(bundle.replaced.lines)
    for c in sorted(ballots & replaced):
        raise Failed("leaf.both", c=c)
    for c in sorted(ballots - leaves):
        raise Failed("ballot.unknown", c=c)
    for c in sorted(replaced - leaves):
        raise Failed("leaf.foreign", c=c)
    rest = leaves - ballots - replaced
    unless(not rest or unseen, "leaf.lost", c=min(rest, default=""))
    unless(len(rest) == unseen, "leaf.number", found=len(rest), wanted=unseen)
    logins = sum(not token for _, token, _ in bundle.spent.values)
    numbers = {
        "ballots": len(seen) + unseen,
        "leaves": len(bundle.log.ballots),
        "spent": len(bundle.spent.values),
        "logins": logins,
    }
    for what, found in numbers.items():
        unless(closed[what] == found, "closed.number", what=what, wanted=closed[what], found=found)
    _check_styles(bundle, Counter(ballot.style for ballot in seen) + Counter(bundle.unseen))
    if bundle.closed_to_us:
        raise Unchecked("openings.auditor")
    if logins:
        raise Unchecked("token.none", logins=logins)
    return {"leaves": len(leaves), "ballots": len(ballots) + unseen, "replaced": len(replaced)}


def _check_styles(bundle, shown):
    """As many ballots as used codes in every style or group."""
    groups = bundle.opened["groups"]
    group_of = {style: name for name, styles in groups.items() for style in styles}
    spent = Counter()
    for style, number in bundle.spent_of.items():
        spent[group_of.get(style, style)] += number
    for style in sorted(shown.keys() | spent.keys()):
        unless(shown[style] == spent[style], "style.number", style=style, ballots=shown[style], spent=spent[style])


# --------------------------------------------------------------------------------------------- the roll (V8, V10)


def check_tokens(bundle):
    """V8: each used code was on the roll, alive, and the only one of its person."""
    roll = _roll(bundle)
    first_of, revoked = _slots(bundle, roll)
    used, seen = Counter(), set()
    for _, token, style in bundle.spent.values:
        if not token:
            continue
        h = tagged_hash("credential", bytes.fromhex(token)).hex()
        unless(h in roll, "token.unknown", t=token)
        unless(roll[h][0] == style, "token.style", t=token, style=style)
        unless(h not in seen, "token.twice", t=token)
        unless(h in first_of, "token.spare", t=token)
        seen.add(h)
        used[first_of[h]] += 1
        unless(used[first_of[h]] == 1, "token.chain", t=token)
    found = len(seen & revoked)
    unless(bundle.closed["revoked"] == found, "token.revoked", wanted=bundle.closed["revoked"], found=found)
    logins = sum(not token for _, token, _ in bundle.spent.values)
    if logins:
        raise Unchecked("token.none", logins=logins)
    return {"spent": len(seen)}


def _roll(bundle):
    """Style and kind of each credential, after a look at whether this is the list that was sealed."""
    manifest, credentials = bundle.manifest, bundle.credentials
    root = tree_root(line.encode() for line in credentials.lines)
    unless(root.hex() == manifest["credential_root"], "roll.root")
    counts = Counter((style, kind) for _, style, kind in credentials.values)
    for style in sorted(manifest["credentials"].keys() | {style for style, _ in counts}):
        wanted = manifest["credentials"].get(style, {"issued": 0, "spare": 0})
        found = {"issued": counts[style, "issued"], "spare": counts[style, "spare"]}
        unless(wanted == found, "roll.count", style=style)
    return {h: (style, kind) for h, style, kind in credentials.values}


def _slots(bundle, roll):
    """The first credential of the chain of each one that ever counted, and those that were revoked."""
    first_of = {h: h for h, (_, kind) in roll.items() if kind == "issued"}
    revoked = set()
    for note in bundle.log.notes:
        if note.kind == "activation":
            h = note.value["h"]
            fits = h in roll and h not in first_of
            unless(fits, "roll.deed", kind=note.kind, leaf=note.leaf)
            first_of[h] = h
        elif note.kind == "revocation":
            old, new = note.value["old"], note.value["new"]
            fits = old in first_of and old not in revoked
            fits = fits and (not new or (new in roll and new not in first_of and roll[new][0] == roll[old][0]))
            unless(fits, "roll.deed", kind=note.kind, leaf=note.leaf)
            revoked.add(old)
            if new:
                first_of[new] = first_of[old]
    return first_of, revoked


def check_numbers(bundle):
    """V10: not more voted than could vote."""
    manifest = bundle.manifest
    may = Counter({style: numbers["issued"] for style, numbers in manifest["credentials"].items()})
    roll = Counter(manifest["areas"])
    activated = bundle.only("activation")
    style_of = {h: style for h, style, _ in bundle.credentials.values} if activated else {}
    for note in activated:
        may[style_of.get(note.value["h"], "")] += 1
        if note.value["area"]:
            roll[note.value["area"]] += 1
    for note in bundle.only("addition"):
        roll[note.value["area"]] += note.value["people"]
    codes = Counter(style for _, token, style in bundle.spent.values if token)
    for style, spent in sorted(codes.items()):
        unless(spent <= may[style], "roll.style", style=style, spent=spent, may=may[style])
    spent = len(bundle.spent.values)
    unless(spent <= sum(roll.values()), "roll.all", spent=spent, may=sum(roll.values()))
    if bundle.has("opened.json"):
        for area, voted in sorted(bundle.opened["areas"].items()):
            unless(voted <= roll[area], "roll.area", area=area, spent=voted, may=roll[area])
    return {"spent": spent, "roll": sum(roll.values())}


# ------------------------------------------------------------------------------------------------ counting (V11)


class Count(NamedTuple):
    """One pot: its plans, the different ballots and how often each was cast, and what is settled before the count.

    A ballot is what it gives to each plan that it chooses: points, or 1 where a choice is a choice.
    """

    pot: str
    money: int
    cost: dict
    ballots: list
    times: list
    score: dict
    barred: dict
    place: dict
    settings: dict

    def rank(self, plan):
        """Among equals who is lower goes first; plans of one rank are told apart by the lot only."""
        return (self.cost[plan], -self.score[plan]) if self.settings["tie"] == "lower_cost_then_lot" else ()

    def turn(self, plan):
        """The rank, and then the lot."""
        return (*self.rank(plan), self.place[plan])

    def tie(self, plan, equals):
        """What told a plan from its equals."""
        others = [other for other in equals if other != plan]
        if not others:
            return "none"
        if any(self.rank(other) == self.rank(plan) for other in others):
            return "lot"
        costs = self.rank(plan) and all(self.cost[other] != self.cost[plan] for other in others)
        return "lower_cost" if costs else "more_votes"

    def kept_out(self, plan, winners):
        """Whether winners exclude a plan, or leave no room for it under a ceiling."""
        if any(plan in group and not set(group).isdisjoint(winners) for group in self.settings["conflicts"]):
            return "excluded"
        for cap in self.settings["caps"]:
            if plan in cap["plans"]:
                spent = sum(self.cost[winner] for winner in winners if winner in cap["plans"])
                if spent + self.cost[plan] > cap["money"]:
                    return "cap_full"
        return None

    def step(self, plan, place, before, why, tie, **more):
        """A step of the ledger."""
        won = why in {"fits", "bought"}
        after = before - self.cost[plan] if won else before
        plain = {"plan": plan, "pot": self.pot, "place": place, "votes": self.score[plan], "cost": self.cost[plan]}
        plain |= {"before": before, "after": after, "won": won, "why": why, "tie": tie}
        return plain | {"part": "rule", "price": None, "payers": 0, "emptied": 0, "held": None} | more


class Turns(NamedTuple):
    """How plans come in turn: by merit, and what happens at one that does not fit."""

    merit: object
    misfit: str
    part: str = "rule"


def in_turn(count, turns, plans, winners=()):
    """Plans one after the other, as long as they fit in what is left."""
    winners, stopped = list(winners), False
    left, first = count.money - sum(count.cost[plan] for plan in winners), len(winners) + 1
    ordered = sorted(plans, key=lambda plan: (-turns.merit(plan), *count.turn(plan)))
    for place, plan in enumerate(ordered, start=first):
        why = count.barred.get(plan) or ("after_stop" if stopped else None) or count.kept_out(plan, winners)
        if not why and count.cost[plan] <= left:
            why = "fits"
        elif not why:
            why = "partly" if turns.misfit == "part" and left else "does_not_fit"
            stopped = turns.misfit != "skip"
        equals = [other for other in ordered if turns.merit(other) == turns.merit(plan)]
        yield count.step(plan, place, left, why, count.tie(plan, equals), part=turns.part)
        if why == "fits":
            winners.append(plan)
            left -= count.cost[plan]


def most_votes(count):
    """Most votes (or points) first; what does not fit is passed over (skip), or ends the count (stop)."""
    return list(in_turn(count, Turns(count.score.get, count.settings["misfit"]), count.cost)), None


def votes_per_euro(count):
    """Most votes for each cent of its cost first; what does not fit is passed over."""
    return list(
        in_turn(count, Turns(lambda plan: Fraction(count.score[plan], count.cost[plan]), "skip"), count.cost)
    ), None


def per_euro(count):
    """Most votes first; the first that does not fit would be paid in part, and ends the count."""
    return list(in_turn(count, Turns(count.score.get, "part"), count.cost)), None


def lost(count, bought, why, **more):
    """A step for each plan that its supporters did not buy, those with most votes first."""
    left = count.money - sum(count.cost[plan] for plan in bought)
    others = sorted(
        (plan for plan in count.cost if plan not in bought), key=lambda plan: (-count.score[plan], *count.turn(plan))
    )
    for place, plan in enumerate(others, start=len(bought) + 1):
        equals = [other for other in others if count.score[other] == count.score[plan]]
        held = {name: value(plan) for name, value in more.items()}
        yield count.step(plan, place, left, count.barred.get(plan) or why[plan], count.tie(plan, equals), **held)


class Supporters(NamedTuple):
    """For each plan the ballots that choose it, and how many people cast them."""

    ballots: dict
    people: dict


def supporters_of(count):
    """The supporters of every plan."""
    ballots, people = {plan: [] for plan in count.cost}, dict.fromkeys(count.cost, 0)
    for ballot, given in enumerate(count.ballots):
        for plan in given:
            ballots[plan].append(ballot)
            people[plan] += count.times[ballot]
    return Supporters(ballots, people)


# Phragmén's rule: all get money at the same pace, and supporters who have a plan's cost together spend all they have.


def phragmen(count):
    """Plans in the order in which they can be bought, until one does not fit."""
    (supporters, people), spent_at = supporters_of(count), [Fraction(0)] * len(count.ballots)
    waiting = [
        plan for plan in count.cost if plan not in count.barred and people[plan] and count.cost[plan] <= count.money
    ]
    bought, steps, left, ended = [], [], count.money, set()

    def time_of(plan):
        spent = Counter()
        for ballot in supporters[plan]:
            spent[spent_at[ballot]] += count.times[ballot]
        return (count.cost[plan] + sum(time * many for time, many in spent.items())) / Fraction(people[plan])

    while waiting := [plan for plan in waiting if plan not in bought and not count.kept_out(plan, bought)]:
        times = {plan: time_of(plan) for plan in waiting}
        now = min(times.values())
        equals = [plan for plan in waiting if times[plan] == now]
        ended = {plan for plan in equals if count.cost[plan] > left}
        if ended:
            break
        plan = min(equals, key=count.turn)
        tie, payers = count.tie(plan, equals), people[plan]
        steps.append(count.step(plan, len(steps) + 1, left, "bought", tie, price=str(now), payers=payers))
        bought.append(plan)
        left -= count.cost[plan]
        for ballot in supporters[plan]:
            spent_at[ballot] = now

    def why_not(plan):
        if count.cost[plan] > count.money:
            return "too_dear"
        if not people[plan]:
            return "support_too_poor"
        return count.kept_out(plan, bought) or ("does_not_fit" if plan in ended else "after_stop")

    return steps + list(lost(count, bought, {plan: why_not(plan) for plan in count.cost})), None


# Equal shares: everybody has the same share, and plans are bought by their supporters, the cheapest for them first.


class Bought(NamedTuple):
    """A plan that was bought, at what price for each unit of worth."""

    plan: str
    price: Fraction
    tie: str
    payers: int
    emptied: int


class Run(NamedTuple):
    """What came of a share: the purchases in order, their cost, why others were not bought, and what supporters have left."""

    bought: list
    cost: int
    why: dict
    held: object


class Shares:
    """One run of equal shares, in whole numbers over one denominator. Voters with equally much money are one class."""

    def __init__(self, count, supporters, share):
        self.count, self.supporters = count, supporters
        self.by_points = count.settings["utility"] in {"points", "points-cost"}
        self.by_cost = count.settings["utility"] in {"cost", "points-cost"}
        self.denominator, self.money = share.denominator, [share.numerator]
        self.class_of = [0] * len(count.ballots)

    def holdings(self, plan):
        """How many supporters there are of each money and worth."""
        found, class_of, times = {}, self.class_of, self.count.times
        for ballot in self.supporters.ballots[plan]:
            kind = class_of[ballot]
            if self.by_points:
                kind = kind, self.count.ballots[ballot][plan]
            found[kind] = found.get(kind, 0) + times[ballot]
        if self.by_points:
            return [(self.money[which], units, people) for (which, units), people in found.items()]
        return [(self.money[which], 1, people) for which, people in found.items()]

    def held(self, plan):
        """What the supporters of a plan have together."""
        return Fraction(sum(money * people for money, _, people in self.holdings(plan)), self.denominator)

    def price(self, plan):
        """The least price of a unit at which the supporters pay the plan together, or `None` when they cannot."""
        holdings = self.holdings(plan)
        missing = self.count.cost[plan] * self.denominator
        if not holdings or sum(money * people for money, _, people in holdings) < missing:
            return None
        if self.by_points:
            holdings.sort(key=lambda one: Fraction(one[0], one[1]))
        else:
            holdings.sort()
        units = sum(unit * people for _, unit, people in holdings)
        for money, unit, people in holdings:  # the poorest first: they pay all they have, as long as that is too little
            if missing * unit <= money * units:
                break
            missing -= money * people
            units -= unit * people
        return Fraction(missing, units * self.denominator)

    def least(self, plan):
        """A rate that no price of the plan can be below: all supporters pay in full."""
        units = self.count.score[plan] if self.by_points else self.supporters.people[plan]
        return self.rate(plan, Fraction(self.count.cost[plan], units)) if units else Fraction(0)

    def rate(self, plan, price):
        """What plans are compared by: the price of a unit, for each cent where a plan is worth what it costs."""
        return price / self.count.cost[plan] if self.by_cost else price

    def pay(self, plan, price):
        """The supporters pay. Gives how many paid, and how many of them all they had."""
        denominator = lcm(self.denominator, price.denominator)
        self.money = [money * (denominator // self.denominator) for money in self.money]
        self.denominator = denominator
        unit_price = price.numerator * (denominator // price.denominator)
        known, moved, payers, emptied = {money: which for which, money in enumerate(self.money)}, {}, 0, 0
        for ballot in self.supporters.ballots[plan]:
            units = self.count.ballots[ballot][plan] if self.by_points else 1
            case = self.class_of[ballot], units
            if case not in moved:
                money = self.money[case[0]]
                rest = max(0, money - unit_price * units)
                if rest not in known:
                    known[rest] = len(self.money)
                    self.money.append(rest)
                moved[case] = known[rest], money > 0, money > 0 and rest == 0
            which, paid, all_of_it = moved[case]
            self.class_of[ballot] = which
            payers += paid * self.count.times[ballot]
            emptied += all_of_it * self.count.times[ballot]
        return payers, emptied


def run_of(count, supporters, share):
    """Buy until no supporters can pay for their plan. A plan's rate only rises, so an old one tells who need not be looked at."""
    shares, bought, winners = Shares(count, supporters, share), [], []
    bids = [(shares.least(plan), number, plan) for number, plan in enumerate(count.cost) if plan not in count.barred]
    heapify(bids)
    while bids:
        offers, best = [], None
        while bids and (best is None or bids[0][0] <= best):
            _, number, plan = heappop(bids)
            price = None if count.kept_out(plan, winners) else shares.price(plan)
            if price is not None:
                offers.append((shares.rate(plan, price), number, plan, price))
                best = offers[-1][0] if best is None else min(best, offers[-1][0])
        equals = [plan for rate, _, plan, _ in offers if rate == best]
        if not equals:
            break
        chosen = min(equals, key=count.turn)
        for rate, number, plan, price in offers:
            if plan == chosen:
                payers, emptied = shares.pay(plan, price)
                bought.append(Bought(plan, price, count.tie(plan, equals), payers, emptied))
            else:
                heappush(bids, (rate, number, plan))
        winners.append(chosen)
    why = {plan: count.kept_out(plan, winners) or "support_too_poor" for plan in count.cost if plan not in winners}
    return Run(bought, sum(count.cost[plan] for plan in winners), why, shares.held)


def equal_shares(count):
    """The shares, the plans that they buy, and what becomes of the money that is left."""
    settings, supporters = count.settings, supporters_of(count)
    voters, unit, completion = sum(count.times), settings["unit"], settings["completion"]
    first = Fraction(count.money, max(voters, 1))
    run, rises, end, following = run_of(count, supporters, first), 0, "not_raised", None
    last = start = first
    if completion in {"add1", "add1-most-votes"}:
        last = start = Fraction(first // unit * unit) if settings["whole_start"] else first
        while not (end := _end(count, supporters, run)):
            trial = run_of(count, supporters, start + (rises + 1) * unit)
            if trial.cost > count.money:
                end, following = "overspent", trial.cost
                break
            run, rises, last = trial, rises + 1, start + (rises + 1) * unit
    share = {"pot": count.pot, "voters": voters, "first": str(start), "last": str(last), "unit": unit, "rises": rises}
    return _steps(count, run, completion), share | {"end": end, "next_cost": following}


def _end(count, supporters, run):
    """Why shares need not be raised any more, if so."""
    if not any(
        why == "support_too_poor" and supporters.people[plan] and plan not in count.barred
        for plan, why in run.why.items()
    ):
        return "nothing_left"
    winners = [one.plan for one in run.bought]
    others = [plan for plan in count.cost if plan not in count.barred and plan not in winners]
    room = count.money - run.cost
    fits = any(count.cost[plan] <= room and not count.kept_out(plan, winners) for plan in others)
    return "nothing_fits" if count.settings["stop_when_exhaustive"] and not fits else None


def _steps(count, run, completion):
    steps, left = [], count.money
    for place, (plan, price, tie, payers, emptied) in enumerate(run.bought, start=1):
        more = {"price": str(price), "payers": payers, "emptied": emptied}
        steps.append(count.step(plan, place, left, "bought", tie, **more))
        left -= count.cost[plan]
    winners = [one.plan for one in run.bought]
    if completion in {"most-votes", "add1-most-votes"}:
        others = [plan for plan in count.cost if plan not in winners]
        return steps + list(in_turn(count, Turns(count.score.get, "skip", "completion"), others, winners))
    return steps + list(lost(count, winners, run.why, held=lambda plan: str(run.held(plan))))


RULES = {
    "most-votes": most_votes,
    "votes-per-euro": votes_per_euro,
    "per-euro": per_euro,
    "phragmen": phragmen,
    "equal-shares": equal_shares,
}
"""The rules that a manifest can name: each gives the steps of one pot, and how its shares came about."""
OF_EQUAL_SHARES = ("utility", "completion", "whole_start", "stop_when_exhaustive", "comparison")


def settings_of(manifest):
    """The settings of the rule, as the ledger tells them."""
    counting, rule = manifest["frame"]["counting"], manifest["counting"].partition("/")[0]
    settings = {"misfit": counting["misfit"]} if rule == "most-votes" else {}
    if rule == "equal-shares":
        settings = {name: counting[name] for name in OF_EQUAL_SHARES} | {"unit": counting["step"]}
    return settings | {
        "tie": counting["tie"],
        "least_votes": max(1, counting["least_votes"]),
        "least_percent": str(Fraction(counting["least_share"], 100)),
        "conflicts": manifest["conflicts"],
        "caps": manifest["ceilings"],
    }


def lot_of(bundle):
    """The order in which plans win a tie: as it was drawn by hand where the frame asks for that, else by the seed."""
    seed = bytes.fromhex(bundle.closed["seed"])
    commitment = tagged_hash("seed", bundle.round, seed).hex()
    unless(commitment == bundle.manifest["seed_commitment"], "lot.seed")
    drawn, wanted = bundle.only("lot"), int(bundle.manifest["frame"]["counting"].get("lot") == "hand")
    unless(len(drawn) == wanted, "lot.number", found=len(drawn), wanted=wanted)
    closes = [bundle.manifest["closes"], *(note.value["closes"] for note in bundle.only("extension"))][-1]
    unless(all(note.value["at"] >= closes for note in drawn), "lot.early")
    by_seed = sorted(bundle.plans, key=lambda plan: tagged_hash("lot", bundle.round, seed, plan))
    order = drawn[0].value["order"] if drawn else by_seed
    unless(sorted(order) == sorted(bundle.plans), "lot.order")
    return order


def check_outcome(bundle):
    """V11: counting again gives the same outcome."""
    rule, _, version = bundle.manifest["counting"].partition("/")
    if rule not in RULES or version != "1":
        raise Unchecked("count.rule", rule=bundle.manifest["counting"])
    hidden, settings, lot = hidden_pots(bundle), settings_of(bundle.manifest), lot_of(bundle)
    unable = Unchecked("count.withheld", pots=", ".join(sorted(hidden)))
    if bundle.closed_to_us:
        unable = Unchecked("openings.auditor")
    if hidden and settings.get("comparison"):
        raise unable
    counts = [_count(bundle, pot, lot, settings) for pot in bundle.pots if pot not in hidden]
    results = [RULES[rule](count) for count in counts]
    steps, shares = [step for found, _ in results for step in found], [share for _, share in results if share]
    comparison = None
    if settings.get("comparison"):
        steps, comparison = _compared(bundle, counts, steps)
    _same_steps(bundle, steps, hidden)
    ours = _totals(bundle, rule, settings, lot, hidden) | {"comparison": comparison}
    theirs = bundle.outcome | {"shares": [share for share in bundle.outcome["shares"] if share["pot"] not in hidden]}
    for what, value in (ours | {"shares": shares}).items():
        _same(theirs.get(what), value, "count.other", what=what)
    if hidden:
        raise unable
    return {"winners": sum(step["won"] for step in steps)}


def _compared(bundle, counts, steps):
    """The outcome of most votes stands where more ballots have more winners under it."""
    others = [step for count in counts for step in in_turn(count, Turns(count.score.get, "skip"), count.cost)]
    ours, theirs = ({step["plan"] for step in some if step["won"]} for some in (steps, others))
    more = Counter()
    for ballot in bundle.ballots:
        chosen = chosen_in(ballot.choices, bundle.manifest["frame"]["ballot"])
        more[len(ours.intersection(chosen)) - len(theirs.intersection(chosen))] += 1
    better = sum(often for difference, often in more.items() if difference > 0)
    worse = sum(often for difference, often in more.items() if difference < 0)
    return (steps if better >= worse else others), {"for_rule": better, "for_most_votes": worse}


def _same_steps(bundle, steps, hidden):
    """The steps of the outcome are these."""
    theirs = [step for step in bundle.outcome["steps"] if step["pot"] not in hidden]
    for ours, step in zip(steps, theirs, strict=False):
        for what in ours:
            _same(step.get(what), ours[what], "count.step", what=what, plan=ours["plan"])
    _same(len(theirs), len(steps), "count.other", what="steps")


def _same(theirs, ours, key, **facts):
    if canonical(theirs) != canonical(ours):
        raise Failed(key, theirs=canonical(theirs)[:80], ours=canonical(ours)[:80], **facts)


def _totals(bundle, rule, settings, lot, hidden):
    """What follows from the steps, the manifest and the ballots."""
    winners = [step["plan"] for step in bundle.outcome["steps"] if step["won"]]
    cost, money = sum(bundle.plans[plan]["cost"] for plan in winners), sum(bundle.pots.values())
    totals = {"format": "begroot-ledger/1", "rule": rule, "settings": settings, "lot": lot, "awards": []}
    totals |= {"money": money, "winners": winners, "cost": cost, "left": money - cost}
    if not hidden:
        blank = sum(not ballot.choices for ballot in bundle.ballots)
        totals |= {"ballots": len(bundle.ballots), "blank": blank}
    return totals


def hidden_pots(bundle):
    """The pots in which ballots could choose that are not here."""
    if bundle.closed_to_us:
        return set(bundle.pots)
    return set() if bundle.has(AUDITORS) else withheld_pots(bundle)


def withheld_pots(bundle):
    """The pots in which ballots that are withheld could choose."""
    withheld = bundle.opened["withheld"] if bundle.has("opened.json") else {}
    return {pot for style in withheld for pot in bundle.manifest["styles"].get(style, ())}


def ballots_of(bundle, pot):
    """The different ballots of those who could choose in a pot, as they gave to its plans, and how often each was cast."""
    rule, plans = bundle.manifest["frame"]["ballot"], bundle.plans
    groups = bundle.opened["groups"] if bundle.has("opened.json") else {}
    styles = {style for style, pots in bundle.manifest["styles"].items() if pot in pots}
    styles |= {name for name, members in groups.items() if styles.intersection(members)}
    found = Counter()
    for choices, often in Counter(ballot.choices for ballot in bundle.ballots if ballot.style in styles).items():
        chosen = chosen_in(choices, rule) or {}
        found[tuple((plan, _worth(rule, chosen[plan])) for plan in sorted(chosen) if plans[plan]["pot"] == pot)] += (
            often
        )
    return found


def _worth(rule, number):
    """What a choice gives: its points, more for a better place, or 1."""
    return {"points": number, "ranking": rule["at_most"] + 1 - number}.get(rule["kind"], 1)


def _count(bundle, pot, lot, settings):
    """What is counted in a pot."""
    ballots = ballots_of(bundle, pot)
    cost = {code: plan["cost"] for code, plan in bundle.plans.items() if plan["pot"] == pot}
    withdrawn = {note.value["plan"] for note in bundle.only("withdrawal")}
    votes, score = Counter(), Counter()
    for given, often in ballots.items():
        for plan, worth in given:
            votes[plan] += often
            score[plan] += often * worth
    least = Fraction(settings["least_percent"]) * sum(ballots.values())
    few = (plan for plan in cost if score[plan] < settings["least_votes"] or votes[plan] * 100 < least)
    return Count(
        pot=pot,
        money=bundle.pots[pot],
        cost=cost,
        ballots=[dict(given) for given in ballots],
        times=list(ballots.values()),
        score={plan: score[plan] for plan in cost},
        barred=dict.fromkeys(few, "too_few_votes") | {plan: "withdrawn" for plan in cost if plan in withdrawn},
        place={plan: place for place, plan in enumerate(lot)},
        settings=settings,
    )


# --------------------------------------------------------------------------------------------------- forms (V13)


def check_forms(bundle):
    """V13: every file has its form and belongs to the others."""
    names = bundle.names()
    for name in names:
        READERS.get(name, check_votes_form)(bundle, name)
    if "opened.json" in names:
        check_opened(bundle, names)
        for name in filter(is_votes, names):
            check_votes(bundle, name)
    elif "manifest.json" not in names:
        raise Unchecked("file.missing", file="manifest.json")
    if bundle.closed_to_us:
        raise Unchecked("openings.auditor")
    return {"files": len(names)}


def check_json_form(bundle, name):
    """Canonical JSON of this round."""
    plain = bundle.json(name)
    unless(canonical(plain) == bundle.text(name), "form.json", file=name)
    unless(plain.get("round") == bundle.round, "form.round", file=name)


def check_manifest_form(bundle, name):
    """The manifest, and that what it says of plans, styles and pots can be."""
    check_json_form(bundle, name)
    manifest, codes = bundle.manifest, [plan["code"] for plan in bundle.manifest["plans"]]
    unless(manifest["version"] == "begroot-manifest/1", "form.plan", what="version")
    unless(re.fullmatch("[0-9a-f]{32}", bundle.round), "form.plan", what="round")
    unless(codes == sorted(set(codes)) and all(re.fullmatch(CODE, code) for code in codes), "form.plan", what="plans")
    for plan in manifest["plans"]:
        unless(plan["pot"] in bundle.pots and plan["cost"] > 0, "form.plan", what=plan["code"])
    for style, pots in manifest["styles"].items():
        unless(pots and bundle.pots.keys() >= set(pots), "form.plan", what=style)


def check_plans_form(bundle, name):
    """The words of every plan are those of which the manifest has the hash."""
    check_json_form(bundle, name)
    unless([code for code, _, _ in bundle.words] == list(bundle.plans), "plans.other")
    for code, title, text in bundle.words:
        unless(tagged_hash("plan", code, title, text).hex() == bundle.plans[code]["words"], "plans.words", plan=code)


def check_log_form(bundle, name):
    """The log: heads behind their leaves, JSON in its one form, ballots of a batch in order."""
    log = bundle.log
    unless(log.round == bundle.round, "form.round", file=name)
    unless(log.ends_with_head, "form.end")
    for head in log.heads:
        unless(head.size == head.stands_at, "form.head", size=head.size)
    for note in log.notes:
        unless(canonical(note.value) == note.text, "form.leaf", leaf=note.leaf)
        unless(re.fullmatch(MOMENT, note.value["at"]), "form.leaf", leaf=note.leaf)
    cuts = [0, *(head.stands_at for head in log.heads), len(log.leaves)]
    for start, end in itertools.pairwise(cuts):
        batch = [
            leaf for leaf, kind in zip(log.leaves[start:end], log.kinds[start:end], strict=True) if kind == "ballot"
        ]
        unless(batch == sorted(batch), "form.order", file=name, line=start + 2)


def check_rows_form(bundle, name):
    """A file of lines: of this round, as many as it says, in order."""
    rows = getattr(bundle, name.removesuffix(".txt"))
    unless(rows.round == bundle.round, "form.round", file=name)
    unless(rows.count == len(rows.lines), "form.count", file=name, wanted=rows.count, found=len(rows.lines))
    may_repeat = name == "spent.txt"
    for at, (line, following) in enumerate(zip(rows.lines, rows.lines[1:], strict=False)):
        equal = may_repeat and line == following and ",," in line
        unless(line < following or equal, "form.order", file=name, line=at + 3)


def check_ballots_form(bundle, name):
    """The ballots, by their hash."""
    for at, (ballot, following) in enumerate(itertools.pairwise(bundle.ballots_in(name))):
        unless(ballot.c < following.c, "form.order", file=name, line=at + 3)


def check_outcome_form(bundle, name):
    """The ledger as it is written."""
    written = json.dumps(bundle.outcome, sort_keys=True, indent=2, ensure_ascii=True) + "\n"
    unless(written == bundle.text(name), "form.json", file=name)


def check_votes_form(bundle, name):
    """A Pabulib file that can be read."""
    _pabulib(bundle, name)


SUMS = {"manifest.json", "plans.json", "log.txt", "credentials.txt", "spent.txt", "replaced.txt", "outcome.json"}
"""The files that are always published, beside `opened.json`."""
READERS = {
    "manifest.json": check_manifest_form,
    "plans.json": check_plans_form,
    "log.txt": check_log_form,
    "credentials.txt": check_rows_form,
    "spent.txt": check_rows_form,
    "replaced.txt": check_rows_form,
    "ballots.csv": check_ballots_form,
    AUDITORS: check_ballots_form,
    "outcome.json": check_outcome_form,
    "opened.json": check_json_form,
}


def check_opened(bundle, names):
    """The signature of `opened.json`, and that what it says follows from the other files."""
    opened = bundle.opened
    unsigned = {key: value for key, value in opened.items() if key != "signature"}
    message = fields("opened", bundle.round, canonical(unsigned))
    unless(signed(bundle.key, message, base64.b64decode(opened["signature"])), "opened.signature")
    unless(opened["manifest"] == bundle.digest, "opened.manifest")
    theirs, ours = opened["openings"], bundle.openings
    unless(theirs == ours, "opened.openings", found=theirs, wanted=ours)
    for name, digest in sorted(opened["files"].items()):
        there = bundle.has(name) and hashlib.sha256(bundle.bytes(name)).hexdigest() == digest
        unless(there or (name == AUDITORS and not bundle.has(name)), "opened.file", file=name)
    wanted = _wanted_files(bundle)
    for name in sorted(wanted | {*names, *opened["files"]} - {"opened.json"}):
        unless(name in wanted, "opened.more", file=name)
        unless(name in opened["files"] and (name in names or name == AUDITORS), "opened.file", file=name)
    voted, spent = sum(opened["areas"].values()), len(bundle.spent.values)
    unless(voted == spent, "opened.areas", found=voted, wanted=spent)
    unless(small_groups(bundle) == (opened["groups"], opened["withheld"]), "opened.groups")
    totals, withheld = opened["totals"], {style: {"all": number} for style, number in opened["withheld"].items()}
    if bundle.for_auditor:
        _check_totals(bundle, AUDITORS, totals | withheld)
    else:
        _check_totals(bundle, "ballots.csv", totals)
        _check_totals(bundle, AUDITORS, withheld)


def _wanted_files(bundle):
    """The files that belong to this `opened.json`."""
    if bundle.for_auditor:
        return SUMS | {AUDITORS}
    public = SUMS | {"ballots.csv"} | {f"votes-{pot}.pb" for pot in bundle.pots.keys() - withheld_pots(bundle)}
    return public | {AUDITORS} if bundle.opened["withheld"] else public


def _check_totals(bundle, name, totals):
    """The totals are those of the ballots in a file that is here, and no channel with a few of them is told."""
    found = {} if bundle.has(name) else totals
    for ballot in bundle.ballots_in(name) if bundle.has(name) else ():
        channels = found.setdefault(ballot.style, {})
        channels[ballot.channel] = channels.get(ballot.channel, 0) + 1
    for style in sorted(found.keys() | totals.keys()):
        unless(found.get(style) == totals.get(style), "opened.totals", style=style)
        for channel, number in sorted(found[style].items()):
            unless(number >= 5 or channel == "all", "opened.small", style=style, channel=channel)


def small_groups(bundle):
    """Which styles are put together, and of which the ballots are withheld, because few people voted in them."""
    styles = bundle.manifest["styles"]
    plans = {
        style: {code for code, plan in bundle.plans.items() if plan["pot"] in pots} for style, pots in styles.items()
    }
    found = {(style,): number for style, number in bundle.spent_of.items() if style in styles}
    withheld = {}
    while small := [members for members, number in found.items() if number < 5]:
        least = min(small, key=lambda members: (found[members], "+".join(members)))
        number = found.pop(least)
        offered = set().union(*(plans[style] for style in least))
        near = [members for members in found if any(offered & plans[style] for style in members)]
        if near:
            other = min(near, key=lambda members: (found[members], "+".join(members)))
            found[tuple(sorted(least + other))] = number + found.pop(other)
        else:
            withheld |= {style: bundle.spent_of[style] for style in least}
    return {"+".join(members): list(members) for members in found if len(members) > 1}, withheld


def check_votes(bundle, name):
    """A Pabulib file: the plans with their titles, costs, votes and winners of the outcome, and the ballots of the pot."""
    pot = name.removeprefix("votes-").removesuffix(".pb")
    meta, projects, votes = _pabulib(bundle, name)
    steps = [step for step in bundle.outcome["steps"] if step["pot"] == pot and step["why"] != "withdrawn"]
    filled = _filled(bundle, pot, {step["plan"] for step in steps})
    numbered = bundle.manifest["frame"]["ballot"]["kind"] in {"points", "ranking"}
    people = Counter(plan for plans, _ in filled for plan in plans)
    titles = {code: title for code, title, _ in bundle.words}
    ours = {
        "PROJECTS": [_project(step, titles, people[step["plan"]] if numbered else None) for step in steps],
        "VOTES": [(str(at), ",".join(plans), ",".join(points)) for at, (plans, points) in enumerate(filled, start=1)],
        "num_projects": str(len(projects)),
        "num_votes": str(len(votes)),
        "budget": bundle.pots[pot],
    }
    theirs = {
        "PROJECTS": [
            (row["project_id"], row["name"], _cents(row["cost"]), row["votes"], row.get("score", ""), row["selected"])
            for row in projects
        ],
        "VOTES": [(row["voter_id"], row["vote"], row.get("points", "")) for row in votes],
        "num_projects": meta.get("num_projects"),
        "num_votes": meta.get("num_votes"),
        "budget": _cents(meta.get("budget", "")),
    }
    for what, value in ours.items():
        unless(theirs[what] == value, "pabulib.differs", file=name, what=what)


def _project(step, titles, people):
    """A row of PROJECTS. Where ballots give points, these are its score, and `people` its votes."""
    votes, score = (step["votes"], "") if people is None else (people, str(step["votes"]))
    return step["plan"], titles[step["plan"]], step["cost"], str(votes), score, str(int(step["won"]))


def _filled(bundle, pot, known):
    """The ballots of a pot as rows of VOTES, sorted: plans, a ranking in its order, and points where they are told."""
    kind, filled = bundle.manifest["frame"]["ballot"]["kind"], []
    told = kind == "points" or (kind == "ranking" and known != bundle.plans.keys())
    for given, often in ballots_of(bundle, pot).items():
        kept = [(plan, worth) for plan, worth in given if plan in known]
        if kind == "ranking":
            kept.sort(key=lambda one: -one[1])
        row = tuple(plan for plan, _ in kept), tuple(worth for _, worth in kept) if told else ()
        filled += [row] * often
    return [(plans, tuple(map(str, points))) for plans, points in sorted(filled)]


def _pabulib(bundle, name):
    """The three parts of a Pabulib file: META as a dictionary, the other two as lists of rows by column."""
    bundle.lines(name)
    try:
        rows = list(csv.reader(io.StringIO(bundle.text(name), newline=""), delimiter=";", strict=True))
        first, second = rows.index(["PROJECTS"]), rows.index(["VOTES"])
        if rows[:2] != [["META"], ["key", "value"]] or second < first + 2 or second + 2 > len(rows):
            raise ValueError("sections")
        meta = dict(rows[2:first])
        tables = [
            [dict(zip(table[0], row, strict=True)) for row in table[1:]]
            for table in (rows[first + 1 : second], rows[second + 1 :])
        ]
    except (ValueError, csv.Error):
        raise Broken("file.broken", file=name, line=1) from None
    return meta, *tables


def _cents(written):
    """An amount such as 4200 or 4200.50 in cents."""
    match = re.fullmatch(r"([0-9]{1,13})(?:\.([0-9]{2}))?", written)
    return int(match[1]) * 100 + int(match[2] or 0) if match else None


# --------------------------------------------------------------------------------------------------- answering

CHECKS = {
    "V1": check_manifest,
    "V2": check_signatures,
    "V3": check_heads,
    "V4": check_whole,
    "V5": check_closed,
    "V6": check_ballots,
    "V7": check_rules,
    "V8": check_tokens,
    "V9": check_accounts,
    "V10": check_numbers,
    "V11": check_outcome,
    "V12": check_equal,
    "V13": check_forms,
}


def answer(name, bundle):
    """The answer of one check, whatever the files hold."""
    try:
        given, key, facts = "ok", f"{name}.ok", CHECKS[name](bundle)
    except Broken as broken:
        given, key, facts = "failed" if name == "V13" else "unchecked", broken.key, broken.facts
    except Answer as ended:
        given, key, facts = ended.answer, ended.key, ended.facts
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, csv.Error) as error:
        given, key, facts = "failed", "file.odd", {"what": f"{type(error).__name__} {error}"[:100]}
    return {"check": name, "answer": given, "key": key, "facts": facts, "text": SENTENCES[key].format(**facts)}


def verify(folder):
    """The answers of all checks, one after the other."""
    bundle = Bundle(folder)
    return (answer(name, bundle) for name in CHECKS)


def main(arguments=None):
    """The command line."""
    parser = argparse.ArgumentParser(description="Check a vote from its public files.")
    parser.add_argument("folder", help="the folder with the public files of one round")
    parser.add_argument("--json", action="store_true", help="one JSON line for each check")
    options = parser.parse_args(arguments)
    if not Path(options.folder).is_dir():
        parser.error(f"{options.folder} is no folder")
    failed = False
    for found in verify(options.folder):
        failed = failed or found["answer"] == "failed"
        line = canonical(found) if options.json else f"{found['check']:4}{found['answer']:10}{found['text']}"
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
