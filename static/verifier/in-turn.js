// Plans one after the other, as long as they fit: most votes, votes per euro, per euro, and what completes other rules.

import { compare, fraction } from "./fraction.js";
import { ascending } from "./pot.js";

// `merit` is what plans are ordered by, a fraction; `misfit` what happens at one that does not fit.
export const inTurn = (pot, { merit, misfit, part = "rule" }, plans, won = []) => {
  const winners = [...won];
  const merits = new Map(plans.map((plan) => [plan, merit(plan)]));
  const better = (one, other) => compare(merits.get(other), merits.get(one));
  const ordered = [...plans].sort((one, other) => better(one, other) || ascending(pot.turn(one), pot.turn(other)));
  let left = pot.money - pot.costOf(winners);
  let stopped = false;
  return ordered.map((plan, at) => {
    const fits = pot.cost.get(plan) <= left ? "fits" : misfit === "part" && left ? "partly" : "does_not_fit";
    const why = pot.barred.get(plan) ?? (stopped ? "after_stop" : pot.keptOut(plan, winners) ?? fits);
    stopped ||= misfit !== "skip" && ["partly", "does_not_fit"].includes(why);
    const equals = ordered.filter((other) => !better(other, plan));
    const step = pot.step(plan, won.length + at + 1, left, why, pot.tie(plan, equals), { part });
    if (step.won) winners.push(plan);
    left = step.after;
    return step;
  });
};

const byVotes = (pot) => (plan) => fraction(pot.score.get(plan));

export const mostVotes = (pot, misfit = pot.settings.misfit) => ({ steps: inTurn(pot, { merit: byVotes(pot), misfit }, pot.plans) });

export const perEuro = (pot) => mostVotes(pot, "part");

export const votesPerEuro = (pot) => {
  const merit = (plan) => fraction(pot.score.get(plan), pot.cost.get(plan));
  return { steps: inTurn(pot, { merit, misfit: "skip" }, pot.plans) };
};

export const completed = (pot, won) => {
  const others = pot.plans.filter((plan) => !won.includes(plan));
  return inTurn(pot, { merit: byVotes(pot), misfit: "skip", part: "completion" }, others, won);
};
