// Checks beside the page, so that it stays answerable while a large round is checked.

import { verify } from "./verify.js";

addEventListener("message", async ({ data }) => {
  for await (const found of verify(data)) postMessage(found);
  postMessage(null);
});
