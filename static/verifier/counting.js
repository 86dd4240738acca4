// V11 of section 7 of docs/protocol.md: the votes counted again, and held against every step of the outcome.

import { Failed, Unchecked, counted, sorted, sum, unless } from "./answers.js";
import { fromHex, hex, taggedHash } from "./bytes.js";
import { canonical, equal } from "./json.js";

const ascending = (one, other) => {
  const at = one.findIndex((value, place) => value !== other[place]);
  if (at < 0) return 0;
  return one[at] < other[at] ? -1 : 1;
};

// One pot: its plans, what they cost, how many chose each, and what is settled before the count.
const potCount = (bundle, pot, lot) => {
  const plans = [...bundle.plans.values()].filter((plan) => plan.pot === pot).map((plan) => plan.code);
  const chosen = ballotsOf(bundle, pot).flatMap((ballot) => (ballot.choices ? ballot.choices.split(",") : []));
  const votes = counted(chosen);
  return {
    pot,
    plans,
    money: bundle.pots.get(pot),
    cost: new Map(plans.map((plan) => [plan, bundle.plans.get(plan).cost])),
    votes: new Map(plans.map((plan) => [plan, votes.get(plan) ?? 0])),
    withdrawn: new Set(bundle.only("withdrawal").map((note) => note.value.plan)),
    place: new Map(lot.map((plan, at) => [plan, at])),
    settings: settingsOf(bundle.manifest),
  };
};

// The ballots that could choose in a pot.
export const ballotsOf = (bundle, pot) => {
  const styles = new Set([...bundle.styles].filter(([, pots]) => pots.includes(pot)).map(([style]) => style));
  for (const [name, members] of bundle.groups) if (members.some((style) => styles.has(style))) styles.add(name);
  return bundle.ballots.filter((ballot) => styles.has(ballot.style));
};

const cheaperFirst = (count) => count.settings.tie === "lower_cost_then_lot";
const rank = (count, plan) => (cheaperFirst(count) ? [count.cost.get(plan), -count.votes.get(plan)] : []);
const turn = (count, plan) => [...rank(count, plan), count.place.get(plan)];

const barred = (count, plan) => {
  if (count.withdrawn.has(plan)) return "withdrawn";
  return count.votes.get(plan) < count.settings.least_votes ? "too_few_votes" : null;
};

// What told a plan from those that had as many votes.
const tieOf = (count, plan, equals) => {
  const others = equals.filter((other) => other !== plan);
  if (!others.length) return "none";
  if (others.some((other) => !ascending(rank(count, other), rank(count, plan)))) return "lot";
  return others.every((other) => count.cost.get(other) !== count.cost.get(plan)) ? "lower_cost" : "more_votes";
};

const stepOf = (count, plan, place, before, why, tie) => {
  const won = why === "fits";
  const cost = count.cost.get(plan);
  return {
    plan, pot: count.pot, place, votes: count.votes.get(plan), cost, before, after: won ? before - cost : before,
    won, why, tie, part: "rule", price: null, payers: 0, emptied: 0, held: null,
  };
};

const mostVotes = (count) => {
  let left = count.money;
  let stopped = false;
  const order = (plan) => [-count.votes.get(plan), ...turn(count, plan)];
  const inTurn = [...count.plans].sort((one, other) => ascending(order(one), order(other)));
  return inTurn.map((plan, at) => {
    const fits = count.cost.get(plan) <= left ? "fits" : "does_not_fit";
    const why = barred(count, plan) ?? (stopped ? "after_stop" : fits);
    stopped ||= why === "does_not_fit" && count.settings.misfit === "stop";
    const equals = count.plans.filter((other) => count.votes.get(other) === count.votes.get(plan));
    const step = stepOf(count, plan, at + 1, left, why, tieOf(count, plan, equals));
    left = step.after;
    return step;
  });
};

const RULES = { "most-votes/1": mostVotes };

const settingsOf = ({ frame: { counting } }) => ({
  misfit: counting.misfit, tie: counting.tie, least_votes: 1, least_percent: "0", conflicts: [], caps: [],
});

const lotOf = (bundle) => {
  const seed = fromHex(bundle.closed.seed);
  unless(hex(taggedHash("seed", bundle.round, seed)) === bundle.manifest.seed_commitment, "lot.seed");
  const name = (plan) => hex(taggedHash("lot", bundle.round, seed, plan));
  const names = new Map([...bundle.plans.keys()].map((plan) => [plan, name(plan)]));
  const drawn = bundle.only("lot").at(-1)?.value.order;
  const order = drawn ?? [...names.keys()].sort((one, other) => (names.get(one) < names.get(other) ? -1 : 1));
  unless(sorted(order).join() === sorted(names.keys()).join(), "lot.order");
  return order;
};

// The pots in which ballots that are withheld could choose.
export const hiddenPots = (bundle) => new Set([...bundle.withheld.keys()].flatMap((style) => bundle.styles.get(style) ?? []));

const agree = (theirs, ours, what) => {
  if (equal(theirs, ours)) return;
  throw new Failed("count.other", { what, theirs: canonical(theirs ?? null).slice(0, 80), ours: canonical(ours).slice(0, 80) });
};

export const countIsTheSame = (bundle) => {
  const rule = bundle.manifest.counting;
  unless(typeof rule === "string", "file.odd", { what: "counting" });
  if (!Object.hasOwn(RULES, rule)) throw new Unchecked("count.rule", { rule });
  const { outcome } = bundle;
  const lot = lotOf(bundle);
  const hidden = hiddenPots(bundle);
  const pots = [...bundle.pots.keys()].filter((pot) => !hidden.has(pot));
  const ours = pots.flatMap((pot) => RULES[rule](potCount(bundle, pot, lot)));
  const theirs = outcome.steps.filter((step) => !hidden.has(step.pot));
  ours.slice(0, theirs.length).forEach((step, at) => {
    for (const [what, value] of Object.entries(step)) agree(theirs[at][what], value, `${what} of ${step.plan}`);
  });
  agree(theirs.length, ours.length, "the number of steps");
  for (const [what, value] of Object.entries(totalsOf(bundle, rule, lot, hidden.size))) agree(outcome[what], value, what);
  if (hidden.size) throw new Unchecked("count.withheld", { pots: sorted(hidden).join(", ") });
  return { winners: ours.filter((step) => step.won).length };
};

// What follows from the steps, the manifest and the ballots.
const totalsOf = (bundle, rule, lot, hidden) => {
  const winners = bundle.outcome.steps.filter((step) => step.won).map((step) => step.plan);
  const cost = sum(winners.map((plan) => bundle.plans.get(plan).cost));
  const money = sum(bundle.pots.values());
  const totals = {
    format: "begroot-ledger/1", rule: rule.split("/")[0], settings: settingsOf(bundle.manifest), lot, money, winners, cost,
    left: money - cost, shares: [], comparison: null, awards: [],
  };
  if (hidden) return totals;
  return { ...totals, ballots: bundle.ballots.length, blank: bundle.ballots.filter((ballot) => !ballot.choices).length };
};
