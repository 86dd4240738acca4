// Choices as section 3 of docs/protocol.md writes them: codes of plans, with points or a place behind them where ballots have those.

import { CODE } from "./files.js";

const PLAIN = new RegExp(`^(${CODE})()$`);
const NUMBERED = new RegExp(`^(${CODE})=([1-9][0-9]{0,3})$`);

// Points or place of each plan that is chosen, 0 where a choice has none; null for what is no such list.
export const chosenIn = (choices, rule) => {
  if (!choices) return new Map();
  const pattern = ["points", "ranking"].includes(rule.kind) ? NUMBERED : PLAIN;
  const found = choices.split(",").map((choice) => pattern.exec(choice));
  return found.includes(null) ? null : new Map(found.map((match) => [match[1], Number(match[2])]));
};
