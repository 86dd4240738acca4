// V1 to V5 and V12 of section 8 of docs/protocol.md: the log by itself.

import { counted, unless } from "./answers.js";
import { bytesOf, fields, same, toBase64 } from "./bytes.js";
import { AUDITORS } from "./files.js";
import { signed } from "./signature.js";
import { Tree, treeRoot } from "./tree.js";

export const manifestIsFirst = (bundle) => {
  const { leaves, kinds } = bundle.log;
  const manifest = fields("manifest", bundle.bytes("manifest.json"));
  unless(leaves.length && same(leaves[0], manifest), "manifest.other");
  const second = kinds.indexOf("manifest", 1);
  unless(second < 0, "manifest.twice", { leaf: second });
  return {};
};

export const headsAreSigned = async (bundle) => {
  const { heads } = bundle.log;
  unless(heads.length, "head.none");
  const origin = `begroot/${bundle.round}/${bundle.digest.slice(0, 16)}`;
  for (const { size, root, at, signature } of heads) {
    const text = `${origin}\n${size}\n${toBase64(root)}\n${at}\n`;
    unless(await signed(bundle.key, bytesOf(text), signature), "head.signature", { size });
  }
  return { heads: heads.length };
};

export const headsExtend = (bundle) => {
  const { heads, leaves } = bundle.log;
  unless(heads.length, "head.none");
  const tree = new Tree();
  let before = { size: 0, at: "" };
  for (const head of heads) {
    const { size } = head;
    unless(size > before.size && head.at >= before.at, "head.order", { size });
    while (tree.size < Math.min(size, leaves.length)) tree.add(leaves[tree.size]);
    unless(tree.size === size && same(tree.root(), head.root), "head.root", { size });
    before = head;
  }
  return { heads: heads.length };
};

export const lastHeadIsWhole = (bundle) => {
  const { heads, leaves } = bundle.log;
  unless(heads.length, "head.none");
  const { size, root } = heads.at(-1);
  unless(size === leaves.length, "head.short", { size, leaves: leaves.length });
  unless(same(treeRoot(leaves), root), "head.root", { size });
  return { leaves: leaves.length };
};

export const closingIsLast = (bundle) => {
  unless(bundle.closed, "log.unclosed");
  const { leaf } = bundle.only("closed")[0];
  unless(leaf === bundle.log.leaves.length - 1, "log.after", { leaf: leaf + 1 });
  return {};
};

export const noneIsTwice = (bundle) => {
  const files = ["ballots.csv", AUDITORS].filter((file) => bundle.has(file));
  const ballots = files.flatMap((file) => bundle.ballotsIn(file)).map((ballot) => ballot.c);
  for (const found of [bundle.log.ballots, ballots]) {
    for (const [c, often] of counted(found)) unless(often === 1, "ballot.twice", { c });
  }
  return {};
};
