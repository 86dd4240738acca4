// The page on which a visitor checks a vote: fetches the public files, has them checked beside the page, and lets the visitor
// change one vote in the copy, to see which check notices. Nothing is sent; without this script the page says how to do it.

import { isPublic } from "./checks-forms.js";

const words = JSON.parse(document.getElementById("words").textContent);
const part = (name) => document.getElementById(name);
const figure = new Intl.NumberFormat(document.documentElement.lang);
// A fact for people: a number with its thousands, a vote by the number on its receipt.
const shown = (name, fact) => (typeof fact === "number" ? figure.format(fact) : name === "c" && fact.length === 64 ? numberOf(fact) : fact);
const said = (key, facts = {}) =>
  words[key].replace(/%\((\w+)\)s/g, (_, name) => shown(name, facts[name])).replaceAll("%%", "%");
const decoder = new TextDecoder();
const encoder = new TextEncoder();
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const EXAMPLES = 3;

let original = null; // the files as they came, by name
const pace = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120;
const pause = (time) => new Promise((done) => setTimeout(done, time));

const show = (check, state, why = "") => {
  const line = part(check);
  line.dataset.state = state;
  line.querySelector(".check__state").textContent = words[`state.${state}`];
  line.querySelector(".check__why").textContent = why;
};

const say = (text) => { part("check-said").textContent = text; };

const lines = () => [...document.querySelectorAll(".check__list > li")].map((line) => line.id);

// The answers one by one; a worker makes them, so that the page stays answerable.
async function* answers(files) {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  const found = [];
  let wake = () => {};
  worker.onmessage = ({ data }) => { found.push(data); wake(); };
  worker.onerror = (error) => { found.push(null); wake(error); };
  worker.postMessage(files);
  for (let next; next !== null;) {
    if (!found.length) await new Promise((done) => { wake = done; });
    next = found.shift();
    if (next) yield next;
  }
  worker.terminate();
}

const runChecks = async (files) => {
  const counts = { ok: 0, failed: 0, unchecked: 0 };
  const waiting = lines();
  for (const check of waiting) show(check, "waiting");
  say(words.busy);
  show(waiting[0], "busy");
  for await (const { check, answer, key, facts } of answers(files)) {
    await pause(pace);
    show(check, answer, said(key, facts));
    counts[answer] += 1;
    const next = waiting[waiting.indexOf(check) + 1];
    if (next) show(next, "busy");
  }
  const key = counts.failed ? "done_failed" : counts.unchecked ? "done_unchecked" : "done";
  say(said(key, counts));
};

const fetched = async () => {
  const links = [...document.querySelectorAll("[data-file]")];
  const files = {};
  for (const link of links) {
    say(said("fetching", { done: Object.keys(files).length + 1, all: links.length }));
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(link.href);
    files[link.dataset.file] = new Uint8Array(await answer.arrayBuffer());
  }
  return files;
};

const busyWith = async (work) => {
  const buttons = [...part("check").querySelectorAll("button, input")];
  for (const button of buttons) button.disabled = true;
  try {
    await work();
  } catch {
    say(words.fetch_failed);
  }
  for (const button of buttons) button.disabled = false;
};

// What a vote is called on its receipt: the first 100 bits of its hash.
const numberOf = (c) => {
  const bits = [...c.slice(0, 25)].map((digit) => parseInt(digit, 16).toString(2).padStart(4, "0")).join("");
  const signs = bits.match(/.{5}/g).map((five) => SIGNS[parseInt(five, 2)]).join("");
  return signs.match(/.{5}/g).join(" ");
};

const votesIn = (files) => {
  const rows = files["ballots.csv"] ? decoder.decode(files["ballots.csv"]).trimEnd().split("\n").slice(1) : [];
  return rows.map((row) => {
    const [, , c, , ...choices] = row.replaceAll('"', "").split(",");
    return { row, c, choices: choices.filter(Boolean) };
  });
};

// The plans by their titles; what is wrong with the file that has them is for the checks to say.
const titlesIn = (files) => {
  try {
    return new Map(JSON.parse(decoder.decode(files["plans.json"])).plans.map((plan) => [plan.code, plan.title]));
  } catch {
    return new Map();
  }
};

const titled = (choice, titles) => {
  const [code, number] = choice.split("=");
  return `‘${titles.get(code) ?? code}’${number ? ` (${number})` : ""}`;
};

const listed = (choices, titles) => choices.map((choice) => titled(choice, titles)).join(", ") || words["change.blank"];

// Another choice that the voter could have made just as well: one plan instead of another, or none.
const other = (choices, plans) => {
  if (choices.length > 1) return choices.slice(1);
  return [plans.find((code) => !choices.includes(code)) ?? choices[0]];
};

const withChange = (files, vote, choices) => {
  const written = choices.length > 1 ? `"${choices.join(",")}"` : choices.join("");
  const row = vote.row.split(",").slice(0, 4).concat(written).join(",");
  const text = decoder.decode(files["ballots.csv"]).replace(`${vote.row}\n`, `${row}\n`);
  return { ...files, "ballots.csv": encoder.encode(text) };
};

// The lines that turned red, once more beside the button that made them so.
const repeatFailed = () => {
  const failed = [...document.querySelectorAll('.check__list > [data-state="failed"]')];
  const rows = failed.map((line) => {
    const row = document.createElement("li");
    row.textContent = `${line.querySelector(".check__name").textContent}: ${line.querySelector(".check__why").textContent}`;
    return row;
  });
  part("check-noticed").querySelector("ul").replaceChildren(...rows);
  part("check-noticed").hidden = !rows.length;
};

const change = (vote) => busyWith(async () => {
  const plans = JSON.parse(decoder.decode(original["manifest.json"])).plans.map((plan) => plan.code);
  const choices = other(vote.choices, plans);
  const told = part("check-change").querySelector(".check__changed");
  told.textContent = said("change.done", { number: numberOf(vote.c), choices: listed(choices, titlesIn(original)) });
  told.hidden = false;
  part("check-restore").hidden = false;
  part("check-noticed").hidden = true;
  await runChecks(withChange(original, vote, choices));
  repeatFailed();
  part("check-noticed").scrollIntoView({ block: "nearest" });
});

const offerChange = () => {
  const votes = votesIn(original).filter((vote) => vote.choices.length);
  const [panel, titles] = [part("check-change"), titlesIn(original)];
  const step = Math.max(1, Math.floor(votes.length / EXAMPLES));
  const rows = votes.filter((_, at) => at % step === 0).slice(0, EXAMPLES).map((vote) => {
    const [line, text, button] = ["li", "span", "button"].map((name) => document.createElement(name));
    text.textContent = said("change.vote", { number: numberOf(vote.c), choices: listed(vote.choices, titles) });
    text.id = `vote-${vote.c}`;
    button.type = "button";
    button.className = "nl-button nl-button--secondary button button--second button--small";
    button.textContent = words["change.button"];
    button.setAttribute("aria-describedby", text.id);
    button.addEventListener("click", () => change(vote));
    line.append(text, button);
    return line;
  });
  panel.querySelector(".check__votes").replaceChildren(...rows);
  panel.hidden = !rows.length;
};

const checkAll = (files) => busyWith(async () => {
  original = await files();
  part("check-change").querySelector(".check__changed").hidden = true;
  part("check-restore").hidden = part("check-noticed").hidden = true;
  await runChecks(original);
  offerChange();
});

const chosen = async () => {
  const own = [...part("check-own").files].filter((file) => isPublic(file.name));
  const read = own.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]);
  return Object.fromEntries(await Promise.all(read));
};

if (part("check")) {
  part("check").hidden = false;
  part("check-start").addEventListener("click", () => checkAll(fetched));
  part("check-restore").addEventListener("click", () => checkAll(async () => original));
  part("check-own").addEventListener("change", () => checkAll(chosen));
}
