// JSON in the one form that section 1 of docs/protocol.md gives it, and the ledger's form of section 6.

// Whole numbers only: what a computer would round is no number of ours.
const whole = (_key, value, context) => {
  if (typeof value === "number") {
    const written = context?.source ?? String(value);
    if (!Number.isSafeInteger(value) || !/^-?[0-9]+$/.test(written)) throw new SyntaxError(written);
  }
  return value;
};

export const parsed = (text) => JSON.parse(text, whole);

const byCodePoint = (one, other) => {
  const [left, right] = [Array.from(one), Array.from(other)];
  const at = left.findIndex((sign, place) => sign !== right[place]);
  if (at < 0) return left.length - right.length;
  return right[at] === undefined ? 1 : left[at].codePointAt(0) - right[at].codePointAt(0);
};

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
};

const indented = (value, space) => {
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const inner = `${space}  `;
  const rows = Array.isArray(value)
    ? value.map((one) => spread(one, inner))
    : Object.keys(value).sort(byCodePoint).map((key) => `${JSON.stringify(key)}: ${spread(value[key], inner)}`);
  return rows.length ? `${open}\n${inner}${rows.join(`,\n${inner}`)}\n${space}${close}` : open + close;
};

const spread = (value, space) => (typeof value === "object" && value !== null ? indented(value, space) : JSON.stringify(value));

// Sorted keys, two spaces a level, ASCII only, one line's end.
export const ledgerText = (value) =>
  `${spread(value, "")}\n`.replace(/[^\x20-\x7e\n]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

export const equal = (one, other) => canonical(one ?? null) === canonical(other ?? null);
