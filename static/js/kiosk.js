// A kiosk that nobody touches begins anew; before that it asks. Without this script the server's Refresh header does it.

const bar = document.querySelector("[data-kiosk]");
const dialog = document.querySelector("dialog[aria-labelledby=kiosk-still]");
const [seconds, warning] = [Number(bar.dataset.seconds), Number(bar.dataset.warning)];
let last = Date.now();

// The server asks for no refresh as long as this script says that it is alive.
function alive() {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `kiosk-script=1; path=/; max-age=${seconds}; samesite=lax${secure}`;
}

function touched() {
  last = Date.now();
  if (dialog.open) dialog.close();
}

function look() {
  alive();
  const idle = (Date.now() - last) / 1000;
  if (idle >= seconds) location.replace(bar.dataset.kiosk);
  else if (idle >= seconds - warning && !dialog.open) dialog.showModal();
}

for (const sign of ["pointerdown", "keydown", "input", "scroll", "touchstart"]) {
  addEventListener(sign, touched, { passive: true });
}
dialog.querySelector("button").addEventListener("click", touched);
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(bar.dataset.kiosk); // a page that the browser kept for the way back
});
// A letter's QR brings its code behind #; ballot.js has taken it by now, and the way back must not show it.
if (location.hash) history.replaceState(null, "", location.pathname + location.search);
alive();
setInterval(look, 1000);
