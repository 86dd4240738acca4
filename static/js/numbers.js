// Points or places on a ballot: a running total, and why a place cannot be given. Without it the server says so after each step.

const form = document.querySelector("form.ballot[data-kind]");
if (form) begin(form);

function begin(form) {
  const words = form.dataset;
  const fields = [...form.querySelectorAll("[data-number]")];
  const number = (field) => Math.max(Number.parseInt(field.value, 10) || 0, 0);
  const card = (field) => field.closest(".ballot-card");
  const before = new Map();

  function show() {
    const given = fields.filter(number);
    const points = given.reduce((total, field) => total + number(field), 0);
    const over = words.kind === "points" ? points - words.total : 0;
    const said = [fill(given.length ? words.given : words.none, { count: given.length, points })];
    if (over > 0) said.push(fill(words.over, { points: over }));
    form.querySelector("[data-chosen]").textContent = said.join(" ");
    for (const field of fields) {
      card(field).classList.toggle("ballot-card--chosen", number(field) > 0);
      before.set(field, field.value);
    }
  }

  // A place that another plan has is not taken; the card says why, and says it aloud.
  form.addEventListener("input", ({ target }) => {
    if (!fields.includes(target)) return;
    const rival = words.kind === "ranking" && target.value && fields.find((one) => one !== target && one.value === target.value);
    const line = card(target).querySelector(".ballot-card__why");
    line.textContent = rival ? fill(words.taken, { place: rival.value, plan: rival.dataset.title }) : "";
    line.classList.toggle("ballot-card__why--now", Boolean(rival));
    if (rival) {
      line.setAttribute("role", "alert");
      target.value = before.get(target);
    }
    show();
  });
  addEventListener("pageshow", show); // the browser may have put numbers back
  show();
}

function fill(words, facts) {
  return words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}
