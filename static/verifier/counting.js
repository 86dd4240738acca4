// V11 of section 8 of docs/protocol.md: the votes counted again, and held against every step of the outcome.

import { Failed, Unchecked, sorted, sum, unless } from "./answers.js";
import { fromHex, hex, taggedHash } from "./bytes.js";
import { chosenIn } from "./choices.js";
import { equalShares } from "./equal-shares.js";
import { AUDITORS } from "./files.js";
import { fraction, written } from "./fraction.js";
import { mostVotes, perEuro, votesPerEuro } from "./in-turn.js";
import { canonical, equal } from "./json.js";
import { phragmen } from "./phragmen.js";
import { Pot } from "./pot.js";

const RULES = {
  "most-votes/1": (pot) => mostVotes(pot),
  "votes-per-euro/1": votesPerEuro,
  "per-euro/1": perEuro,
  "phragmen/1": phragmen,
  "equal-shares/1": equalShares,
};
const OF_EQUAL_SHARES = ["utility", "completion", "whole_start", "stop_when_exhaustive", "comparison"];

// The settings of the rule, as the ledger tells them.
const settingsOf = ({ counting: name, conflicts, ceilings, frame: { counting } }) => {
  const rule = name.split("/")[0];
  const settings = rule === "most-votes" ? { misfit: counting.misfit } : {};
  if (rule === "equal-shares") {
    for (const key of OF_EQUAL_SHARES) settings[key] = counting[key];
    settings.unit = counting.step;
  }
  const least = { least_votes: Math.max(1, counting.least_votes), least_percent: written(fraction(counting.least_share, 100)) };
  return { ...settings, ...least, tie: counting.tie, conflicts, caps: ceilings };
};

// As it was drawn by hand where the frame asks for that, else by the seed.
const lotOf = (bundle) => {
  const seed = fromHex(bundle.closed.seed);
  unless(hex(taggedHash("seed", bundle.round, seed)) === bundle.manifest.seed_commitment, "lot.seed");
  const names = new Map([...bundle.plans.keys()].map((plan) => [plan, hex(taggedHash("lot", bundle.round, seed, plan))]));
  const drawn = bundle.only("lot").map((note) => note.value);
  const numbers = { found: drawn.length, wanted: bundle.manifest.frame.counting.lot === "hand" ? 1 : 0 };
  unless(numbers.found === numbers.wanted, "lot.number", numbers);
  const closes = bundle.only("extension").at(-1)?.value.closes ?? bundle.manifest.closes;
  unless(drawn.every(({ at }) => at >= closes), "lot.early");
  const order = drawn[0]?.order ?? [...names.keys()].sort((one, other) => (names.get(one) < names.get(other) ? -1 : 1));
  unless(sorted(order).join() === sorted(names.keys()).join(), "lot.order");
  return order;
};

// The pots in which ballots that are withheld could choose.
export const withheldPots = (bundle) => new Set([...bundle.withheld.keys()].flatMap((style) => bundle.styles.get(style) ?? []));

// The pots in which ballots could choose that are not here.
const hiddenPots = (bundle) => {
  if (bundle.closedToUs) return new Set(bundle.pots.keys());
  return bundle.has(AUDITORS) ? new Set() : withheldPots(bundle);
};

const agree = (theirs, ours, what, plan) => {
  if (equal(theirs, ours)) return;
  const facts = { what, theirs: canonical(theirs ?? null).slice(0, 80), ours: canonical(ours).slice(0, 80) };
  throw plan ? new Failed("count.step", { ...facts, plan }) : new Failed("count.other", facts);
};

export const countIsTheSame = (bundle) => {
  const { counting: rule } = bundle.manifest;
  unless(typeof rule === "string", "file.odd", { what: "counting" });
  if (!Object.hasOwn(RULES, rule)) throw new Unchecked("count.rule", { rule });
  const hidden = hiddenPots(bundle);
  const withheld = new Unchecked("count.withheld", { pots: sorted(hidden).join(", ") });
  const unable = bundle.closedToUs ? new Unchecked("openings.auditor") : withheld;
  const [settings, lot] = [settingsOf(bundle.manifest), lotOf(bundle)];
  if (hidden.size && settings.comparison) throw unable;
  const withdrawn = new Set(bundle.only("withdrawal").map((note) => note.value.plan));
  const codes = [...bundle.pots.keys()].filter((pot) => !hidden.has(pot));
  const pots = codes.map((code) => new Pot(bundle, code, lot, settings, withdrawn));
  const results = pots.map(RULES[rule]);
  const counted = results.flatMap((result) => result.steps);
  const { steps, comparison } = settings.comparison ? compared(bundle, pots, counted) : { steps: counted, comparison: null };
  const { outcome } = bundle;
  stepsAgree(steps, outcome.steps.filter((step) => !hidden.has(step.pot)));
  agree(outcome.shares.filter((share) => !hidden.has(share.pot)), results.flatMap(({ share }) => share ?? []), "shares");
  const totals = { ...totalsOf(bundle, rule.split("/")[0], hidden.size), settings, lot, comparison };
  for (const [what, value] of Object.entries(totals)) agree(outcome[what], value, what);
  if (hidden.size) throw unable;
  return { winners: steps.filter((step) => step.won).length };
};

const stepsAgree = (ours, theirs) => {
  ours.slice(0, theirs.length).forEach((step, at) => {
    for (const [what, value] of Object.entries(step)) agree(theirs[at][what], value, what, step.plan);
  });
  agree(theirs.length, ours.length, "steps");
};

// The outcome of most votes stands where more ballots have more winners under it.
const compared = (bundle, pots, steps) => {
  const others = pots.flatMap((pot) => mostVotes(pot, "skip").steps);
  const [ours, theirs] = [steps, others].map((some) => new Set(some.filter((step) => step.won).map((step) => step.plan)));
  const comparison = { for_rule: 0, for_most_votes: 0 };
  for (const { choices } of bundle.ballots) {
    const chosen = [...chosenIn(choices, bundle.manifest.frame.ballot).keys()];
    const more = chosen.filter((plan) => ours.has(plan)).length - chosen.filter((plan) => theirs.has(plan)).length;
    if (more) comparison[more > 0 ? "for_rule" : "for_most_votes"] += 1;
  }
  return { comparison, steps: comparison.for_rule >= comparison.for_most_votes ? steps : others };
};

// What follows from the steps, the manifest and the ballots.
const totalsOf = (bundle, rule, hidden) => {
  const winners = bundle.outcome.steps.filter((step) => step.won).map((step) => step.plan);
  const cost = sum(winners.map((plan) => bundle.plans.get(plan).cost));
  const money = sum(bundle.pots.values());
  const totals = { format: "begroot-ledger/1", rule, awards: [], money, winners, cost, left: money - cost };
  if (hidden) return totals;
  return { ...totals, ballots: bundle.ballots.length, blank: bundle.ballots.filter((ballot) => !ballot.choices).length };
};
