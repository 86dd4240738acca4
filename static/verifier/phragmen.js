// Phragmén's rule: all get money at the same pace, and supporters who have a plan's cost together spend all they have.

import { compare, fraction, over, plus, times, written } from "./fraction.js";

export const phragmen = (pot) => {
  const spentAt = new Map(pot.ballots.map((ballot) => [ballot, fraction(0)]));
  const bought = [];
  const steps = [];
  let left = pot.money;
  let ended = [];
  const timeOf = (plan) => {
    const spent = pot.supporters.get(plan).reduce((all, ballot) => plus(all, times(spentAt.get(ballot), ballot.often)), fraction(0));
    return over(plus(fraction(pot.cost.get(plan)), spent), pot.people.get(plan));
  };
  const couldWin = (plan) => !pot.barred.has(plan) && pot.people.get(plan) && pot.cost.get(plan) <= pot.money;
  const waits = (plan) => !bought.includes(plan) && !pot.keptOut(plan, bought);
  for (let waiting = pot.plans.filter(couldWin).filter(waits); waiting.length; waiting = waiting.filter(waits)) {
    const at = new Map(waiting.map((plan) => [plan, timeOf(plan)]));
    const now = [...at.values()].reduce((least, time) => (compare(time, least) < 0 ? time : least));
    const equals = waiting.filter((plan) => !compare(at.get(plan), now));
    ended = equals.filter((plan) => pot.cost.get(plan) > left);
    if (ended.length) break;
    const plan = pot.first(equals);
    const more = { price: written(now), payers: pot.people.get(plan) };
    steps.push(pot.step(plan, steps.length + 1, left, "bought", pot.tie(plan, equals), more));
    bought.push(plan);
    left -= pot.cost.get(plan);
    for (const ballot of pot.supporters.get(plan)) spentAt.set(ballot, now);
  }
  const whyNot = (plan) => {
    if (pot.cost.get(plan) > pot.money) return "too_dear";
    if (!pot.people.get(plan)) return "support_too_poor";
    return pot.keptOut(plan, bought) ?? (ended.includes(plan) ? "does_not_fit" : "after_stop");
  };
  return { steps: [...steps, ...pot.lost(bought, whyNot)] };
};
