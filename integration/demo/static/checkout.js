// The checkout's clock, and the warning before leaving. The server decides; this only shows.
const timer = document.querySelector("[data-seconds]");
const form = document.querySelector("form.pay");
const SPOKEN_AT = [300, 120, 60, 30];

if (timer) {
  const seconds = Number(timer.dataset.seconds);
  const began = performance.now();
  const time = timer.querySelector("[data-time]");
  const spoken = timer.querySelector("[data-spoken]");
  let before = seconds;

  const show = () => {
    // The time since the page came, so that a wrong clock on this machine changes nothing.
    const left = Math.max(0, Math.ceil(seconds - (performance.now() - began) / 1000));
    time.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    timer.classList.toggle("short", left <= 60);
    const mark = SPOKEN_AT.findLast((each) => left <= each && before > each);
    if (mark) spoken.textContent = mark > 60 ? `${mark / 60} minutes left` : `${mark} seconds left`;
    before = left;
    if (left === 0) {
      clearInterval(ticking);
      leaveFreely();
      location.reload();
    }
  };
  const ticking = setInterval(show, 1000);
}

const warn = (event) => event.preventDefault();
const leaveFreely = () => removeEventListener("beforeunload", warn);

if (form) {
  addEventListener("beforeunload", warn);
  form.addEventListener("submit", () => {
    leaveFreely();
    form.querySelector("button").disabled = true;
  });
}

// A page that comes back from the browser's memory shows an old time.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// What is lost on the way once must not keep the shop from hearing of an order.
async function load(address) {
  for (;;) {
    try {
      return await import(address);
    } catch {
      await new Promise((next) => setTimeout(next, 1000 + 1000 * Math.random()));
    }
  }
}

// In a frame: the shop's page around hears how it goes (docs/checkout.md).
const { hosts } = document.body.dataset;
if (hosts && window.parent !== window) {
  const { embeddedCheckout } = await load("/sdk/embedded.js");
  const around = embeddedCheckout({ hostOrigins: hosts.split(" ") });
  const { completed: orderId } = document.querySelector("[data-completed]")?.dataset ?? {};
  const { failed: message } = document.querySelector("[data-failed]")?.dataset ?? {};
  if (orderId) around.completed({ orderId });
  if (message) around.failed({ message });
  for (const link of document.querySelectorAll("[data-alone]")) link.hidden = true;
  const close = document.querySelector("[data-close]");
  close.hidden = false;
  close.addEventListener("click", () => around.closed());
}
