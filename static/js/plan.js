// Adds up what a plan asks while somebody writes, and says so when it is more than there is.
// The server reckons again: this only spares a press on the button.

const sum = document.getElementById("kosten-som");
const form = sum?.closest("form");

// Cents of an amount as people write it; 0 for what is none, as the server says what is wrong with it.
const cents = (written) => {
  const bare = written.replace(/[\s\u00a0€]|EUR/g, "");
  const found = /^(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,(\d{2}|-))?$/.exec(bare) ?? /^(\d{1,12})\.(\d{2})$/.exec(bare);
  return found ? Number(found[1].replaceAll(".", "")) * 100 + (Number(found[2]) || 0) : 0;
};

const money = (amount) =>
  new Intl.NumberFormat(sum.dataset.locale, {
    style: "currency", currency: "EUR", minimumFractionDigits: amount % 100 ? 2 : 0,
  }).format(amount / 100);

const addUp = () => {
  const amounts = [...form.querySelectorAll('input[name^="lines-"][name$="-amount"]')];
  const costs = amounts.reduce((total, input) => total + cents(input.value), 0);
  const asked = Math.max(0, costs - cents(form.elements.own_contribution.value));
  sum.querySelector(".amount").textContent = money(asked);
  sum.querySelector(".field__error").hidden = asked <= Number(sum.dataset.limit);
  sum.querySelector(".notice")?.remove();
};

form?.addEventListener("input", (event) => {
  if (/-amount$|^own_contribution$/.test(event.target.name)) addUp();
});
