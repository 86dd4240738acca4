// One pot as every rule sees it: its plans, the different ballots, and who goes first among equals.

import { chosenIn } from "./choices.js";
import { counted, sum } from "./answers.js";
import { compare, read, times } from "./fraction.js";

// Lists compared part by part; what a longer one begins with comes first.
export const ascending = (one, other) => {
  const at = one.findIndex((value, place) => value !== other[place]);
  if (at < 0) return one.length - other.length;
  return at < other.length && one[at] < other[at] ? -1 : 1;
};

// What a choice gives: its points, more for a better place, or 1.
const worthOf = (rule, number) => ({ points: number, ranking: rule.at_most + 1 - number })[rule.kind] ?? 1;

// The ballots of those who could choose in a pot, each as what it gives to the pot's plans.
export const ballotsOf = (bundle, pot) => {
  const rule = bundle.manifest.frame.ballot;
  const styles = new Set([...bundle.styles].filter(([, pots]) => pots.includes(pot)).map(([style]) => style));
  for (const [name, members] of bundle.groups) if (members.some((style) => styles.has(style))) styles.add(name);
  const cast = counted(bundle.ballots.filter((ballot) => styles.has(ballot.style)).map((ballot) => ballot.choices));
  return [...cast].map(([choices, often]) => {
    const chosen = [...(chosenIn(choices, rule) ?? [])].filter(([plan]) => planOf(bundle, plan).pot === pot);
    return { often, given: new Map(chosen.map(([plan, number]) => [plan, worthOf(rule, number)])) };
  });
};

const planOf = (bundle, code) => {
  if (!bundle.plans.has(code)) throw new Error(`no plan ${code}`);
  return bundle.plans.get(code);
};

export class Pot {
  constructor(bundle, code, lot, settings, withdrawn) {
    this.code = code;
    this.settings = settings;
    this.money = bundle.pots.get(code);
    this.ballots = ballotsOf(bundle, code);
    this.plans = [...bundle.plans.values()].filter((plan) => plan.pot === code).map((plan) => plan.code);
    this.cost = new Map(this.plans.map((plan) => [plan, bundle.plans.get(plan).cost]));
    this.place = new Map(lot.map((plan, at) => [plan, at]));
    this.voters = sum(this.ballots.map((ballot) => ballot.often));
    this.supporters = new Map(this.plans.map((plan) => [plan, this.ballots.filter(({ given }) => given.has(plan))]));
    this.people = this.each((ballot) => ballot.often);
    this.score = this.each((ballot, plan) => ballot.often * ballot.given.get(plan));
    this.barred = new Map(this.plans.filter((plan) => this.hasFew(plan)).map((plan) => [plan, "too_few_votes"]));
    for (const plan of this.plans) if (withdrawn.has(plan)) this.barred.set(plan, "withdrawn");
  }

  each(value) {
    return new Map([...this.supporters].map(([plan, ballots]) => [plan, sum(ballots.map((ballot) => value(ballot, plan)))]));
  }

  hasFew(plan) {
    const share = times(read(this.settings.least_percent), this.voters);
    const asked = compare({ n: BigInt(this.people.get(plan) * 100), d: 1n }, share) < 0;
    return this.score.get(plan) < this.settings.least_votes || asked;
  }

  // Among equals who is lower goes first; plans of one rank are told apart by the lot only.
  rank(plan) {
    return this.settings.tie === "lower_cost_then_lot" ? [this.cost.get(plan), -this.score.get(plan)] : [];
  }

  turn(plan) {
    return [...this.rank(plan), this.place.get(plan)];
  }

  first(plans) {
    return [...plans].sort((one, other) => ascending(this.turn(one), this.turn(other)))[0];
  }

  // What told a plan from its equals.
  tie(plan, equals) {
    const others = equals.filter((other) => other !== plan);
    if (!others.length) return "none";
    if (others.some((other) => !ascending(this.rank(other), this.rank(plan)))) return "lot";
    const costs = this.rank(plan).length && others.every((other) => this.cost.get(other) !== this.cost.get(plan));
    return costs ? "lower_cost" : "more_votes";
  }

  costOf(plans) {
    return sum([...plans].map((plan) => this.cost.get(plan)));
  }

  // Whether winners exclude a plan, or leave no room for it under a ceiling.
  keptOut(plan, winners) {
    const { conflicts, caps } = this.settings;
    if (conflicts.some((group) => group.includes(plan) && winners.some((one) => group.includes(one)))) return "excluded";
    const full = (cap) => this.costOf([...winners.filter((one) => cap.plans.includes(one)), plan]) > cap.money;
    return caps.some((cap) => cap.plans.includes(plan) && full(cap)) ? "cap_full" : null;
  }

  step(plan, place, before, why, tie, more = {}) {
    const won = why === "fits" || why === "bought";
    const cost = this.cost.get(plan);
    return {
      plan, pot: this.code, place, votes: this.score.get(plan), cost, before, after: won ? before - cost : before, won, why, tie,
      part: "rule", price: null, payers: 0, emptied: 0, held: null, ...more,
    };
  }

  // A step for each plan that its supporters did not buy, those with most votes first.
  lost(bought, why, held = () => null) {
    const left = this.money - this.costOf(bought);
    const order = (plan) => [-this.score.get(plan), ...this.turn(plan)];
    const others = this.plans.filter((plan) => !bought.includes(plan));
    others.sort((one, other) => ascending(order(one), order(other)));
    return others.map((plan, at) => {
      const equals = others.filter((other) => this.score.get(other) === this.score.get(plan));
      const reason = this.barred.get(plan) ?? why(plan);
      return this.step(plan, bought.length + at + 1, left, reason, this.tie(plan, equals), { held: held(plan) });
    });
  }
}
