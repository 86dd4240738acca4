// Section 1 of docs/protocol.md: bytes, fields and hashes.
// SHA-256 is written out, since a round has a million small hashes and the browser's own answers each of them later.

const encoder = new TextEncoder();

export const bytesOf = (part) => (typeof part === "string" ? encoder.encode(part) : part);

const DIGITS = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, "0"));

export const hex = (bytes) => {
  let text = "";
  for (const byte of bytes) text += DIGITS[byte];
  return text;
};

export const fromHex = (text) => {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = parseInt(text.slice(at * 2, at * 2 + 2), 16);
  return bytes;
};

export const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));

export const joined = (...parts) => {
  const raw = parts.map(bytesOf);
  const whole = new Uint8Array(raw.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of raw) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const lengthOf = (part) => Uint8Array.of(part.length >>> 24, part.length >>> 16, part.length >>> 8, part.length);

export const fields = (...parts) => joined(...parts.map(bytesOf).flatMap((part) => [lengthOf(part), part]));

const primes = (count) => {
  const found = [];
  for (let number = 2; found.length < count; number += 1) {
    if (found.every((prime) => number % prime)) found.push(number);
  }
  return found;
};

const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
const FIRST = primes(64);
const ROUND = Int32Array.from(FIRST, (prime) => fraction(Math.cbrt(prime)) | 0);
const START = Int32Array.from(FIRST.slice(0, 8), (prime) => fraction(Math.sqrt(prime)) | 0);
const words = new Int32Array(64);

const padded = (message) => {
  const whole = new Uint8Array(((message.length + 8) >> 6 << 6) + 64);
  whole.set(message);
  whole[message.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(whole.length - 4, message.length << 3);
  return view;
};

const turned = (word, by) => (word >>> by) | (word << (32 - by));

const mix = (state, view, start) => {
  for (let at = 0; at < 16; at += 1) words[at] = view.getInt32(start + at * 4);
  for (let at = 16; at < 64; at += 1) {
    const early = words[at - 15];
    const late = words[at - 2];
    const one = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const other = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[at] = (words[at - 16] + one + words[at - 7] + other) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let at = 0; at < 64; at += 1) {
    const choice = (e & f) ^ (~e & g);
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + ROUND[at] + words[at]) | 0;
    const other = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + other) | 0];
  }
  const mixed = [a, b, c, d, e, f, g, h];
  for (let at = 0; at < 8; at += 1) state[at] = (state[at] + mixed[at]) | 0;
};

export const sha256 = (message) => {
  const view = padded(message);
  const state = Int32Array.from(START);
  for (let start = 0; start < view.byteLength; start += 64) mix(state, view, start);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => digest.setInt32(at * 4, word));
  return new Uint8Array(digest.buffer);
};

export const taggedHash = (...parts) => sha256(fields(...parts));

export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
