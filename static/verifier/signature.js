// Ed25519 by the browser's own WebCrypto. One that has none cannot check signatures, and says so.

import { Unchecked } from "./answers.js";
import { hex } from "./bytes.js";

const keys = new Map();

const keyOf = (raw) => {
  const name = hex(raw);
  if (!keys.has(name)) keys.set(name, crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]));
  return keys.get(name);
};

export const signed = async (raw, message, signature) => {
  if (!globalThis.crypto?.subtle) throw new Unchecked("signature.unable");
  try {
    return await crypto.subtle.verify({ name: "Ed25519" }, await keyOf(raw), signature, message);
  } catch (error) {
    if (error.name === "NotSupportedError") throw new Unchecked("signature.unable");
    return false; // bytes that are no key or no signature
  }
};
