// The thirteen checks of section 8 of docs/protocol.md, in the visitor's own browser. Nothing is sent anywhere.
// Written from that page; static/verifier/verify.py is the other program that was.

import { Answer, Broken } from "./answers.js";
import { ballotsAreCast, ballotsObey, noneIsLost } from "./checks-ballots.js";
import { formsHold } from "./checks-forms.js";
import * as ofTheLog from "./checks-log.js";
import { notMoreThanCould, tokensAreOnTheRoll } from "./checks-roll.js";
import { countIsTheSame } from "./counting.js";
import { Bundle } from "./files.js";

export const CHECKS = {
  V1: ofTheLog.manifestIsFirst,
  V2: ofTheLog.headsAreSigned,
  V3: ofTheLog.headsExtend,
  V4: ofTheLog.lastHeadIsWhole,
  V5: ofTheLog.closingIsLast,
  V6: ballotsAreCast,
  V7: ballotsObey,
  V8: tokensAreOnTheRoll,
  V9: noneIsLost,
  V10: notMoreThanCould,
  V11: countIsTheSame,
  V12: ofTheLog.noneIsTwice,
  V13: formsHold,
};

const answer = async (check, bundle) => {
  try {
    return { check, answer: "ok", key: `${check}.ok`, facts: await CHECKS[check](bundle) };
  } catch (error) {
    const { key, facts } = error;
    if (error instanceof Broken) return { check, answer: check === "V13" ? "failed" : "unchecked", key, facts };
    if (error instanceof Answer) return { check, answer: error.answer, key, facts };
    return { check, answer: "failed", key: "file.odd", facts: { what: String(error).slice(0, 100) } };
  }
};

// The answers of all checks one by one; `files` are the bytes of each file by name.
export async function* verify(files) {
  const bundle = new Bundle(files);
  for (const check of Object.keys(CHECKS)) yield await answer(check, bundle);
}
