// What one ballot did in the count, worked out here from what the receipt says. Nothing is sent anywhere.

const box = document.querySelector("[data-mine]");
if (box) begin(box, JSON.parse(document.querySelector("#count").textContent));

function begin(box, count) {
  const field = box.querySelector("#mine-choices");
  const ticks = [...box.querySelectorAll("input[type=checkbox]")];
  const answer = box.querySelector("[data-answer]");
  const tell = (lines) => answer.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));

  field.addEventListener("input", () => {
    const chosen = read(field.value);
    for (const tick of ticks) tick.checked = chosen.has(tick.value);
    tell(story(count, chosen, box.dataset));
  });
  box.addEventListener("change", ({ target }) => {
    if (!ticks.includes(target)) return;
    field.value = ticks.filter((tick) => tick.checked).map((tick) => tick.value).join(",");
    tell(story(count, read(field.value), box.dataset));
  });
  box.hidden = false;
  document.querySelector("[data-by-hand]").hidden = true;
}

// Choices as the receipt writes them: codes with commas, behind each perhaps = and its points or place.
function read(written) {
  const parts = written.split(/[\s,;–]+/).filter(Boolean);
  return new Map(parts.map((part) => [part.split("=")[0], Number(part.split("=")[1] ?? 1)]));
}

function story(count, chosen, words) {
  const known = count.plans.filter((plan) => chosen.has(plan.code));
  const strange = [...chosen.keys()].filter((code) => !known.some((plan) => plan.code === code));
  const purses = new Map(Object.entries(count.shares));
  const lines = strange.map((plan) => fill(words.unknown, { plan }));
  if (!known.length) return lines;
  if (known.length > 1) lines.push(fill(words.sum, { all: known.length, won: known.filter((plan) => plan.won).length }));
  for (const plan of known) lines.push(one(plan, chosen.get(plan.code), count, purses, words));
  for (const pot of new Set(known.map((plan) => plan.pot))) {
    if (!purses.has(pot)) continue;
    const left = purses.get(pot);
    lines.push(fill(words.left, { all: money(count.shares[pot]), spent: money(count.shares[pot] - left), left: money(left) }));
  }
  return lines;
}

// One plan: the count lists them in the order in which they were bought, so a purse is spent in that order.
function one(plan, number, count, purses, words) {
  if (!plan.won) return fill(words.lost, { plan: plan.title });
  if (!plan.price || !purses.has(plan.pot)) return fill(words.won, { plan: plan.title });
  const points = count.places ? count.places + 1 - number : number;
  const left = purses.get(plan.pot);
  const paid = Math.min(left, plan.price * (count.byPoints ? points : 1));
  purses.set(plan.pot, left - paid);
  return fill(paid < 0.5 ? words.broke : words.paid, { plan: plan.title, amount: money(paid) });
}

function money(cents) {
  const dutch = document.documentElement.lang === "nl";
  const number = (Math.round(cents) / 100).toLocaleString(dutch ? "nl" : "en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return dutch ? `€\u00a0${number}` : `€${number}`;
}

function fill(words, facts) {
  return words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}
