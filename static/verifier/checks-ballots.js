// V6, V7 and V9 of section 8 of docs/protocol.md: what was cast, whether it was allowed, and that none is lost.

import { Failed, Unchecked, counted, sorted, sum, unless } from "./answers.js";
import { fromHex, hex, taggedHash } from "./bytes.js";
import { chosenIn } from "./choices.js";

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
  const rule = bundle.manifest.frame.ballot;
  const pots = bundle.styles.get(style);
  if (!pots) return "ballot.style";
  const written = choices ? choices.split(",") : [];
  const inOrder = written.every((choice, at) => !at || written[at - 1] < choice);
  const chosen = inOrder ? chosenIn(choices, rule) : null;
  const offered = chosen?.size === written.length && [...chosen.keys()].every((code) => pots.includes(bundle.plans.get(code)?.pot));
  if (!offered) return "ballot.choices";
  if (rule.kind === "within_money") return isTooDear(bundle, pots, chosen) ? "ballot.money" : null;
  if (chosen.size && !numberFits(rule, chosen.size)) return "ballot.many";
  return numbersFit(rule, [...chosen.values()]) ? null : "ballot.numbers";
};

const isTooDear = (bundle, pots, chosen) => {
  const plans = [...chosen.keys()].map((code) => bundle.plans.get(code));
  return pots.some((pot) => sum(plans.filter((plan) => plan.pot === pot).map((plan) => plan.cost)) > bundle.pots.get(pot));
};

const numberFits = (rule, chosen) => {
  const least = rule.kind === "one" ? 1 : rule.at_least;
  const most = { one: 1, points: chosen }[rule.kind] ?? rule.at_most;
  return least <= chosen && chosen <= most;
};

// Whether points lie within their limits, and places are counted from 1 without a gap.
const numbersFit = (rule, numbers) => {
  if (rule.kind === "points") {
    const within = numbers.every((number) => rule.least_points <= number && number <= rule.most_points);
    return within && sum(numbers) <= rule.total_points;
  }
  if (rule.kind !== "ranking") return true;
  return numbers.sort((one, other) => one - other).every((place, at) => place === at + 1);
};

const foreign = (some, others) => sorted([...some].filter((c) => !others.has(c)))[0];

export const noneIsLost = (bundle) => {
  const unseen = sum(bundle.unseen.values());
  const { closed, closedToUs } = bundle;
  const leaves = new Set(bundle.log.ballots);
  const seen = closedToUs ? [] : bundle.ballots;
  const ballots = new Set(seen.map((ballot) => ballot.c));
  const replaced = new Set(bundle.replaced.lines);
  const both = sorted([...ballots].filter((c) => replaced.has(c)))[0];
  unless(both === undefined, "leaf.both", { c: both });
  unless(foreign(ballots, leaves) === undefined, "ballot.unknown", { c: foreign(ballots, leaves) });
  unless(foreign(replaced, leaves) === undefined, "leaf.foreign", { c: foreign(replaced, leaves) });
  const rest = [...leaves].filter((c) => !ballots.has(c) && !replaced.has(c));
  unless(!rest.length || unseen, "leaf.lost", { c: sorted(rest)[0] });
  unless(rest.length === unseen, "leaf.number", { found: rest.length, wanted: unseen });
  const logins = bundle.spent.values.filter((row) => !row[1]).length;
  numbersAgree(closed, {
    ballots: seen.length + unseen,
    leaves: bundle.log.ballots.length,
    spent: bundle.spent.values.length,
    logins,
  });
  stylesAgree(bundle, seen);
  if (closedToUs) throw new Unchecked("openings.auditor");
  if (logins) throw new Unchecked("token.none", { logins });
  return { leaves: leaves.size, ballots: ballots.size + unseen, replaced: replaced.size };
};

const numbersAgree = (closed, numbers) => {
  for (const [what, found] of Object.entries(numbers)) {
    unless(closed[what] === found, "closed.number", { what, wanted: closed[what], found });
  }
};

// As many ballots as used codes in every style or group.
const stylesAgree = (bundle, seen) => {
  const shown = counted(seen.map((ballot) => ballot.style));
  for (const [style, number] of bundle.unseen) shown.set(style, (shown.get(style) ?? 0) + number);
  const groupOf = new Map([...bundle.groups].flatMap(([name, styles]) => styles.map((style) => [style, name])));
  const spent = counted(bundle.spent.values.map((row) => groupOf.get(row[2]) ?? row[2]));
  for (const style of sorted(new Set([...shown.keys(), ...spent.keys()]))) {
    const numbers = { ballots: shown.get(style) ?? 0, spent: spent.get(style) ?? 0 };
    unless(numbers.ballots === numbers.spent, "style.number", { style, ...numbers });
  }
};
