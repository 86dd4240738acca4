// V6, V7 and V9 of section 7 of docs/protocol.md: what was cast, whether it was allowed, and that none is lost.

import { Failed, Unchecked, counted, sorted, sum, unless } from "./answers.js";
import { fromHex, hex, taggedHash } from "./bytes.js";

export const ballotsAreCast = (bundle) => {
  const leaves = new Set(bundle.log.ballots);
  const seen = new Set();
  for (const ballot of bundle.ballots) {
    const c = hex(taggedHash("ballot", bundle.round, fromHex(ballot.r), ballot.choices));
    unless(c === ballot.c, "ballot.hash", { c: ballot.c });
    unless(leaves.has(c), "ballot.unknown", { c });
    unless(!seen.has(c), "ballot.twice", { c });
    seen.add(c);
  }
  return { ballots: seen.size };
};

export const ballotsObey = (bundle) => {
  const known = new Map();
  for (const { style, choices, c } of bundle.ballots) {
    const name = `${style},${choices}`;
    if (!known.has(name)) {
      const found = (bundle.groups.get(style) ?? [style]).map((one) => brokenRule(bundle, one, choices));
      known.set(name, found.includes(null) ? null : found[0]);
    }
    if (known.get(name)) throw new Failed(known.get(name), { c, style, choices });
  }
  return { ballots: bundle.ballots.length };
};

// The rule that these choices break as a ballot of this style, if any.
const brokenRule = (bundle, style, choices) => {
  const chosen = choices ? choices.split(",") : [];
  const rule = bundle.manifest.frame.ballot;
  const pots = bundle.styles.get(style);
  if (!pots) return "ballot.style";
  const offered = chosen.every((code, at) => pots.includes(bundle.plans.get(code)?.pot) && (!at || chosen[at - 1] < code));
  if (!offered) return "ballot.choices";
  if (rule.kind === "up_to") return chosen.length > rule.at_most ? "ballot.many" : null;
  const costIn = (pot) => sum(chosen.map((code) => bundle.plans.get(code)).filter((plan) => plan.pot === pot).map((plan) => plan.cost));
  return pots.some((pot) => costIn(pot) > bundle.pots.get(pot)) ? "ballot.money" : null;
};

const foreign = (some, others) => sorted([...some].filter((c) => !others.has(c)))[0];

export const noneIsLost = (bundle) => {
  const withheld = sum(bundle.opened && bundle.withheld.values());
  const { closed } = bundle;
  const leaves = new Set(bundle.log.ballots);
  const ballots = new Set(bundle.ballots.map((ballot) => ballot.c));
  const replaced = new Set(bundle.replaced.lines);
  const both = sorted([...ballots].filter((c) => replaced.has(c)))[0];
  unless(both === undefined, "leaf.both", { c: both });
  unless(foreign(ballots, leaves) === undefined, "ballot.unknown", { c: foreign(ballots, leaves) });
  unless(foreign(replaced, leaves) === undefined, "leaf.foreign", { c: foreign(replaced, leaves) });
  const rest = [...leaves].filter((c) => !ballots.has(c) && !replaced.has(c));
  unless(!rest.length || withheld, "leaf.lost", { c: sorted(rest)[0] });
  unless(rest.length === withheld, "leaf.number", { found: rest.length, wanted: withheld });
  const logins = bundle.spent.values.filter((row) => !row[1]).length;
  numbersAgree(closed, {
    ballots: bundle.ballots.length + withheld,
    leaves: bundle.log.ballots.length,
    spent: bundle.spent.values.length,
    logins,
  });
  stylesAgree(bundle);
  if (logins) throw new Unchecked("token.none", { logins });
  return { leaves: leaves.size, ballots: ballots.size + withheld, replaced: replaced.size };
};

const numbersAgree = (closed, numbers) => {
  for (const [what, found] of Object.entries(numbers)) {
    unless(closed[what] === found, "closed.number", { what, wanted: closed[what], found });
  }
};

// As many ballots as used codes in every style or group.
const stylesAgree = (bundle) => {
  const shown = counted(bundle.ballots.map((ballot) => ballot.style));
  for (const [style, number] of bundle.withheld) shown.set(style, (shown.get(style) ?? 0) + number);
  const groupOf = new Map([...bundle.groups].flatMap(([name, styles]) => styles.map((style) => [style, name])));
  const spent = counted(bundle.spent.values.map((row) => groupOf.get(row[2]) ?? row[2]));
  for (const style of sorted(new Set([...shown.keys(), ...spent.keys()]))) {
    const numbers = { ballots: shown.get(style) ?? 0, spent: spent.get(style) ?? 0 };
    unless(numbers.ballots === numbers.spent, "style.number", { style, ...numbers });
  }
};
