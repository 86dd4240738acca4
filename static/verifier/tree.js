// The tree of section 5 of docs/protocol.md (RFC 6962), growing leaf by leaf.

import { joined, sha256 } from "./bytes.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const node = (left, right) => sha256(joined(NODE, left, right));

export class Tree {
  constructor() {
    this.size = 0;
    this.branches = []; // the roots of the whole branches, the largest first: one for each bit of the size
  }

  add(leaf) {
    let branch = sha256(joined(LEAF, leaf));
    for (let filled = this.size; filled % 2; filled = Math.floor(filled / 2)) branch = node(this.branches.pop(), branch);
    this.branches.push(branch);
    this.size += 1;
  }

  root() {
    if (!this.branches.length) return sha256(new Uint8Array());
    return this.branches.reduceRight((right, left) => node(left, right));
  }
}

export const treeRoot = (leaves) => {
  const tree = new Tree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
};
