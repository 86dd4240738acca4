// The public files of section 6 of docs/protocol.md, read when a check first needs them.

import { Broken, Failed, Unchecked, counted, sum } from "./answers.js";
import { fields, fromBase64, fromHex, hex, joined, taggedHash } from "./bytes.js";
import { parsed } from "./json.js";

const HEX = "[0-9a-f]{64}";
export const CODE = "[A-Za-z0-9][A-Za-z0-9._-]*";
export const MOMENT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;
const HASH = new RegExp(`^${HEX}$`);
const CREDENTIAL = new RegExp(`^(${HEX}),(${CODE}),(issued|spare)$`);
const SPENT = new RegExp(`^(?:(code),(${HEX})|(login|email),()),(${CODE})$`);
const BALLOT = new RegExp(`^(${CODE}(?:\\+${CODE})*),([a-z]+),(${HEX}),(${HEX}),(?:"([^",]+(?:,[^",]+)+)"|([^",]*))$`);
const HEAD = /^([0-9]{1,15}) (\S{20}) ([A-Za-z0-9+/]{43}=) ([A-Za-z0-9+/]{86}==)$/;
const PABULIB = new RegExp(`^votes-${CODE}\\.pb$`);
const NOTES = {
  extension: { at: "string", closes: "string", paper_closes: "string", reason: "string" },
  withdrawal: { at: "string", plan: "string", reason: "string" },
  activation: { at: "string", h: "string", area: "string" },
  revocation: { at: "string", old: "string", new: "string" },
  addition: { at: "string", area: "string", people: "number", reason: "string" },
  lot: { at: "string", order: "list", how: "string" },
  closed: {
    at: "string", ballots: "number", leaves: "number", logins: "number", revoked: "number", seed: "string",
    spent: "number", statement: "string",
  },
};
const OPENED = [
  "areas", "at", "files", "groups", "manifest", "openings", "round", "signature", "totals", "version", "withheld",
];
const LATER = ["spent.txt", "replaced.txt", "ballots.csv", "opened.json", "outcome.json"];

export const AUDITORS = "auditor.csv"; // the ballots that are not public

export const isVotes = (name) => PABULIB.test(name);

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const broken = (file, line) => new Broken("file.broken", { file, line });

export class Bundle {
  constructor(files) {
    this.files = files; // names and bytes
    this.kept = new Map();
  }

  // What was read once is kept, also that it could not be.
  once(name, make) {
    if (!this.kept.has(name)) {
      try {
        this.kept.set(name, { value: make() });
      } catch (error) {
        this.kept.set(name, { error });
      }
    }
    const found = this.kept.get(name);
    if (found.error) throw found.error;
    return found.value;
  }

  has(name) {
    return Object.hasOwn(this.files, name);
  }

  bytes(name) {
    if (!this.has(name)) throw new Unchecked("file.missing", { file: name });
    return this.files[name];
  }

  text(name) {
    const bytes = this.bytes(name);
    return this.once(`text ${name}`, () => {
      try {
        return decoder.decode(bytes);
      } catch {
        throw broken(name, 1);
      }
    });
  }

  lines(name) {
    const text = this.text(name);
    if (!text.endsWith("\n") || text.includes("\r")) throw broken(name, text.split("\n").length);
    return text.slice(0, -1).split("\n");
  }

  // A file of lines that all have one form, below a line with the kind of file, the round and their number.
  rows(name, pattern) {
    return this.once(name, () => {
      const [heading, ...lines] = this.lines(name);
      const kind = name.replace(".txt", "");
      const first = new RegExp(`^begroot-${kind}/1 ([0-9a-f]{32}) ([0-9]{1,12})$`).exec(heading);
      if (!first) throw broken(name, 1);
      const values = lines.map((line, at) => {
        const match = pattern.exec(line);
        if (!match) throw broken(name, at + 2);
        return match.slice(1).filter((part) => part !== undefined);
      });
      return { round: first[1], count: Number(first[2]), lines, values };
    });
  }

  json(name) {
    return this.once(`json ${name}`, () => {
      let plain = null;
      try {
        plain = parsed(this.text(name));
      } catch (error) {
        throw error instanceof Unchecked ? error : broken(name, 1);
      }
      if (plain === null || typeof plain !== "object" || Array.isArray(plain)) throw broken(name, 1);
      return plain;
    });
  }

  get manifest() { return this.json("manifest.json"); }
  get outcome() { return this.json("outcome.json"); }
  // The code, the title and the text of each plan.
  get words() {
    const plain = this.json("plans.json");
    const fits = hasKeys(plain, ["plans", "round", "version"]) && Array.isArray(plain.plans) && plain.plans.every(hasWords);
    if (!fits || plain.version !== "begroot-plans/1") throw broken("plans.json", 1);
    return plain.plans;
  }

  get digest() { return hex(taggedHash("manifest", this.bytes("manifest.json"))); }
  get round() { return String(this.manifest.round); }
  get key() { return fromHex(this.manifest.log_key); }
  get credentials() { return this.rows("credentials.txt", CREDENTIAL); }
  get spent() { return this.rows("spent.txt", SPENT); }
  get replaced() { return this.rows("replaced.txt", HASH); }
  get log() { return this.once("log.txt", () => readLog(this.lines("log.txt"))); }

  get opened() {
    const plain = this.json("opened.json");
    if (Object.keys(plain).sort().join() !== OPENED.join()) throw broken("opened.json", 1);
    return plain;
  }

  // Who sees the ballots, as it was decided before the vote; and whether they went to an auditor whose file is not here.
  get openings() { return this.manifest.frame.openings ?? "public"; }
  get forAuditor() { return this.openings === "auditor"; }
  get closedToUs() { return this.forAuditor && !this.has(AUDITORS); }

  get ballots() {
    if (this.closedToUs) throw new Unchecked("openings.auditor");
    return this.once("ballots", () => {
      const seen = this.forAuditor ? [] : this.ballotsIn("ballots.csv");
      return this.has(AUDITORS) ? [...seen, ...this.ballotsIn(AUDITORS)] : seen;
    });
  }

  ballotsIn(name) {
    return this.once(name, () => readBallots(this.lines(name), name));
  }

  only(kind) {
    return this.log.notes.filter((note) => note.kind === kind);
  }

  get closed() {
    const [found] = this.only("closed");
    if (found) return found.value;
    throw LATER.some((name) => this.has(name)) ? new Failed("log.unclosed") : new Unchecked("log.open");
  }

  get spentOf() {
    return counted(this.spent.values.map((row) => row[2]));
  }

  get pots() {
    const { pots, total } = this.manifest.frame;
    return new Map(pots.length ? pots.map((pot) => [pot.code, pot.amount]) : [["all", total]]);
  }

  get plans() {
    return this.once("plans", () => new Map(this.manifest.plans.map((plan) => [plan.code, plan])));
  }

  get styles() {
    return new Map(Object.entries(this.manifest.styles));
  }

  // How many of a style's ballots go to the auditor only, and the styles of each group.
  get withheld() { return new Map(this.has("opened.json") ? Object.entries(this.opened.withheld) : []); }
  // How many ballots of each style or group went to an auditor whose file is not here.
  get unseen() {
    const { totals, withheld } = this.opened;
    if (this.has(AUDITORS)) return new Map();
    const shown = Object.entries(this.forAuditor ? totals : {}).map(([style, channels]) => [style, sum(Object.values(channels))]);
    return new Map([...shown, ...Object.entries(withheld)]);
  }

  get groups() { return new Map(this.has("opened.json") ? Object.entries(this.opened.groups) : []); }
}

const hasKeys = (value, keys) =>
  value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).sort().join() === keys.join();
const hasWords = (row) => hasKeys(row, ["code", "text", "title"]) && Object.values(row).every((value) => typeof value === "string");

const readBallots = (lines, name) => {
  if (lines[0] !== "style,channel,C,r,choices") throw broken(name, 1);
  return lines.slice(1).map((line, at) => {
    const match = BALLOT.exec(line);
    if (!match) throw broken(name, at + 2);
    const [, style, channel, c, r, several, one] = match;
    return { style, channel, c, r, choices: several ?? one };
  });
};

const readLog = (lines) => {
  const first = /^begroot-log\/1 ([0-9a-f]{32})$/.exec(lines[0]);
  if (!first) throw broken("log.txt", 1);
  const log = { round: first[1], leaves: [], kinds: [], ballots: [], notes: [], heads: [] };
  log.endsWithHead = lines.at(-1).startsWith("head ");
  lines.slice(1).forEach((line, at) => readLine(log, line, at + 2));
  return log;
};

const BEFORE = joined(fields("ballot"), Uint8Array.of(0, 0, 0, 32));

const readLine = (log, line, number) => {
  const at = line.indexOf(" ");
  const [kind, body] = at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
  if (kind === "head") {
    log.heads.push(readHead(body, number, log.leaves.length));
    return;
  }
  if (kind === "ballot" && HASH.test(body)) {
    log.ballots.push(body);
    log.leaves.push(joined(BEFORE, fromHex(body)));
  } else if (Object.hasOwn(NOTES, kind) || kind === "manifest") {
    if (kind !== "manifest") log.notes.push({ leaf: log.leaves.length, kind, text: body, value: readNote(kind, body, number) });
    log.leaves.push(fields(kind, body));
  } else {
    throw broken("log.txt", number);
  }
  log.kinds.push(kind);
};

const readHead = (body, number, standsAt) => {
  const match = HEAD.exec(body);
  if (!match || !MOMENT.test(match[2])) throw broken("log.txt", number);
  return { size: Number(match[1]), at: match[2], root: fromBase64(match[3]), signature: fromBase64(match[4]), standsAt };
};

const isOf = (value, kind) =>
  kind === "list" ? Array.isArray(value) && value.every((one) => typeof one === "string") : typeof value === kind;

const readNote = (kind, body, number) => {
  const wanted = NOTES[kind];
  let value = null;
  try {
    value = parsed(body);
  } catch {
    throw broken("log.txt", number);
  }
  const keys = value && typeof value === "object" && !Array.isArray(value) ? Object.keys(value).sort() : [];
  const fits = keys.join() === Object.keys(wanted).sort().join() && keys.every((key) => isOf(value[key], wanted[key]));
  if (!fits) throw broken("log.txt", number);
  return value;
};

