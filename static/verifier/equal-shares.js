// Equal shares: everybody has the same share, and plans are bought by their supporters, the cheapest for them first.

import { compare, fraction, multiple, over, plus, written } from "./fraction.js";
import { completed } from "./in-turn.js";

// One run with a share, in whole numbers over one denominator. Voters with equally much money are one class.
class Shares {
  constructor(pot, share) {
    this.pot = pot;
    this.byPoints = pot.settings.utility.startsWith("points");
    this.byCost = pot.settings.utility.endsWith("cost");
    this.denominator = share.d;
    this.money = [share.n];
    this.classOf = new Map(pot.ballots.map((ballot) => [ballot, 0]));
  }

  units(ballot, plan) {
    return this.byPoints ? ballot.given.get(plan) : 1;
  }

  // How many supporters there are of each money and worth, the poorest for their worth first.
  holdings(plan) {
    const found = new Map();
    for (const ballot of this.pot.supporters.get(plan)) {
      const [which, units] = [this.classOf.get(ballot), this.units(ballot, plan)];
      const kind = `${which} ${units}`;
      if (!found.has(kind)) found.set(kind, { money: this.money[which], units: BigInt(units), people: 0 });
      found.get(kind).people += ballot.often;
    }
    const less = (one, other) => (one.money * other.units < other.money * one.units ? -1 : 1);
    return [...found.values()].map((one) => ({ ...one, people: BigInt(one.people) })).sort(less);
  }

  held(plan) {
    return fraction(this.holdings(plan).reduce((all, { money, people }) => all + money * people, 0n), this.denominator);
  }

  // The least price of a unit at which the supporters pay the plan together, or null when they cannot.
  price(plan) {
    const holdings = this.holdings(plan);
    let missing = BigInt(this.pot.cost.get(plan)) * this.denominator;
    if (!holdings.length || holdings.reduce((all, { money, people }) => all + money * people, 0n) < missing) return null;
    let all = holdings.reduce((total, { units, people }) => total + units * people, 0n);
    for (const { money, units, people } of holdings) {
      if (missing * units <= money * all) break;
      missing -= money * people; // less than the price: they pay all they have
      all -= units * people;
    }
    return fraction(missing, all * this.denominator);
  }

  // What plans are compared by: the price of a unit, for each cent where a plan is worth what it costs.
  rate(plan, price) {
    return this.byCost ? over(price, this.pot.cost.get(plan)) : price;
  }

  // The supporters pay; gives how many paid, and how many of them all they had.
  pay(plan, price) {
    const denominator = multiple(this.denominator, price.d);
    this.money = this.money.map((money) => money * (denominator / this.denominator));
    this.denominator = denominator;
    const unit = price.n * (denominator / price.d);
    const known = new Map(this.money.map((money, which) => [money, which]));
    const numbers = { payers: 0, emptied: 0 };
    for (const ballot of this.pot.supporters.get(plan)) {
      const money = this.money[this.classOf.get(ballot)];
      const asked = unit * BigInt(this.units(ballot, plan));
      const rest = money > asked ? money - asked : 0n;
      if (!known.has(rest)) known.set(rest, this.money.push(rest) - 1);
      this.classOf.set(ballot, known.get(rest));
      numbers.payers += money ? ballot.often : 0;
      numbers.emptied += money && !rest ? ballot.often : 0;
    }
    return numbers;
  }
}

// Buy until no supporters can pay for their plan. A plan's rate only rises, so an old one tells who need not be looked at.
const runOf = (pot, share) => {
  const shares = new Shares(pot, share);
  const bought = [];
  const winners = [];
  let bids = pot.plans.filter((plan) => !pot.barred.has(plan)).map((plan) => ({ plan, rate: fraction(0) }));
  while (bids.length) {
    bids.sort((one, other) => compare(one.rate, other.rate));
    const offers = [];
    let best = null;
    while (bids.length && (!best || compare(bids[0].rate, best) <= 0)) {
      const { plan } = bids.shift();
      const price = pot.keptOut(plan, winners) ? null : shares.price(plan);
      if (!price) continue;
      offers.push({ plan, price, rate: shares.rate(plan, price) });
      if (!best || compare(offers.at(-1).rate, best) < 0) best = offers.at(-1).rate;
    }
    const equals = offers.filter((offer) => !compare(offer.rate, best)).map((offer) => offer.plan);
    if (!equals.length) break;
    const plan = pot.first(equals);
    const { price } = offers.find((offer) => offer.plan === plan);
    bids = [...bids, ...offers.filter((offer) => offer.plan !== plan)];
    bought.push({ plan, tie: pot.tie(plan, equals), price: written(price), ...shares.pay(plan, price) });
    winners.push(plan);
  }
  const why = (plan) => pot.keptOut(plan, winners) ?? "support_too_poor";
  return { bought, winners, cost: pot.costOf(winners), why, held: (plan) => written(shares.held(plan)) };
};

// Why shares need not be raised any more, if so.
const endOf = (pot, run) => {
  const others = pot.plans.filter((plan) => !pot.barred.has(plan) && !run.winners.includes(plan));
  if (!others.some((plan) => run.why(plan) === "support_too_poor" && pot.people.get(plan))) return "nothing_left";
  const fits = (plan) => pot.cost.get(plan) <= pot.money - run.cost && !pot.keptOut(plan, run.winners);
  return pot.settings.stop_when_exhaustive && !others.some(fits) ? "nothing_fits" : null;
};

export const equalShares = (pot) => {
  const { unit, completion, whole_start: whole } = pot.settings;
  const first = fraction(pot.money, Math.max(pot.voters, 1));
  const raises = completion.startsWith("add1");
  const rounded = fraction((first.n / (first.d * BigInt(unit))) * BigInt(unit));
  const start = raises && whole ? rounded : first;
  let run = runOf(pot, first);
  let rises = 0;
  let end = raises ? endOf(pot, run) : "not_raised";
  let following = null;
  const raised = (many) => plus(start, fraction(many * unit));
  while (!end) {
    const trial = runOf(pot, raised(rises + 1));
    if (trial.cost > pot.money) {
      [end, following] = ["overspent", trial.cost];
    } else {
      [run, rises] = [trial, rises + 1];
      end = endOf(pot, run);
    }
  }
  const share = {
    pot: pot.code, voters: pot.voters, first: written(start), last: written(raised(rises)), unit, rises, end, next_cost: following,
  };
  return { share, steps: stepsOf(pot, run, completion.endsWith("most-votes")) };
};

const stepsOf = (pot, run, fills) => {
  let left = pot.money;
  const steps = run.bought.map(({ plan, tie, ...more }, at) => {
    const step = pot.step(plan, at + 1, left, "bought", tie, more);
    left = step.after;
    return step;
  });
  return [...steps, ...(fills ? completed(pot, run.winners) : pot.lost(run.winners, run.why, run.held))];
};
