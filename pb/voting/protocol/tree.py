"""A tree that grows, pure: the roots of its whole branches are all that the next root needs (RFC 6962)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from pb.base.hashing import leaf_hash, node_hash


@dataclass(frozen=True, slots=True)
class GrowingTree:
    """The whole branches of a tree of `size` leaves, the largest first: one for each bit of the size."""

    size: int = 0
    branches: tuple[bytes, ...] = ()

    def with_leaves(self, leaves: Iterable[bytes]) -> GrowingTree:
        """The tree with these leaves, in bytes, at its end."""
        size, branches = self.size, list(self.branches)
        for leaf in leaves:
            branch, filled = leaf_hash(leaf), size
            while filled & 1:  # as often as a sum carries over: two branches of one size are one of the next
                branch, filled = node_hash(branches.pop(), branch), filled >> 1
            branches.append(branch)
            size += 1
        return GrowingTree(size, tuple(branches))

    @property
    def root(self) -> bytes:
        """The root over all leaves; over none it is the hash of nothing."""
        if not self.branches:
            return hashlib.sha256(b"").digest()
        *rest, root = self.branches
        for branch in reversed(rest):
            root = node_hash(branch, root)
        return root
