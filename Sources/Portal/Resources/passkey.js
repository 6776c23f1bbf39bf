// Asks the authenticator on behalf of a form, and sends the form with its answer.
"use strict";
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const withBytes = (options) => {
    const made = { ...options, challenge: bytes(options.challenge) };
    if (options.user) made.user = { ...options.user, id: bytes(options.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (options[list]) made[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
    }
    return made;
  };

  const asJSON = ({ id, rawId, type, response }) => {
    const made = { clientDataJSON: text(response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) made[name] = text(response[name]);
    }
    if (response.getTransports) made.transports = response.getTransports();
    return JSON.stringify({ id, rawId: text(rawId), type, response: made });
  };

  const begin = async (form) => {
    const answer = await fetch(form.dataset.begin, {
      method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(new FormData(form)),
    });
    const json = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(json.error), { told: true });
    return json;
  };

  // A statement's parts, each behind its length in eight bytes (big-endian).
  const parts = (statement) => {
    const view = new DataView(statement.buffer);
    const found = [];
    for (let at = 0; at < statement.length;) {
      const count = Number(view.getBigUint64(at));
      found.push(statement.subarray(at + 8, at + 8 + count));
      at += 8 + count;
    }
    return found;
  };

  // What is shown comes from the bytes that are signed, and from nowhere else.
  const read = async (form) => {
    const asked = await begin(form);
    const statement = bytes(asked.statement);
    const digest = text(await crypto.subtle.digest("SHA-256", statement));
    if (digest !== asked.options.challenge) throw Object.assign(new Error(form.dataset.differs), { told: true });
    const lines = new TextDecoder("utf-8", { fatal: true }).decode(parts(statement)[4]);
    form.querySelector("[data-lines]").textContent = lines;
    form.elements.statement.value = asked.statement;
    return asked;
  };

  const told = (form, error) => {
    const words = error.told ? error.message
      : error.name === "InvalidStateError" && form.dataset.exists || form.dataset.failed;
    form.querySelector(".error").textContent = words;
  };

  const show = (form, { name, roles, mayUsePassword }) => {
    const other = document.querySelector("[data-password]");
    if (other && mayUsePassword) {
      other.elements.token.value = form.elements.token.value;
      other.hidden = false;
    }
    form.querySelector("[data-person]").hidden = false;
    form.querySelector("[data-name]").textContent = name;
    form.querySelector("[data-roles]").textContent = roles;
  };

  const statements = new Map();

  const send = async (form) => {
    const button = form.querySelector("button");
    form.querySelector(".error").textContent = "";
    button.disabled = true;
    try {
      const asked = await (statements.get(form) ?? begin(form));
      if (asked.name) show(form, asked);
      const publicKey = withBytes(asked.options);
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.credential.value = asJSON(credential);
      form.submit();
    } catch (error) {
      told(form, error);
    } finally {
      button.disabled = false;
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
    if (form.dataset.statement !== undefined) {
      statements.set(form, read(form));
      statements.get(form).catch((error) => told(form, error));
    }
    if (form.dataset.enrol === undefined) continue;
    form.elements.token.value = location.hash.slice(1);
    // What stands in the address bar is seen over the shoulder, and kept by the browser.
    if (location.hash) history.replaceState(null, "", location.pathname);
    if (form.elements.token.value) begin(form).then((asked) => show(form, asked)).catch((error) => told(form, error));
    else form.querySelector("[data-code]").hidden = false;
  }
  document.querySelector(".summary")?.focus();
})();
