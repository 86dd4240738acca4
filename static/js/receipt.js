// Checks the receipt on this page with the browser's own cryptography. Without this script the page says how to do it by hand.

const line = document.querySelector("[data-receipt]");
if (line) show(line);

async function show(line) {
  const answer = await check(line.dataset).catch(() => "cannot");
  line.textContent = line.dataset[answer];
  if (answer !== "cannot") line.classList.add(answer === "ok" ? "notice--done" : "notice--wrong");
  line.hidden = false;
}

async function check({ round, nonce, choices, commitment, tracking, deadline, signature, key }) {
  const made = await crypto.subtle.digest("SHA-256", fields("ballot", round, bytes(nonce), choices));
  if (hex(made) !== commitment || signs(commitment, tracking.length) !== tracking) return "wrong";
  const log = await crypto.subtle.importKey("raw", bytes(key), { name: "Ed25519" }, false, ["verify"]);
  const promise = fields("promise", round, bytes(commitment), deadline);
  return (await crypto.subtle.verify("Ed25519", log, bytes(signature), promise)) ? "ok" : "wrong";
}

// A list of fields as the protocol writes it: each behind its length in four bytes.
function fields(...parts) {
  const raw = parts.map((part) => (typeof part === "string" ? new TextEncoder().encode(part) : part));
  return new Uint8Array(raw.flatMap((part) => [part.length >>> 24, part.length >>> 16, part.length >>> 8, part.length, ...part]));
}

function bytes(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The first signs of a hash in Crockford's base 32, five bits each.
function signs(commitment, count) {
  const bits = [...commitment].map((digit) => parseInt(digit, 16).toString(2).padStart(4, "0")).join("");
  const sign = (place) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[parseInt(bits.slice(5 * place, 5 * place + 5), 2)];
  return Array.from({ length: count }, (_, place) => sign(place)).join("");
}
