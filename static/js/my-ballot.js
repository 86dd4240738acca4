// What one ballot did in the count, worked out here from what is ticked or what the receipt says. Nothing is sent anywhere.

const box = document.querySelector("[data-mine]");
const { lang } = document.documentElement;
if (box) begin(JSON.parse(document.querySelector("#count").textContent));

function begin(count) {
  const field = box.querySelector("#mine-choices");
  const ticks = [...box.querySelectorAll("[type=checkbox]")];
  const answer = box.querySelector("[data-answer]");
  const tell = () => {
    const lines = story(count, read(field.value));
    answer.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  };

  field.addEventListener("input", () => {
    const chosen = read(field.value);
    for (const tick of ticks) tick.checked = chosen.has(tick.value);
    tell();
  });
  box.addEventListener("change", ({ target }) => {
    if (!ticks.includes(target)) return;
    field.value = ticks.filter((tick) => tick.checked).map((tick) => tick.value).join(",");
    tell();
  });
  box.hidden = false;
  document.querySelector("[data-by-hand]").hidden = true;
}

// Choices as the receipt writes them: codes with commas, behind each perhaps = and its points or place.
function read(written) {
  const parts = written.split(/[\s,;–]+/).filter(Boolean);
  return new Map(parts.map((part) => [part.split("=")[0], Number(part.split("=")[1] ?? 1)]));
}

function story(count, chosen) {
  const known = count.plans.filter((plan) => chosen.has(plan.code));
  const strange = [...chosen.keys()].filter((code) => !known.some((plan) => plan.code === code));
  const purses = new Map(Object.entries(count.shares));
  const lines = strange.map((plan) => say("unknown", { plan }));
  if (known.length > 1) lines.push(say("sum", { all: known.length, won: known.filter((plan) => plan.won).length }));
  for (const plan of known) lines.push(one(plan, chosen.get(plan.code), count, purses));
  for (const pot of new Set(known.map((plan) => plan.pot))) {
    if (!purses.has(pot)) continue;
    const [all, left] = [count.shares[pot], purses.get(pot)];
    lines.push(say("left", { all: money(all), spent: money(all - left), left: money(left) }));
  }
  return lines;
}

// One plan: the count lists them in the order in which they were bought, so a purse is spent in that order.
function one({ title: plan, won, why, price, pot }, number, count, purses) {
  if (!won) return `${say("lost", { plan })} ${why}`;
  if (!price || !purses.has(pot)) return say("won", { plan });
  const points = count.places ? count.places + 1 - number : number;
  const left = purses.get(pot);
  const paid = Math.min(left, price * (count.byPoints ? points : 1));
  purses.set(pot, left - paid);
  return say(paid < 0.5 ? "broke" : "paid", { plan, amount: money(paid) });
}

// Half a cent up, as on the page; *about* where a part of a cent was rounded.
function money(cents) {
  const whole = Math.round(cents);
  const number = (whole / 100).toLocaleString(lang, { minimumFractionDigits: whole % 100 && 2 });
  const amount = `€${lang === "nl" ? "\u00a0" : ""}${number}`;
  return Math.abs(whole - cents) < 1e-6 ? amount : say("about", { amount });
}

function say(name, facts) {
  return box.dataset[name].replace(/\{(\w+)\}/g, (_, fact) => facts[fact]);
}
