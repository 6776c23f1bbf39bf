// A holder's page: claim a certificate, sign in, share it; and what a share code shows.

import { holderTexts as texts } from "./holder-texts.js";
import { filled, otherLanguage, preferredLanguage } from "./language.js";
import { levels, texts as verdictTexts } from "./texts.js";

const element = (id) => document.getElementById(id);
const main = document.querySelector("main");
const config = JSON.parse(element("config").textContent);
const secret = location.hash.slice(1);
const isShare = location.pathname === "/s";

/** `phase` is claim, sign-in, open, held or shown. */
let state = { phase: isShare ? "open" : secret ? "claim" : "sign-in" };
let language = preferredLanguage();
/** In memory only: who leaves the page is signed out. */
let session = "";

// Neither history nor a screenshot of the address keeps it.
if (secret) history.replaceState(null, "", location.pathname);

function switchLanguage() {
  language = otherLanguage(language);
  render();
}

const say = (key, values = {}) => filled(texts[language][key], values);

const day = (instant, options) =>
  new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "long", ...options }).format(instant);

const dayOf = (seconds) => day(seconds * 1000);

class ProblemError extends Error {
  /** `words` are the server's own in both languages; a proxy has none. */
  constructor(type, words) {
    super(type);
    Object.assign(this, { type, words });
  }
}

async function request(method, path, body) {
  const headers = { ...(body && { "Content-Type": "application/json" }), ...(session && { Authorization: `Bearer ${session}` }) };
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (response.ok) return response;
  const { type, detail, detailZh } = await response.json().catch(() => ({}));
  throw new ProblemError(String(type).replace(/^\/problems\//, ""), detailZh && { zh: detailZh, en: detail });
}

const ask = async (...what) => (await request(...what)).json();

/** Runs what a person asked for; what goes wrong is said in words. */
async function attempt(action) {
  state = { ...state, problem: undefined };
  try {
    await action();
  } catch (error) {
    const phase = error.type === "no-session" ? "sign-in" : state.phase;
    state = { ...state, phase, problem: error };
  }
  render();
}

function show(phase, more) {
  state = { phase, ...more };
  render();
  element("headline").focus();
}

async function enter(path, body) {
  session = (await ask("POST", path, body)).session;
  show("held", { answer: await ask("GET", "/v1/holder/certificate") });
}

const open = (code) => async () => show("shown", { answer: await ask("POST", "/v1/share", { code }) });

async function refresh(more = {}) {
  const answer = await ask("GET", "/v1/holder/certificate");
  state = { ...state, answer, ...more };
}

async function download() {
  const blob = await (await request("GET", "/v1/holder/document")).blob();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${state.answer.result.certificate.number}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// What is shown

function linkedIn({ qrText, result: { certificate } }) {
  const [issueYear, issueMonth] = certificate.awardDate.split("-").map(Number);
  const query = new URLSearchParams({
    startTask: "CERTIFICATION_NAME", name: `${certificate.occupation} ${levels[certificate.level]?.[0] ?? ""}`.trim(),
    organizationName: certificate.institutionName, issueYear, issueMonth, certUrl: qrText, certId: certificate.number,
  });
  return `https://www.linkedin.com/profile/add?${query}`;
}

function row(key, text, aside) {
  const group = document.createElement("div");
  const [term, value] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = say(key);
  value.textContent = text;
  // What is sealed speaks its own language.
  value.lang = "zh-CN";
  if (key === "number") value.className = "code";
  if (aside) {
    const more = document.createElement("span");
    more.className = "aside";
    more.textContent = aside;
    value.append(more);
  }
  group.append(term, value);
  return group;
}

function renderCertificate({ result, scores, photo, expiresAt }) {
  const { certificate } = result;
  const words = verdictTexts[language];
  main.dataset.verdict = result.verdict;
  element("verdict-icon").setAttribute("href", `#icon-${result.verdict}`);
  element("standing").textContent = say(result.verdict);
  element("reason").textContent = words[`reason.${result.reason ?? result.verdict}`] ?? words["reason.other"];
  element("until").textContent = expiresAt ? say("until", { day: dayOf(expiresAt) }) : "";
  const rows = certificate ? {
    ...certificate, level: levels[certificate.level]?.[0] ?? certificate.level, ...scores,
    awardDate: day(new Date(certificate.awardDate), { timeZone: "UTC" }),
  } : {};
  const keys = ["holderName", "occupation", "specialisation", "level", "theory", "skill", "review", "institutionName",
    "awardDate", "number"];
  const picture = element("photo");
  picture.hidden = !photo;
  picture.alt = say("photo");
  if (photo) picture.src = photo;
  else picture.removeAttribute("src");
  element("records").hidden = !photo && !scores;
  const asides = { occupation: rows.occupationCode };
  element("fields").replaceChildren(...keys.filter((key) => rows[key]).map((key) => row(key, rows[key], asides[key])));
}

function shareItem({ id, label, scores, photo, expiresAt, openings }) {
  const [item, words, name, line, button] = ["li", "p", "bdi", "span", "button"].map((tag) => document.createElement(tag));
  const extras = [scores && say("scoresShown"), photo && say("photoShown")].filter(Boolean).join(language === "zh" ? "、" : ", ");
  name.textContent = label;
  line.className = "aside";
  line.textContent = say("shareLine", { day: dayOf(expiresAt), extras: extras || say("nothingShown"), count: openings });
  words.append(name, line);
  button.type = "button";
  button.textContent = say("cancel");
  button.addEventListener("click", () => attempt(async () => {
    await request("DELETE", `/v1/holder/shares/${id}`);
    await refresh({ fresh: undefined });
  }));
  button.setAttribute("aria-label", `${say("cancel")}: ${label}`);
  item.append(words, button);
  return item;
}

function renderHeld() {
  const isMine = state.phase === "held";
  element("held").hidden = !state.answer || !["held", "shown"].includes(state.phase);
  element("verdict").hidden = element("held").hidden;
  element("mine").hidden = !isMine;
  element("sharing").hidden = !isMine;
  if (element("held").hidden) return;
  renderCertificate(state.answer);
  if (!isMine) return;
  element("download").hidden = !state.answer.document;
  element("with-photo").hidden = !state.answer.photo;
  element("public").href = state.answer.qrText;
  element("linkedin").hidden = !state.answer.result.certificate;
  if (state.answer.result.certificate) element("linkedin").href = linkedIn(state.answer);
  element("shares").replaceChildren(...state.answer.shares.map(shareItem));
  element("fresh").hidden = !state.fresh;
  element("fresh-code").textContent = state.fresh ?? "";
  const link = state.fresh ? `${new URL(state.answer.qrText).origin}/s#${state.fresh}` : "";
  element("fresh-link").href = link;
  element("fresh-link").textContent = link;
}

function problemText() {
  const { problem } = state;
  if (!problem) return "";
  return problem.words?.[language] ?? say(problem.type === "mismatch" ? "mismatch" : "failed");
}

function render() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  element("language").textContent = language === "zh" ? "English" : "中文";
  element("language").lang = language === "zh" ? "en" : "zh-CN";
  element("authority").textContent = config.authority;
  main.dataset.state = state.phase;
  element("headline").textContent = say(state.phase);
  document.title = say(state.phase);
  element("lead").textContent = say(`${state.phase}Lead`);
  element("error").textContent = problemText();
  for (const id of ["claim", "sign-in", "open"]) element(id).hidden = state.phase !== id;
  renderHeld();
}

// What people do

/** Sent by us, never by the browser: nothing of it stands in an address. */
function onSubmit(id, action) {
  element(id).addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(action);
  });
}

onSubmit("claim", async () => {
  const passphrase = element("new-passphrase").value;
  if (passphrase !== element("again").value) throw new ProblemError("mismatch");
  await enter("/v1/holder/claim", { token: secret, passphrase });
});
onSubmit("sign-in", () => enter("/v1/holder/session", {
  number: element("number").value.trim(), passphrase: element("passphrase").value,
}));
onSubmit("open", () => open(element("code").value)());
onSubmit("share", async () => {
  const { code } = await ask("POST", "/v1/holder/shares", {
    label: element("label").value.trim(), days: Number(element("days").value), scores: element("scores").checked,
    photo: element("share-photo").checked,
  });
  element("label").value = "";
  await refresh({ fresh: code });
});
element("language").addEventListener("click", switchLanguage);
element("download").addEventListener("click", () => attempt(download));
// Another link opened in the same tab.
addEventListener("hashchange", () => location.reload());

render();
if (isShare && secret) attempt(open(secret));
