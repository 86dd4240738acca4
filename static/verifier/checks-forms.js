// V13 of section 8 of docs/protocol.md: every file in its form, and all of them from one hand.

import { Unchecked, counted, sorted, sum, unless } from "./answers.js";
import { bytesOf, fields, fromBase64, hex, same, sha256, taggedHash } from "./bytes.js";
import { withheldPots } from "./counting.js";
import { AUDITORS, CODE, MOMENT, isVotes } from "./files.js";
import { canonical, equal, ledgerText } from "./json.js";
import { centsOf, tablesOf } from "./pabulib.js";
import { ascending, ballotsOf } from "./pot.js";
import { signed } from "./signature.js";

const LEAST = 5;
const ALWAYS = ["manifest.json", "plans.json", "log.txt", "credentials.txt", "spent.txt", "replaced.txt", "outcome.json"];
const isCode = (text) => new RegExp(`^${CODE}$`).test(text);

const jsonForm = (bundle, file) => {
  const plain = bundle.json(file);
  unless(canonical(plain) === bundle.text(file), "form.json", { file });
  unless(plain.round === bundle.round, "form.round", { file });
};

const manifestForm = (bundle, file) => {
  jsonForm(bundle, file);
  const { manifest, pots, styles } = bundle;
  const codes = manifest.plans.map((plan) => plan.code);
  const inOrder = codes.every((code, at) => isCode(code) && (!at || codes[at - 1] < code));
  unless(manifest.version === "begroot-manifest/1", "form.plan", { what: "version" });
  unless(/^[0-9a-f]{32}$/.test(bundle.round), "form.plan", { what: "round" });
  unless(inOrder, "form.plan", { what: "plans" });
  for (const plan of manifest.plans) unless(pots.has(plan.pot) && plan.cost > 0, "form.plan", { what: plan.code });
  for (const [style, names] of styles) {
    unless(names.length && names.every((pot) => pots.has(pot)), "form.plan", { what: style });
  }
};

// The words of every plan are those of which the manifest has the hash.
const plansForm = (bundle, file) => {
  jsonForm(bundle, file);
  const { words, plans } = bundle;
  unless(equal(words.map(({ code }) => code), [...plans.keys()]), "plans.other");
  for (const { code, title, text } of words) {
    unless(hex(taggedHash("plan", code, title, text)) === plans.get(code).words, "plans.words", { plan: code });
  }
};

const logForm = (bundle, file) => {
  const { log } = bundle;
  unless(log.round === bundle.round, "form.round", { file });
  unless(log.endsWithHead, "form.end");
  for (const { size, standsAt } of log.heads) unless(size === standsAt, "form.head", { size });
  for (const { leaf, text, value } of log.notes) {
    unless(canonical(value) === text && MOMENT.test(value.at), "form.leaf", { leaf });
  }
  const cuts = [0, ...log.heads.map((head) => head.standsAt), log.leaves.length];
  cuts.slice(1).forEach((end, at) => {
    const isBallot = (_, place) => log.kinds[cuts[at] + place] === "ballot";
    const batch = log.leaves.slice(cuts[at], end).filter(isBallot).map(hex);
    const wrong = batch.findIndex((leaf, place) => place && leaf < batch[place - 1]);
    unless(wrong < 0, "form.order", { file, line: cuts[at] + 2 });
  });
};

const rowsForm = (bundle, file) => {
  const { round, count, lines } = bundle[file.replace(".txt", "")];
  unless(round === bundle.round, "form.round", { file });
  unless(count === lines.length, "form.count", { file, wanted: count, found: lines.length });
  lines.slice(1).forEach((line, at) => {
    const equals = file === "spent.txt" && line === lines[at] && line.includes(",,");
    unless(lines[at] < line || equals, "form.order", { file, line: at + 3 });
  });
};

const ballotsForm = (bundle, file) => {
  const ballots = bundle.ballotsIn(file);
  const wrong = ballots.findIndex((ballot, at) => at && ballot.c <= ballots[at - 1].c);
  unless(wrong < 0, "form.order", { file, line: wrong + 2 });
};

const outcomeForm = (bundle, file) => unless(ledgerText(bundle.outcome) === bundle.text(file), "form.json", { file });

const READERS = {
  "manifest.json": manifestForm,
  "plans.json": plansForm,
  "log.txt": logForm,
  "credentials.txt": rowsForm,
  "spent.txt": rowsForm,
  "replaced.txt": rowsForm,
  "ballots.csv": ballotsForm,
  [AUDITORS]: ballotsForm,
  "outcome.json": outcomeForm,
  "opened.json": jsonForm,
};

export const isPublic = (name) => Object.hasOwn(READERS, name) || isVotes(name);

export const formsHold = async (bundle) => {
  const names = sorted(Object.keys(bundle.files).filter(isPublic));
  for (const name of names) (READERS[name] ?? tablesOf)(bundle, name);
  if (names.includes("opened.json")) {
    await openedFollows(bundle, names);
    for (const name of names.filter(isVotes)) votesFollow(bundle, name);
  } else if (!names.includes("manifest.json")) {
    throw new Unchecked("file.missing", { file: "manifest.json" });
  }
  if (bundle.closedToUs) throw new Unchecked("openings.auditor");
  return { files: names.length };
};

const openedFollows = async (bundle, names) => {
  const { signature, ...rest } = bundle.opened;
  const message = fields("opened", bundle.round, bytesOf(canonical(rest)));
  unless(await signed(bundle.key, message, fromBase64(signature)), "opened.signature");
  unless(rest.manifest === bundle.digest, "opened.manifest");
  unless(rest.openings === bundle.openings, "opened.openings", { found: rest.openings, wanted: bundle.openings });
  for (const [file, digest] of Object.entries(rest.files)) {
    const isElsewhere = file === AUDITORS && !bundle.has(file);
    unless(isElsewhere || (bundle.has(file) && hex(sha256(bundle.bytes(file))) === digest), "opened.file", { file });
  }
  filesBelong(bundle, names);
  const numbers = { found: sum(Object.values(rest.areas)), wanted: bundle.spent.values.length };
  unless(numbers.found === numbers.wanted, "opened.areas", numbers);
  unless(equal(smallGroups(bundle), { groups: rest.groups, withheld: rest.withheld }), "opened.groups");
  const withheld = Object.fromEntries(Object.entries(rest.withheld).map(([style, number]) => [style, { all: number }]));
  if (bundle.forAuditor) {
    totalsFollow(bundle, AUDITORS, { ...rest.totals, ...withheld });
  } else {
    totalsFollow(bundle, "ballots.csv", rest.totals);
    totalsFollow(bundle, AUDITORS, withheld);
  }
};

const filesBelong = (bundle, names) => {
  const { files } = bundle.opened;
  const hidden = withheldPots(bundle);
  const pots = [...bundle.pots.keys()].filter((pot) => !hidden.has(pot)).map((pot) => `votes-${pot}.pb`);
  const secret = bundle.forAuditor || bundle.withheld.size ? [AUDITORS] : [];
  const wanted = new Set([...ALWAYS, ...secret, ...(bundle.forAuditor ? [] : ["ballots.csv", ...pots])]);
  for (const file of sorted(new Set([...wanted, ...names, ...Object.keys(files)]))) {
    if (file === "opened.json") continue;
    unless(wanted.has(file), "opened.more", { file });
    unless(Object.hasOwn(files, file) && (names.includes(file) || file === AUDITORS), "opened.file", { file });
  }
};

// The totals are those of the ballots in a file that is here, and no channel with a few of them is told.
const totalsFollow = (bundle, file, totals) => {
  const found = bundle.has(file) ? {} : structuredClone(totals);
  for (const { style, channel } of bundle.has(file) ? bundle.ballotsIn(file) : []) {
    found[style] ??= {};
    found[style][channel] = (found[style][channel] ?? 0) + 1;
  }
  for (const style of sorted(new Set([...Object.keys(found), ...Object.keys(totals)]))) {
    unless(equal(found[style], totals[style]), "opened.totals", { style });
    for (const [channel, number] of Object.entries(found[style])) {
      unless(number >= LEAST || channel === "all", "opened.small", { style, channel });
    }
  }
};

// Which styles are put together, and of which the ballots are withheld, because few people voted in them.
const smallGroups = (bundle) => {
  const plansOf = (style) => bundle.manifest.plans.filter((plan) => bundle.styles.get(style).includes(plan.pot)).map((plan) => plan.code);
  const voted = [...bundle.spentOf].filter(([style]) => bundle.styles.has(style));
  const withheld = {};
  let found = voted.map(([style, number]) => ({ styles: [style], number }));
  const first = (some) => [...some].sort((one, other) => one.number - other.number || (nameOf(one) < nameOf(other) ? -1 : 1))[0];
  for (let least = first(found.filter(isSmall)); least; least = first(found.filter(isSmall))) {
    const offered = new Set(least.styles.flatMap(plansOf));
    const others = found.filter((one) => one !== least);
    const near = first(others.filter((one) => one.styles.flatMap(plansOf).some((code) => offered.has(code))));
    found = others.filter((one) => one !== near);
    if (near) found.push({ styles: sorted([...least.styles, ...near.styles]), number: least.number + near.number });
    else for (const style of least.styles) withheld[style] = bundle.spentOf.get(style);
  }
  const groups = found.filter((one) => one.styles.length > 1).map((one) => [nameOf(one), one.styles]);
  return { groups: Object.fromEntries(groups), withheld };
};

const isSmall = (one) => one.number < LEAST;
const nameOf = (one) => one.styles.join("+");

const votesFollow = (bundle, file) => {
  const pot = file.slice("votes-".length, -".pb".length);
  const { meta, projects, votes } = tablesOf(bundle, file);
  const follows = (ours, theirs, what) => unless(equal(ours, theirs), "pabulib.differs", { file, what });
  const steps = bundle.outcome.steps.filter((step) => step.pot === pot && step.why !== "withdrawn");
  const rows = filled(bundle, pot, new Set(steps.map((step) => step.plan)));
  const titles = new Map(bundle.words.map(({ code, title }) => [code, title]));
  const people = isNumbered(bundle) ? counted(rows.flatMap((row) => row.plans)) : null;
  follows(
    projects.map((row) => [row.project_id, row.name, centsOf(row.cost), row.votes, row.score ?? "", row.selected]),
    steps.map((step) => projectOf(step, titles, people)),
    "PROJECTS",
  );
  const written = rows.map((row, at) => [String(at + 1), row.plans.join(","), row.points.join(",")]);
  follows(votes.map((row) => [row.voter_id, row.vote, row.points ?? ""]), written, "VOTES");
  follows(meta.get("num_projects"), String(projects.length), "num_projects");
  follows(meta.get("num_votes"), String(votes.length), "num_votes");
  follows(centsOf(meta.get("budget") ?? ""), bundle.pots.get(pot), "budget");
};

const isNumbered = (bundle) => ["points", "ranking"].includes(bundle.manifest.frame.ballot.kind);

// Where ballots give points, these are the score of a plan, and `people` its votes.
const projectOf = (step, titles, people) => {
  const votes = people ? people.get(step.plan) ?? 0 : step.votes;
  return [step.plan, titles.get(step.plan), step.cost, String(votes), people ? String(step.votes) : "", step.won ? "1" : "0"];
};

// The ballots of a pot as rows of VOTES, sorted: plans, a ranking in its order, and points where they are told.
const filled = (bundle, pot, known) => {
  const { kind } = bundle.manifest.frame.ballot;
  const told = kind === "points" || (kind === "ranking" && known.size !== bundle.plans.size);
  const rows = ballotsOf(bundle, pot).flatMap(({ often, given }) => {
    const kept = [...given].filter(([plan]) => known.has(plan)).sort(([one], [other]) => (one < other ? -1 : 1));
    if (kind === "ranking") kept.sort(([, one], [, other]) => other - one);
    return Array(often).fill({ plans: kept.map(([plan]) => plan), points: told ? kept.map(([, worth]) => worth) : [] });
  });
  return rows.sort((one, other) => ascending(one.plans, other.plans) || ascending(one.points, other.points));
};
