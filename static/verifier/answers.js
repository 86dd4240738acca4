// How a check ends: with a key, of which the page has the sentence, and facts to fill in.

export class Answer extends Error {
  constructor(key, facts = {}) {
    super(key);
    this.key = key;
    this.facts = facts;
  }
}

export class Failed extends Answer { answer = "failed"; }
export class Unchecked extends Answer { answer = "unchecked"; }
// A file is not in its form: the check of forms fails for it, and what needs the file cannot be checked.
export class Broken extends Unchecked {}

export const unless = (holds, key, facts) => {
  if (!holds) throw new Failed(key, facts);
};

export const counted = (values) => {
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
};

export const sum = (numbers) => [...numbers].reduce((total, number) => total + number, 0);
export const sorted = (values) => [...values].sort();
