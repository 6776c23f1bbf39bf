// Asks once a second how far a job has come, until it has ended; then the page is drawn anew with what can be done.
"use strict";
(() => {
  const part = document.querySelector("[data-progress]");
  if (!part || "ended" in part.dataset) return;
  const bar = part.querySelector("progress");
  let tag = "";

  const ask = async () => {
    const answer = await fetch(part.dataset.progress, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (answer.status === 304) return;
    // Signed out, or gone: the page itself says so.
    if (!answer.ok || answer.redirected) return location.reload();
    tag = answer.headers.get("etag");
    const { text, done, total, isEnded } = await answer.json();
    if (isEnded) return location.reload();
    part.querySelector("[data-state]").textContent = text;
    bar.max = Math.max(total, 1);
    bar.value = done;
  };

  // What cannot be reached now is asked again.
  const again = () => setTimeout(() => (document.hidden ? Promise.resolve() : ask()).catch(() => {}).then(again), 1000);
  again();
})();
