// Leaves for a neutral page in place of this one: no history entry is added and this page's own is gone.
"use strict";
(() => {
  const PRESSES = 3;
  const PATIENCE_MS = 5000;
  const link = document.getElementById("quick-exit");
  const status = document.getElementById("quick-exit-status");
  let presses = 0;
  let timer;

  function leave() {
    document.documentElement.hidden = true; // what stood here is gone at once, however slow the network
    document.title = "Weather";
    window.location.replace(link.href);
  }

  function forget() {
    presses = 0;
    status.textContent = "";
  }

  function press() {
    clearTimeout(timer);
    presses += 1;
    if (presses >= PRESSES) return leave();
    const left = PRESSES - presses;
    status.textContent = `Press Shift ${left} more ${left === 1 ? "time" : "times"} to exit this page.`;
    timer = setTimeout(forget, PATIENCE_MS);
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  // Counted when released alone: typing a capital letter or selecting with Shift is not a wish to leave.
  let alone = false;
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && (alone || !event.repeat);
    if (event.key !== "Shift") forget();
  });
  document.addEventListener("pointerdown", () => { alone = false; });
  document.addEventListener("keyup", (event) => {
    if (event.key === "Shift" && alone) press();
    alone = false;
  });
  // The skip link as the browser does it would add an entry, and "back" would show this page again.
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    const main = document.getElementById("main");
    main.focus({ preventScroll: true });
    main.scrollIntoView();
  });
  document.getElementById("exit-hint").hidden = false;
})();
