// V8 and V10 of section 8 of docs/protocol.md: who voted, beside who could.

import { Unchecked, counted, sorted, sum, unless } from "./answers.js";
import { bytesOf, fromHex, hex, taggedHash } from "./bytes.js";
import { treeRoot } from "./tree.js";

export const tokensAreOnTheRoll = (bundle) => {
  const roll = rollOf(bundle);
  const { firstOf, revoked } = slotsOf(bundle, roll);
  const slots = new Set();
  const seen = new Set();
  let found = 0;
  for (const [, t, style] of bundle.spent.values.filter((row) => row[1])) {
    const h = hex(taggedHash("credential", fromHex(t)));
    unless(roll.has(h), "token.unknown", { t });
    unless(roll.get(h).style === style, "token.style", { t, style });
    unless(!seen.has(h), "token.twice", { t });
    unless(firstOf.has(h), "token.spare", { t });
    unless(!slots.has(firstOf.get(h)), "token.chain", { t });
    seen.add(h);
    slots.add(firstOf.get(h));
    found += revoked.has(h) ? 1 : 0;
  }
  const wanted = bundle.closed.revoked;
  unless(wanted === found, "token.revoked", { wanted, found });
  const logins = bundle.spent.values.length - seen.size;
  if (logins) throw new Unchecked("token.none", { logins });
  return { spent: seen.size };
};

// Style and kind of each credential, after a look at whether this is the list that was sealed.
const rollOf = (bundle) => {
  const { manifest, credentials } = bundle;
  unless(hex(treeRoot(credentials.lines.map(bytesOf))) === manifest.credential_root, "roll.root");
  const counts = counted(credentials.values.map(([, style, kind]) => `${style} ${kind}`));
  const named = new Map(Object.entries(manifest.credentials));
  for (const style of sorted(new Set([...named.keys(), ...credentials.values.map((row) => row[1])]))) {
    const wanted = named.get(style) ?? { issued: 0, spare: 0 };
    const found = ["issued", "spare"].every((kind) => (counts.get(`${style} ${kind}`) ?? 0) === wanted[kind]);
    unless(found, "roll.count", { style });
  }
  return new Map(credentials.values.map(([h, style, kind]) => [h, { style, kind }]));
};

// The first credential of the chain of each one that ever counted, and those that were revoked.
const slotsOf = (bundle, roll) => {
  const firstOf = new Map([...roll].filter(([, one]) => one.kind === "issued").map(([h]) => [h, h]));
  const revoked = new Set();
  const isFresh = (h) => roll.has(h) && !firstOf.has(h);
  for (const { kind, leaf, value } of bundle.log.notes) {
    if (kind === "activation") {
      unless(isFresh(value.h), "roll.deed", { kind, leaf });
      firstOf.set(value.h, value.h);
    } else if (kind === "revocation") {
      const alive = firstOf.has(value.old) && !revoked.has(value.old);
      const follows = !value.new || (isFresh(value.new) && roll.get(value.new).style === roll.get(value.old)?.style);
      unless(alive && follows, "roll.deed", { kind, leaf });
      revoked.add(value.old);
      if (value.new) firstOf.set(value.new, firstOf.get(value.old));
    }
  }
  return { firstOf, revoked };
};

const add = (counts, name, number = 1) => counts.set(name, (counts.get(name) ?? 0) + number);

export const notMoreThanCould = (bundle) => {
  const { manifest } = bundle;
  const may = new Map(Object.entries(manifest.credentials).map(([style, numbers]) => [style, numbers.issued]));
  const roll = new Map(Object.entries(manifest.areas));
  const activated = bundle.only("activation");
  const styleOf = new Map(activated.length ? bundle.credentials.values.map(([h, style]) => [h, style]) : []);
  for (const { value } of activated) {
    add(may, styleOf.get(value.h) ?? "");
    if (value.area) add(roll, value.area);
  }
  for (const { value } of bundle.only("addition")) add(roll, value.area, value.people);
  const codes = counted(bundle.spent.values.filter((row) => row[1]).map((row) => row[2]));
  for (const style of sorted(codes.keys())) {
    const numbers = { spent: codes.get(style), may: may.get(style) ?? 0 };
    unless(numbers.spent <= numbers.may, "roll.style", { style, ...numbers });
  }
  const all = { spent: bundle.spent.values.length, may: sum(roll.values()) };
  unless(all.spent <= all.may, "roll.all", all);
  areasFit(bundle, roll);
  return { spent: all.spent, roll: all.may };
};

const areasFit = (bundle, roll) => {
  const areas = bundle.has("opened.json") ? Object.entries(bundle.opened.areas) : [];
  for (const [area, spent] of areas) unless(spent <= (roll.get(area) ?? 0), "roll.area", { area, spent, may: roll.get(area) ?? 0 });
};
