// The ballot's live words and the code from a letter's QR. Without this script the server says the same after each step.

const ballot = document.querySelector("form.ballot:not([data-kind])");
if (ballot) begin(ballot);
carryCode();

function begin(form) {
  const boxes = [...form.querySelectorAll("input[name=plan]")];
  const pots = new Map([...form.querySelectorAll("[data-pot][data-amount]")].map((line) => [line.dataset.pot, line]));
  const most = Number(form.dataset.most) || Infinity;
  const money = (cents) => format(Number(cents), form.dataset.locale);

  const spent = (pot) => sum(boxes.filter((box) => box.checked && box.dataset.pot === pot));
  const left = (pot) => (pots.has(pot) ? Number(pots.get(pot).dataset.amount) - spent(pot) : Infinity);

  // Why a plan cannot be added now; nothing when it can.
  function obstacle(box) {
    if (boxes.filter((other) => other.checked).length >= most) return fill(form.dataset.tooMany, { most });
    const room = left(box.dataset.pot);
    if (Number(box.dataset.cost) <= room) return "";
    return fill(form.dataset.tooDear, { cost: money(box.dataset.cost), left: money(Math.max(room, 0)) });
  }

  function show() {
    const chosen = boxes.filter((box) => box.checked);
    const words = [form.dataset.chosenNone, form.dataset.chosenOne][chosen.length] ?? form.dataset.chosenMany;
    put(form.querySelector("[data-chosen]"), fill(words, { count: chosen.length, amount: money(sum(chosen)), most }));
    drawMoney(form.querySelector("[data-money]"), chosen);
    for (const [pot, line] of pots) {
      const room = left(pot);
      put(line, fill(room < 0 ? line.dataset.over : line.dataset.left, { amount: money(Math.abs(room)) }));
    }
    for (const box of boxes) {
      put(box.closest(".ballot-card").querySelector(".ballot-card__why"), box.checked ? "" : obstacle(box));
    }
  }

  // A plan that does not fit is not taken; its card says why, and says it aloud.
  form.addEventListener("change", ({ target }) => {
    if (target.name !== "plan") return;
    const why = target.checked && without(target, () => obstacle(target));
    if (why) target.checked = false;
    show();
    const line = target.closest(".ballot-card").querySelector(".ballot-card__why");
    line.classList.toggle("ballot-card__why--now", Boolean(why));
    if (why) say(line);
  });
  addEventListener("pageshow", show); // the browser may have put ticks back
  show();
}

// One piece of the bar for each chosen plan, as the server draws it.
function drawMoney(drawing, chosen) {
  if (!drawing) return;
  let start = 0;
  const pieces = chosen.map((box) => {
    const width = (100 * box.dataset.cost) / drawing.dataset.money;
    const piece = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const form = { class: "won gap", x: `${start}%`, width: `${width}%`, height: "100%", rx: 4 };
    for (const [name, value] of Object.entries(form)) piece.setAttribute(name, value);
    start += width;
    return piece;
  });
  drawing.replaceChildren(...pieces);
}

function without(box, ask) {
  box.checked = false;
  const answer = ask();
  box.checked = true;
  return answer;
}

// A live region speaks when its content changes, so the words are put in it once more.
function say(line) {
  const words = line.textContent;
  line.setAttribute("role", "alert");
  line.textContent = "";
  requestAnimationFrame(() => put(line, words));
}

function sum(boxes) {
  return boxes.reduce((total, box) => total + Number(box.dataset.cost), 0);
}

function put(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function fill(words, facts) {
  return words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

// As the server writes amounts: € 4.200 or € 4.200,50 in Dutch, €4,200 in English; never broken over two lines.
function format(cents, locale) {
  const digits = cents % 100 ? 2 : 0;
  const number = (cents / 100).toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return locale === "nl" ? `€\u00a0${number}` : `€${number}`;
}

// The letter's QR holds the code behind a #, which no server sees. It goes along to its field.
function carryCode() {
  const code = location.hash.slice(1);
  if (!/^[0-9A-Za-z-]{16,24}$/.test(code)) return;
  const field = document.querySelector("#code");
  if (!field) {
    for (const form of document.querySelectorAll("main form")) form.action += location.hash;
    for (const link of document.querySelectorAll(`main a[href*="/stemmen"]`)) link.hash = code;
    return;
  }
  field.value = code.match(/[^-]{1,4}/g).join(" ");
  document.querySelector("[data-filled]").hidden = false;
  history.replaceState(null, "", location.pathname);
}
