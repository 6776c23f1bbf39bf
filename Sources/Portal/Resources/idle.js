// Asks two minutes before somebody is signed out for want of requests. Other tabs count: each writes down when it asked.
"use strict";
(() => {
  const box = document.querySelector("[data-idle]");
  if (!box) return;
  const [seconds, warned, name] = [Number(box.dataset.idle), 120, "signet-seen"];
  const now = () => Math.floor(Date.now() / 1000);
  // The server writes a request down once a minute, so that its count may have begun as much earlier.
  const slack = 60;
  const mark = () => { try { localStorage.setItem(name, String(now())); } catch { /* then this tab alone counts */ } };
  let opened = now();

  const left = () => {
    let seen = opened;
    try { seen = Math.max(seen, Number(localStorage.getItem(name)) || 0); } catch { /* as above */ }
    return seen + seconds - slack - now();
  };

  const check = () => {
    const rest = left();
    const isOver = rest <= 0;
    if (rest > warned) {
      box.hidden = true;
    } else if (box.hidden) {
      box.hidden = false;
      box.querySelector("button").focus();
    }
    box.querySelector("#idle-words").hidden = isOver;
    box.querySelector("[data-idled]").hidden = !isOver;
  };

  box.querySelector("button").addEventListener("click", async () => {
    try {
      const answer = await fetch("/session", { cache: "no-store", headers: { accept: "application/json" } });
      if (!answer.ok || answer.redirected) { location.assign("/sign-in"); return; }
      opened = now();
      mark();
      check();
    } catch { /* the button stays, to be pressed again */ }
  });

  mark();
  setInterval(check, 1000);
})();
