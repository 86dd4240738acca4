// A Pabulib file, as far as a verifier reads it: META as a map, PROJECTS and VOTES as rows by column.

import { Broken } from "./answers.js";

// The fields of every row: `;` between them, quotation marks as in CSV.
const rowsOf = (text) => {
  const rows = [[]];
  let rest = text;
  while (rest) {
    const quoted = /^"((?:[^"]|"")*)"(?=[;\n])/.exec(rest);
    const plain = /^[^;\n"]*(?=[;\n])/.exec(rest);
    const match = quoted ?? plain;
    if (!match) return null;
    rows.at(-1).push(quoted ? quoted[1].replaceAll('""', '"') : plain[0]);
    const ended = rest[match[0].length] === "\n";
    rest = rest.slice(match[0].length + 1);
    if (ended && rest) rows.push([]);
  }
  return rows;
};

const named = (rows) => {
  const [columns, ...others] = rows;
  if (others.some((row) => row.length !== columns.length)) return null;
  return others.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
};

export const tablesOf = (bundle, file) => {
  bundle.lines(file);
  const rows = rowsOf(bundle.text(file)) ?? [];
  const title = (name) => rows.findIndex((row) => row.length === 1 && row[0] === name);
  const [projectsAt, votesAt] = [title("PROJECTS"), title("VOTES")];
  const begins = rows.slice(0, 2).join() === "META,key,value";
  const whole = begins && projectsAt > 1 && votesAt > projectsAt + 1 && rows.length > votesAt + 1;
  const meta = whole ? rows.slice(2, projectsAt) : [];
  const projects = whole && named(rows.slice(projectsAt + 1, votesAt));
  const votes = whole && named(rows.slice(votesAt + 1));
  if (!projects || !votes || meta.some((row) => row.length !== 2)) throw new Broken("file.broken", { file, line: 1 });
  return { meta: new Map(meta), projects, votes };
};

// An amount such as 4200 or 4200.50 in cents.
export const centsOf = (written) => {
  const match = /^([0-9]{1,13})(?:\.([0-9]{2}))?$/.exec(written);
  return match ? Number(match[1]) * 100 + Number(match[2] ?? 0) : null;
};
